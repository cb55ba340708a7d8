// <time-ago datetime="…">: how long ago, kept true once a minute; the exact time on hover and for screen readers.

import { exactly, relative } from "../format.js";

const clocks = new Set();
setInterval(() => { if (!document.hidden) for (const clock of clocks) clock.draw(); }, 30_000);

// To write out exact times takes longer than to make the rest of a list: they come when nothing else is to do.
const untitled = new Set();
const later = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 100));
function writeTitles(idle) {
  for (const clock of untitled) {
    if (idle?.timeRemaining() < 2) return later(writeTitles);
    clock.title = exactly(clock.at);
    untitled.delete(clock);
  }
}

class TimeAgo extends HTMLElement {
  connectedCallback() {
    clocks.add(this);
    this.draw();
    if (this.title) return;
    if (!untitled.size) later(writeTitles);
    untitled.add(this);
  }
  disconnectedCallback() { clocks.delete(this); untitled.delete(this); }
  get at() { return Date.parse(this.getAttribute("datetime")); }

  draw() {
    const words = relative(this.at, Date.now());
    if (this.textContent !== words) this.textContent = words;
  }
}
customElements.define("time-ago", TimeAgo);
