// <time-ago datetime="…">: how long ago, or in how long, kept true twice a minute; with `age` how old it is.  The exact
// time on hover.

import { age, exactly, relative } from "../format.js";

const clocks = new Set();
setInterval(() => { if (!document.hidden) for (const clock of clocks) clock.draw(); }, 30_000);

// To write out all exact times would take longer than to make the rest of a list: each comes with a pointer.
document.addEventListener("pointerover", ({ target }) => {
  if (target instanceof TimeAgo && target.hasAttribute("datetime")) target.title = exactly(target.at);
});

class TimeAgo extends HTMLElement {
  connectedCallback() { clocks.add(this); this.draw(); }
  disconnectedCallback() { clocks.delete(this); }
  get at() { return Date.parse(this.getAttribute("datetime")); }

  // Where there is no time, words say so.
  draw() {
    if (!this.hasAttribute("datetime")) return;
    const words = (this.hasAttribute("age") ? age : relative)(this.at, Date.now());
    if (this.textContent !== words) this.textContent = words;
  }
}
customElements.define("time-ago", TimeAgo);
