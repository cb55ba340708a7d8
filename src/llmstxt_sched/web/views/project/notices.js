// What a person should know of a project before anything else: a schedule that has stopped, a version that waits.

import { adviceFor } from "../../advice.js";
import { h } from "../../dom.js";
import { actionButton } from "../../parts/busy.js";
import { decisionButtons } from "../../parts/decision-buttons.js";

const isHalted = (project) => project.is_enabled && project.schedule_state === "HALTED";

export function notice(project, actions) {
  if (project.status === "held") return heldNotice(project, actions);
  return h("div", { class: "banner error" },
    h("p", {}, sentence(project)),
    isHalted(project) && project.halted_by && h("a", { href: `/projects/${project.id}/runs?run=${project.halted_by}` }, "The run that failed"),
    isHalted(project) && actions && actionButton("Resume", actions.resume, { kind: "small" }));
}

function heldNotice({ id, held_run_id: runId }, actions) {
  return h("div", { class: "banner held" },
    h("p", {}, "The last run would take most of the entries out of llms.txt. Its version waits for a decision; until then the one before it is published."),
    h("a", { href: `/projects/${id}/changes?to=${runId}` }, "What would change"), actions && decisionButtons(runId, actions));
}

function sentence(project) {
  if (project.halted_reason === "no_next_occurrence") return "The schedule has no next time. Change it in the settings.";
  if (project.halted_reason === "unknown_timezone") return `The service does not know the time zone ${project.timezone}. Choose another in the settings, and resume.`;
  const error = project.last_run?.id === project.halted_by && project.last_run?.error;
  const why = error ? `: ${error.message}. ${adviceFor(error.code)}` : ".";
  return `Scheduled runs have stopped, because a run failed${why} Resume them here; a run by hand that succeeds does so too.`;
}
