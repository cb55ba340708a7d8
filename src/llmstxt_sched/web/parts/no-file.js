// What stands in place of a project's llms.txt as long as there is none, and which run wrote it once there is one.

import { h } from "../dom.js";
import { emptyState } from "./banner.js";
import { actionButton } from "./busy.js";
import { runsByItself } from "./schedule-card.js";
import { isActive } from "./status.js";

// `run` begins a run; null for those who may not.
export function noFile(project, run) {
  const button = !isActive(project.active_run) && run && actionButton("Run now", run, { kind: "primary" });
  return h("section", { class: "card", "aria-label": "llms.txt" }, emptyState("No llms.txt yet", whyNone(project), button));
}

// The newest run whose version was published, as far as the project tells of its runs.
export function wroteIt({ recent }) {
  const run = recent?.findLast(({ status, held }) => status === "COMPLETE_WITH_DIFFS" && (!held || held === "accepted"));
  return run ? `from run #${run.number}` : null;
}

function whyNone(project) {
  if (isActive(project.active_run)) return "It appears here as soon as the run has ended.";
  if (project.last_run?.status === "FAILED") return "The first run failed; its reason stands above. Run it again once that is mended.";
  if (runsByItself(project)) return "The first run writes it: when the schedule says so, or now.";
  return "The first run writes it. None is due by itself, so begin one by hand.";
}
