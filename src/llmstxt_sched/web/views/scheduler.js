// `/scheduler`: how much there is to do, who does it, and what comes next.

import { get, post } from "../api.js";
import { h, replace } from "../dom.js";
import { count, exactly, moment, relative } from "../format.js";
import { duration } from "../measures.js";
import { emptyState, errorBanner } from "../parts/banner.js";
import { actionButton } from "../parts/busy.js";
import { keepingFocus } from "../parts/keep-focus.js";
import { pagedTable } from "../parts/paged-table.js";
import { poll } from "../parts/poll.js";
import { tickSentence } from "../tick-words.js";
import { workerList } from "./scheduler/workers.js";

const POLL_SECONDS = 5;

export default async function scheduler({ may, signal }) {
  const trouble = h("div");
  const report = h("p", { class: "report", role: "status" });
  const away = notice("stale", "Redis does not answer. Nothing is lost: Postgres, whose figures these are, has every job, and runs begin again when Redis is back.");
  const late = notice("error", "The scheduler is late: it has stopped, or a project that is due was not picked up. If a tick by hand does not help, read the service’s log.");
  const figures = h("dl", { class: "figures" });
  const workers = h("div", { class: "card-body" });
  let depths;
  let said = null;
  const jobs = pagedTable({
    label: "Jobs to come", columns: JOB_COLUMNS, key: (job) => job.job_id, empty: noJobs,
    load: async (query) => (depths = await get("/api/scheduler/jobs", query, { signal })),
  });
  const content = h("div", { class: "stack", hidden: true },
    card("Now", h("div", { class: "card-body" }, figures)), card("Workers", workers), card("Jobs to come", jobs.node));

  async function refresh() {
    try {
      const [overview, found] = await Promise.all([
        get("/api/overview", {}, { signal }), get("/api/scheduler/workers", {}, { signal }), jobs.refresh()]);
      replace(trouble);
      said = null;
      away.hidden = depths.queued !== null;
      late.hidden = !overview.scheduler.is_late;
      replace(figures, figuresOf(overview, depths));
      keepingFocus(workers, () => replace(workers, workerList(found.items, serverTime(overview))));
      content.hidden = false;
    } catch (error) {
      // Once: a banner that is made anew with each poll would be read out again and again.
      if (error.name !== "AbortError" && error.message !== said) replace(trouble, errorBanner(error, polling.now));
      said = error.message;
      throw error;
    }
  }

  async function process() {
    replace(report, tickSentence(await post("/api/scheduler/process")));
    polling.now();
  }

  const polling = poll(refresh, POLL_SECONDS, signal);
  await polling.first;
  return h("div", { class: "page scheduler" },
    h("div", { class: "head" }, h("h1", {}, "Scheduler"),
      may("editor") && h("div", { class: "actions" }, actionButton("Process now", process))),
    report, trouble, late, away, content);
}

function card(title, body) {
  return h("section", { class: "card" }, h("div", { class: "card-head" }, h("h2", {}, title)), body);
}

function notice(kind, sentence) {
  return h("div", { class: `banner ${kind}`, role: "alert", hidden: true }, h("p", {}, sentence));
}

function figuresOf({ runs, scheduler: tick, oldest_waiting_seconds: oldest, workers: live }, { scheduled, queued, processing }) {
  const known = (number) => (number === null ? "unknown" : count(number));
  return [
    figure("Scheduled", known(scheduled)),
    figure("Queued", known(queued ?? runs.queued)),
    figure("Processing", known(processing ?? runs.running)),
    figure("Workers", known(live)),
    figure("Oldest waiting", oldest ? duration(oldest) : "none"),
    figure("Last tick", lastTick(tick)),
  ];
}

function figure(name, value) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}

function lastTick({ last_tick_at: at, seconds_since: seconds, is_late: isLate }) {
  const text = at === null ? "none yet" : h("span", { title: exactly(at) }, relative(-1000 * seconds, 0));
  return isLate ? h("span", { class: "danger-text" }, text, ", late") : text;
}

const JOB_COLUMNS = [
  { title: "Project", isHeader: true, cell: (job) => h("a", { class: "name", href: `/projects/${job.project_id}` }, job.project_name) },
  { title: "Due", cell: (job) => [h("time-ago", { datetime: job.due_at }), h("span", { class: "sub" }, exactly(job.due_at))] },
  { title: "Kind", cell: (job) => (job.kind === "schedule" ? "Schedule" : ["Retry", h("span", { class: "sub" }, retryOf(job))]) },
];

function retryOf({ scheduled_for: nominal }) {
  return nominal ? `of the run of ${moment(nominal)}` : "of a run outside the schedule";
}

function noJobs() {
  return emptyState("Nothing to come", "No project has scheduled runs enabled, and no run waits for another try.",
    h("a", { class: "button", href: "/projects" }, "All projects"));
}

// By the last tick, where there was one: the browser's clock may be wrong.
function serverTime({ scheduler: { last_tick_at: at, seconds_since: seconds } }) {
  return at === null ? Date.now() : Date.parse(at) + 1000 * seconds;
}
