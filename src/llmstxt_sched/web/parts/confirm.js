// The question before something that cannot be taken back.

import { h } from "../dom.js";
import { openDialog } from "./dialog.js";

// True where the person says so; with `typed` they write that first.
export function confirmed({ title, sentence, action, isDanger = true, typed = null }) {
  return new Promise((resolve) => {
    let answer = false;
    const field = typed && h("input", { class: "input", type: "text", autocomplete: "off", autofocus: true, "aria-label": `Type ${typed} to confirm` });
    const go = h("button", { class: `button ${isDanger ? "danger" : "primary"}`, type: "submit", disabled: Boolean(typed) }, action);
    field?.addEventListener("input", () => { go.disabled = field.value !== typed; });
    const form = h("form", { method: "dialog", class: "dialog-body", on: { submit: (event) => {
      event.preventDefault();
      answer = true;
      opened.close({ isDone: true });
    } } },
      h("p", {}, sentence), typed && h("p", {}, "Type ", h("strong", {}, typed), " to confirm:"), field,
      h("div", { class: "dialog-foot" }, h("button", { class: "button", type: "button", autofocus: !typed, on: { click: () => opened.close() } }, "Cancel"), go));
    const opened = openDialog({ title, body: form, onClose: () => resolve(answer) });
  });
}

// The browser asks before it loads the page anew or leaves it.  Each dialog with a form has this module with it.
// Tests of modules without a page load it as well, where there is nothing to listen to.
globalThis.onbeforeunload = (event) => document.querySelector("dialog form[data-filled]") && event.preventDefault();

let isAsking = false;

// The same before a dialog is closed with something typed in it; a second Escape or step back asks nothing more.
export async function askToLose(sentence, close) {
  if (isAsking) return;
  isAsking = true;
  const isSure = await confirmed({ title: "Throw away what you typed?", sentence, action: "Throw away" });
  isAsking = false;
  if (isSure) close({ isDone: true });
}
