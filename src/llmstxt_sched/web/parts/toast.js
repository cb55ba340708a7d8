// A short notice at the edge, with at most one thing to do, such as taking back what was just done.

import { h } from "../dom.js";
import { icon } from "./icons.js";

const SECONDS = 8;

// `undo`: {label, act}.  Stays while the pointer or the focus is on it, and with `stays` until it is closed.
export function toast(sentence, { undo = null, kind = "plain", stays = false } = {}) {
  const close = h("button", { class: "icon-button", "aria-label": "Close the notice", on: { click: () => notice.remove() } }, icon("close"));
  const notice = h("div", { class: `toast ${kind}`, role: kind === "error" ? "alert" : "status" },
    h("span", {}, sentence),
    undo && h("button", { class: "button small", on: { click: () => { notice.remove(); undo.act(); } } }, undo.label),
    close);
  document.getElementById("toasts").append(notice);
  let timer;
  const hold = () => clearTimeout(timer);
  const release = () => { hold(); if (!stays) timer = setTimeout(() => notice.remove(), SECONDS * 1000); };
  for (const type of ["pointerenter", "focusin"]) notice.addEventListener(type, hold);
  for (const type of ["pointerleave", "focusout"]) notice.addEventListener(type, release);
  release();
  return notice;
}
