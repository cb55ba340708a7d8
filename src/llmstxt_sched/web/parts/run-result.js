// How a run ended, in a card: what it did, or why it failed and what to do about it.

import { adviceFor } from "../advice.js";
import { h } from "../dom.js";
import { duration } from "../measures.js";
import { runBadge } from "./run-badge.js";
import { secondsOf } from "./run-columns.js";

export function runResult(run, projectId) {
  const address = `/projects/${projectId}`;
  const hasFailed = run.status === "FAILED";
  return h("section", { class: `card result${hasFailed ? " failed" : ""}`, "aria-label": `Run ${run.number}` },
    h("div", { class: "card-head" },
      h("h2", {}, `Run #${run.number}`), runBadge(run),
      h("span", { class: "quiet small-text" }, secondsOf(run) === null ? null : `in ${duration(secondsOf(run))}`),
      h("div", { class: "actions small-text" },
        run.status === "COMPLETE_WITH_DIFFS" && run.number > 1 && h("a", { href: `${address}/changes?to=${run.id}` }, "What changed"),
        h("a", { href: `${address}/runs?run=${run.id}` }, "Its pages"))),
    h("div", { class: "card-body" },
      h("p", {}, run.status === "CANCELED" ? "It wrote nothing; the files that were there stay." : run.error?.message ?? run.summary ?? "It has ended."),
      hasFailed && h("p", { class: "quiet" }, adviceFor(run.error?.code))));
}
