// A dialog over the page; <dialog> keeps the focus in it and gives it back.

import { freshId, h } from "../dom.js";
import { icon } from "./icons.js";

// Opens it and returns {node, close}; `onClose` is told once, however it was closed.
export function openDialog({ title, hint = null, body, footer = null, onClose = () => {}, mayClose = () => true, isWide = false }) {
  const id = freshId("dialog");
  const node = h("dialog", { class: `dialog${isWide ? " wide" : ""}`, "aria-labelledby": id },
    h("div", { class: "dialog-head" },
      h("div", {}, h("h2", { id }, title), hint && h("p", { class: "quiet" }, hint)),
      h("button", { class: "icon-button", type: "button", "aria-label": "Close", on: { click: () => close() } }, icon("close"))),
    body, footer);
  function close({ isDone = false } = {}) {
    if (!isDone && !mayClose()) return;
    node.close();
    finish();
  }
  // At once, not with the event that comes later: a step back in the meantime would find the dialog still there.
  function finish() {
    if (!node.isConnected) return;
    node.remove();
    onClose();
  }
  node.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  // Browsers ask no `cancel` of a second Escape, and would close what has something typed in it.
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });
  node.addEventListener("close", finish);
  node.addEventListener("pointerdown", (event) => { if (event.target === node) close(); });
  document.body.append(node);
  node.showModal();
  (node.querySelector("[autofocus]") ?? node).focus();
  return { node, close };
}

// Asks before something that cannot be taken back.  True where the person says so.
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
