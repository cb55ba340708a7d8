// <time-ago datetime="…">: how long ago, kept true once a minute; the exact time on hover and for screen readers.

import { exactly, relative } from "../format.js";

const clocks = new Set();
setInterval(() => { if (!document.hidden) for (const clock of clocks) clock.draw(); }, 30_000);

class TimeAgo extends HTMLElement {
  connectedCallback() { clocks.add(this); this.draw(); }
  disconnectedCallback() { clocks.delete(this); }

  draw() {
    const at = Date.parse(this.getAttribute("datetime"));
    const words = relative(at, Date.now());
    if (this.textContent !== words) this.textContent = words;
    // The same for good; to write it out takes as long as all the rest.
    this.title ||= exactly(at);
  }
}
customElements.define("time-ago", TimeAgo);
