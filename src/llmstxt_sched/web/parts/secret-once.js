// What is shown once and never again: a token, a sign-in link.  Who closes it without a copy is told so first.

import { h } from "../dom.js";
import { copyField } from "./copy-field.js";
import { openDialog } from "./dialog.js";

export function showSecretOnce({ title, sentence, secret, label, more = null }) {
  let isCopied = false;
  let isWarned = false;
  const warning = h("p", { class: "danger-text", role: "alert" });
  const field = copyField(secret, label);
  field.addEventListener("copy", () => { isCopied = true; warning.textContent = ""; });
  const body = h("div", { class: "dialog-body" },
    h("p", {}, sentence), field, more, warning,
    h("div", { class: "dialog-foot" }, h("button", { class: "button primary", type: "button", on: { click: () => opened.close() } }, "Done")));
  const opened = openDialog({ title, body, mayClose });
  field.querySelector("input").focus();

  function mayClose() {
    if (isCopied || isWarned) return true;
    isWarned = true;
    warning.textContent = `The ${label} has not been copied, and is not shown again. Close once more to leave it.`;
    return false;
  }
}
