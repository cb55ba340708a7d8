// A project's schedule: in words, its next times, and whether it is on.

import { get } from "../api.js";
import { h } from "../dom.js";
import { moment } from "../format.js";
import { busy } from "./busy.js";
import { icon } from "./icons.js";

const SHOWN = 5;
const NOTES = { skipped: "the clock skips this hour", repeated: "the clock repeats this hour" };

// The next times; nothing is asked where nothing comes.
export async function nextTimes(project, signal) {
  if (!runsByItself(project)) return [];
  const { cron_expression, timezone } = project;
  return (await get("/api/schedule/preview", { cron_expression, timezone, count: SHOWN }, { signal })).next;
}

export function runsByItself(project) {
  return project.is_enabled && project.schedule_state === "ACTIVE" && Boolean(project.cron_expression);
}

// `onSwitch(isOn)` turns scheduled runs on or off; null for those who may not.
export function drawSchedule(project, times, onSwitch) {
  return [
    h("p", { class: "schedule-words" }, project.schedule_text ?? "Only by hand"),
    project.cron_expression && h("p", { class: "quiet small-text" }, `${project.timezone} · `, h("code", {}, project.cron_expression)),
    times.length
      ? h("ol", { class: "times" }, times.map((time) => timeRow(time, project.timezone)))
      : h("p", { class: "quiet small-text" }, whyNoTimes(project)),
    project.cron_expression && switchRow(project, onSwitch),
    h("dl", { class: "facts" },
      h("dt", {}, "Last run"), h("dd", {}, project.last_run?.finished_at ? h("time-ago", { datetime: project.last_run.finished_at }) : "none yet"),
      h("dt", {}, "If a run fails"), h("dd", {}, project.on_failure === "stop" ? "scheduled runs stop" : "scheduled runs go on")),
  ];
}

export function editLink(project) {
  return h("a", { class: "button", href: `/projects/${project.id}/settings` }, icon("edit"), "Edit");
}

function timeRow({ utc, note }, zone) {
  return h("li", {},
    h("span", {}, moment(utc, zone), note && h("span", { class: "tag" }, NOTES[note])),
    h("span", {}, h("time-ago", { datetime: utc })));
}

function whyNoTimes(project) {
  if (!project.cron_expression) return "It runs when somebody presses Run now, or a script asks for it.";
  if (!project.is_enabled) return "Scheduled runs are off, so no run is due.";
  return "A failed run has stopped the schedule, so no run is due. Resume it above, or with a run by hand that succeeds.";
}

function switchRow(project, onSwitch) {
  const word = project.schedule_state === "HALTED" ? "Scheduled runs are on, but wait for a resume" : "Scheduled runs are on";
  if (!onSwitch) return h("p", { class: "small-text" }, project.is_enabled ? word : "Scheduled runs are off");
  const box = h("input", { class: "checkbox", type: "checkbox", role: "switch", checked: project.is_enabled, on: { change: () => busy(box, async () => {
    try {
      await onSwitch(box.checked);
    } catch (error) {
      // What the server says counts, not what was clicked.
      box.checked = project.is_enabled;
      throw error;
    }
  }) } });
  return h("label", { class: "switch" }, box, word);
}
