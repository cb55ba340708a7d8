// A project's runs as bars: pages added and changed above the line, removed below it, failures marked.  A path for each
// kind, however many runs there are; the table below the chart says the same.

import { h, s } from "../dom.js";

const WIDTH = 600;
const ABOVE = 64;
const BELOW = 40;
const LEAST = 3;

// `runs`: the newest first, as the API lists them.
export function runChart(runs) {
  const { paths, first, share } = pathsOf(runs);
  const oldest = h("span", {}, first && h("time-ago", { datetime: first }));
  oldest.style.setProperty("margin-left", `${Math.min(share, 0.7) * 100}%`);
  return h("figure", { class: "run-chart" },
    s("svg", { viewBox: `0 0 ${WIDTH} ${ABOVE + BELOW}`, role: "img", "aria-label": `The last ${runs.length} runs; the table below has their figures`, preserveAspectRatio: "none" },
      s("path", { class: "zero", d: `M0 ${ABOVE}H${WIDTH}` }),
      Object.entries(paths).map(([kind, d]) => d && s("path", { class: kind, d }))),
    h("figcaption", { class: "quiet small-text" }, oldest, h("span", {}, "now")));
}

// {paths: {added, changed, removed, failed, cross}, first, share}: the outlines of all bars of a kind, the oldest run at
// the left; when that was, and which part of the width is empty before it.
// Heights follow the logarithm, so that a first run of thousands leaves room for the days after it.
export function pathsOf(runs, slots = Math.max(runs.length, 20)) {
  const ended = runs.filter((run) => run.finished_at).reverse();
  const most = Math.max(1, ...ended.map(({ changes }) => Math.max(above(changes), changes?.removed ?? 0)));
  const high = (number, room) => (number ? Math.max(LEAST, (Math.log2(1 + number) / Math.log2(1 + most)) * room) : 0);
  const step = WIDTH / slots;
  const paths = { added: "", changed: "", removed: "", failed: "", cross: "" };
  for (const [at, run] of ended.entries()) {
    const x = (slots - ended.length + at + 0.15) * step;
    const wide = step * 0.7;
    if (run.status === "FAILED") {
      paths.failed += bar(x, 0, wide, ABOVE + BELOW);
      paths.cross += cross(x + wide / 2, ABOVE - 14, Math.min(wide / 3, 4));
      continue;
    }
    const { added = 0, changed = 0, removed = 0 } = run.changes ?? {};
    const up = high(added + changed, ABOVE);
    const green = added + changed ? (up * added) / (added + changed) : 0;
    paths.added += bar(x, ABOVE - green, wide, green);
    paths.changed += bar(x, ABOVE - up, wide, up - green);
    paths.removed += bar(x, ABOVE, wide, high(removed, BELOW));
  }
  return { paths, first: ended[0]?.finished_at ?? null, share: (slots - ended.length) / slots };
}

const above = (changes) => (changes?.added ?? 0) + (changes?.changed ?? 0);
const short = (number) => Number(number.toFixed(1));

function bar(x, y, wide, high) {
  return high ? `M${short(x)} ${short(y)}h${short(wide)}v${short(high)}h${short(-wide)}z` : "";
}

function cross(x, y, half) {
  const [a, b] = [short(half), short(2 * half)];
  return `M${short(x - a)} ${short(y - a)}l${b} ${b}M${short(x + a)} ${short(y - a)}l${-b} ${b}`;
}
