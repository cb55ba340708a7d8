// What a tick did, as a sentence; pure.

import { count, plural } from "./format.js";

const was = (number) => (number === 1 ? "was" : "were");
const PARTS = [
  ["due", (n) => `${plural(n, "job")} ${was(n)} due`],
  ["enqueued", (n) => `${count(n)} went to the queue`],
  ["rescued", (n) => `${plural(n, "run")} of a dead worker ${was(n)} freed`],
  ["reclaimed", (n) => `${plural(n, "job")} of a silent worker went back to the queue`],
  ["requeued", (n) => `${plural(n, "lost entry", "lost entries")} ${was(n)} restored`],
  ["dropped", (n) => `${plural(n, "entry", "entries")} without a run ${was(n)} dropped`],
];

export function tickSentence(report) {
  const done = PARTS.filter(([name]) => report[name]).map(([name, say]) => say(report[name]));
  const took = report.seconds < 10 ? `${report.seconds.toFixed(2)} s` : `${Math.round(report.seconds)} s`;
  if (!done.length) return `There was nothing to do. The tick took ${took}.`;
  const last = done.pop();
  const all = done.length ? `${done.join(", ")} and ${last}` : last;
  return `${all}. The tick took ${took}.`;
}
