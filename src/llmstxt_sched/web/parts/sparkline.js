// The last runs as bars: how much each changed; a failure hangs below the line.

import { s } from "../dom.js";
import { plural } from "../format.js";

const STEP = 6;
const LINE = 20;
const LEAST = 3;
const BELOW = 8;
const RUNS = 20;
const GOOD = new Set(["COMPLETE_WITH_DIFFS", "COMPLETE_NO_DIFFS"]);

// Two paths a sparkline, whatever the number of runs: a bar an element is a second of work in a list on a phone.
export function emptySparkline() {
  return s("svg", { class: "sparkline", viewBox: `0 0 ${RUNS * STEP} ${LINE + BELOW}`, role: "img" },
    s("path", { class: "good" }), s("path", { class: "bad" }));
}

export function drawSparkline(node, recent) {
  const { good, bad, words } = sparkPaths(recent);
  node.ariaLabel = words;
  node.firstChild.setAttribute("d", good);
  node.lastChild.setAttribute("d", bad);
}

// What to draw, and the same in words.  `recent`: oldest first; runs that have not ended are left out, canceled ones
// leave a gap.
export function sparkPaths(recent) {
  const ended = recent.filter((run) => run.finished_at).slice(-RUNS);
  const most = Math.max(1, ...ended.map((run) => run.changed ?? 0));
  let [good, bad, failed, changed] = ["", "", 0, 0];
  ended.forEach((run, at) => {
    if (run.changed > 0) changed += 1;
    if (GOOD.has(run.status)) {
      // By the root, so that one run of hundreds does not flatten the others.
      const height = Math.round(LEAST + (LINE - LEAST) * Math.sqrt((run.changed ?? 0) / most));
      good += bar(at, LINE, -height);
    } else if (run.status === "FAILED") {
      failed += 1;
      bad += bar(at, LINE + 1, BELOW - 1);
    }
  });
  const last = ended.at(-1)?.status === "FAILED" ? ", the last one failed" : "";
  const words = ended.length ? `Last ${plural(ended.length, "run")}: ${changed} with changes, ${failed} failed${last}` : "No runs yet";
  return { good, bad, words };
}

// A line as wide as a bar.
const bar = (at, from, length) => `M${at * STEP + 2} ${from}v${length}`;
