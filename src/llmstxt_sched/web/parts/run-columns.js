// The columns of a table of runs.

import { h } from "../dom.js";
import { count } from "../format.js";
import { duration } from "../measures.js";
import { runBadge } from "./run-badge.js";

const TRIGGERS = { initial: "First run", schedule: "Schedule", manual: "By hand" };

export function runColumns(projectId, { isBrief = false } = {}) {
  const all = [
    { title: "Run", isHeader: true, cell: (run) => h("a", { class: "nowrap", href: `/projects/${projectId}/runs?run=${run.id}` }, `#${run.number}`) },
    { title: "Begun by", isLong: true, cell: (run) => triggerWord(run.trigger) },
    { title: "Started", cell: (run) => startOf(run) },
    { title: "Result", cell: (run) => [runBadge(run), isBrief && run.finished_at && h("span", { class: "quiet after" }, duration(secondsOf(run)))] },
    { title: "Duration", isLong: true, isNumber: true, cell: (run) => duration(secondsOf(run)) },
    { title: "Pages", isLong: true, isNumber: true, cell: (run) => count(run.progress.fetched + run.progress.unchanged) },
    { title: "Changes", titleFor: (run) => run.error && "Reason", cell: (run) => changesOf(run, projectId) },
  ];
  return all.filter((column) => !(isBrief && column.isLong));
}

export function triggerWord(trigger) {
  return TRIGGERS[trigger] ?? trigger;
}

export function secondsOf({ started_at: from, finished_at: to }) {
  return from && to ? (Date.parse(to) - Date.parse(from)) / 1000 : null;
}

// "+4 ±2 −1" as a link to what they were; the reason where the run failed.
export function changesOf(run, projectId) {
  if (run.error) return h("span", { class: "danger-text" }, run.error.message);
  if (!run.finished_at || !run.changes) return "–";
  if (run.status === "COMPLETE_NO_DIFFS") return h("span", { class: "quiet" }, "no change");
  const { added, changed, removed } = run.changes;
  const figures = [[added, "+", "added", "good-text"], [changed, "±", "changed", null], [removed, "−", "removed", "danger-text"]]
    .filter(([number]) => number > 0)
    .map(([number, sign, word, kind]) => [h("span", { class: kind }, `${sign}${count(number)}`), h("span", { class: "unseen" }, ` ${word}`), " "]);
  return h("a", { class: "changes-link", href: `/projects/${projectId}/changes?to=${run.id}` }, figures.length ? figures : "the index alone");
}

function startOf(run) {
  const at = run.started_at ?? run.created_at;
  return h("time-ago", { datetime: at });
}
