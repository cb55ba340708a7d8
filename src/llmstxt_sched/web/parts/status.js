// How a project stands: one of nine words, each with its own shape and colour.

import { copies, h, s } from "../dom.js";

// In the order in which a person should look at them.
export const STATUSES = {
  failed: "Failed", held: "Held", stale: "Stale", retrying: "Retrying", running: "Running", queued: "Queued",
  fresh: "Fresh", paused: "Paused", new: "New",
};

// What is neither is drawn with lines (.shape).
const FILLED = { fill: "currentColor", stroke: "none" };
const ON = { stroke: "var(--on-status)" };
const SHAPES = {
  fresh: () => [s("circle", { cx: 8, cy: 8, r: 7, ...FILLED }), s("path", { d: "M4.8 8.3l2.2 2.2 4.2-4.6", ...ON })],
  running: () => [s("circle", { cx: 8, cy: 8, r: 6, opacity: ".3" }), s("path", { class: "spin", d: "M8 2a6 6 0 0 1 6 6" })],
  queued: () => [s("circle", { cx: 8, cy: 8, r: 6.2 }), s("path", { d: "M8 4.5V8l2.3 1.5" })],
  retrying: () => s("path", { d: "M13.8 9.2A6 6 0 1 1 12.6 4M12.8 1.6V4.3h-2.7M8 5v3.2l2 1.2" }),
  held: () => s("path", { d: "M4.5 8.5V4.2a1 1 0 0 1 2 0V3a1 1 0 0 1 2 0v.8a1 1 0 0 1 2 0v1a1 1 0 0 1 2 0V10c0 2.5-1.6 4.4-4.2 4.4S5 13 3 9.4c-.5-1 .8-1.8 1.5-.9z", ...FILLED }),
  stale: () => [s("path", { d: "M8 1.5L15 14H1z", fill: "currentColor", "stroke-width": "1" }), s("path", { d: "M8 6v3.6M8 11.8v.1", ...ON })],
  failed: () => [s("path", { d: "M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z", ...FILLED }), s("path", { d: "M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8", ...ON })],
  paused: () => s("path", { d: "M5.5 3v10M10.5 3v10", "stroke-width": "2.4" }),
  new: () => s("circle", { cx: 8, cy: 8, r: 6.2, "stroke-dasharray": "2.4 2.6" }),
};

// The shape alone; only for the eye.
export const statusShape = copies((status) => s("svg", { class: `shape ${status}`, viewBox: "0 0 16 16", "stroke-width": "1.6", "aria-hidden": "true" }, SHAPES[status]()));

// Shape and word.
export const statusBadge = copies((status) => h("span", { class: `status ${status}` }, statusShape(status), STATUSES[status]));

// The same on a ground of its colour.
export function statusPill(status) {
  const badge = statusBadge(status);
  badge.classList.add("pill");
  return badge;
}

// A run has ended, in whatever way, once there is a time of it.
export const isActive = (run) => Boolean(run && !run.finished_at);
