// A dialog over the page; <dialog> keeps the focus in it and gives it back.

import { freshId, h } from "../dom.js";
import { icon } from "./icons.js";

// Opens it and returns {node, close, isAgreed}; `onClose` is told once, however it was closed.  `unsaved` is for one whose
// body is a form: what is said before something typed in it is thrown away.
export function openDialog({ title, hint = null, body, unsaved = null, onClose = () => {}, mayClose = () => true }) {
  const id = freshId("dialog");
  // With the dialog, not with the question: the server may be away then.
  const question = unsaved && import("./confirm.js");
  const node = h("dialog", { class: "dialog", "aria-labelledby": id },
    h("div", { class: "dialog-head" },
      h("div", {}, h("h2", { id }, title), hint && h("p", { class: "quiet" }, hint)),
      h("button", { class: "icon-button", type: "button", "aria-label": "Close", on: { click: () => close() } }, icon("close"))),
    body);
  function close({ isDone = false } = {}) {
    if (!isDone && !isAgreed()) return;
    node.close();
    finish();
  }
  // Whether it may be closed at once; where not, a question comes first.
  function isAgreed() {
    const isFilled = unsaved && "filled" in body.dataset;
    if (isFilled) question.then(({ askToLose }) => askToLose(unsaved, close));
    return !isFilled && mayClose();
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
  // Not the second of two clicks, the first of which opened it.
  node.addEventListener("mousedown", (event) => { if (event.target === node && event.detail < 2) close(); });
  document.body.append(node);
  node.showModal();
  (node.querySelector("[autofocus]") ?? node).focus();
  return { node, close, isAgreed };
}
