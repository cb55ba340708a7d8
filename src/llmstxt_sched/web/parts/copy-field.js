// <copy-field>: one line that can be copied.

import { h } from "../dom.js";
import { announce } from "./banner.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";

const DENIED = "The browser does not let this page copy: select the text and copy it yourself.";

export function copyField(text, label) {
  return h("div", { class: "copy-field" },
    h("input", { class: "input mono", type: "text", readOnly: true, value: text, "aria-label": label, on: { focus: (event) => event.target.select() } }),
    copyButton(text, `Copy ${label}`));
}

export function copyButton(text, label, { word = null } = {}) {
  const button = h("button", { class: word ? "button" : "icon-button", type: "button", "aria-label": word ? null : label, on: { click: async () => {
    try {
      await copy(typeof text === "function" ? await text() : text);
    } catch (error) {
      return toast(error.status === undefined ? DENIED : error.message, { kind: "error" });
    } finally {
      // What was selected in its place is gone.
      button.focus();
    }
    // As the browser tells of a copy by the keyboard.
    button.dispatchEvent(new Event("copy", { bubbles: true }));
    button.classList.add("done");
    announce("Copied");
    setTimeout(() => button.classList.remove("done"), 1500);
  } } }, icon("copy"), word);
  return button;
}

// Plain http from another machine has no clipboard; there, what is selected is copied.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = h("textarea", { class: "unseen", value: text, readOnly: true });
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (!isCopied) throw new Error(DENIED);
}
