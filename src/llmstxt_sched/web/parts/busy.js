// A button that does something on the server: busy until the answer, which is shown where it is no.

import { h } from "../dom.js";

export function actionButton(content, act, { kind = "" } = {}) {
  const button = h("button", { class: `button ${kind}`, type: "button", on: { click: () => {
    if (button.ariaDisabled !== "true") busy(button, act);
  } } }, content);
  return button;
}

export async function busy(button, act) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    await act();
  } catch (error) {
    if (error.name === "AbortError") return;
    if (error.status === undefined) throw error;
    const { toast } = await import("./toast.js");
    toast(error.message, { kind: "error" });
  } finally {
    button.ariaBusy = null;
  }
}
