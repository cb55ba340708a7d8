// Every picture, drawn with lines in a square of 16.

import { copies, s } from "../dom.js";

const LINES = {
  add: "M8 3v10M3 8h10",
  close: "M4 4l8 8M12 4l-8 8",
  search: "M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 10l3.5 3.5",
  down: "M4 6l4 4 4-4",
  copy: "M6 6h7v7H6zM3 10V3h7",
  download: "M8 2v8M5 7l3 3 3-3M3 13h10",
  edit: "M3 13l1-3 7-7 2 2-7 7z",
  pause: "M6 3v10M10 3v10",
  back: "M10 3L5 8l5 5",
  forward: "M6 3l5 5-5 5",
  user: "M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 14c.5-3 2.5-4 5-4s4.5 1 5 4",
};
const FILLED = {
  more: "M3.2 6.7a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6M8 6.7a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6M12.8 6.7a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6",
  play: "M5 3.2v9.6l8-4.8z",
  theme: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 3.5v9a4.5 4.5 0 0 1 0-9z",
};

// Only for the eye: what it means stands beside it, or in an aria-label of its button.
export const icon = copies((name) => {
  const filled = FILLED[name];
  return s("svg", { class: `icon ${name}`, viewBox: "0 0 16 16", "stroke-width": "1.5", "aria-hidden": "true" },
    s("path", filled ? { d: filled, fill: "currentColor", stroke: "none" } : { d: LINES[name] }));
});
