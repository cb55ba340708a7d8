// A project at a glance: the run that is under way, the file, the schedule, where it is published, what happened.

import { get, inTime, text as readText } from "../../api.js";
import { h, replace } from "../../dom.js";
import { foundTrueBy } from "../../file-age.js";
import { announce, emptyState, errorBanner } from "../../parts/banner.js";
import { keepingFocus } from "../../parts/keep-focus.js";
import { ledger } from "../../parts/ledger.js";
import { llmsTxtCard } from "../../parts/llmstxt-view.js";
import { loaded } from "../../parts/loaded.js";
import { noFile, wroteIt } from "../../parts/no-file.js";
import { runChart } from "../../parts/run-chart.js";
import { runColumns } from "../../parts/run-columns.js";
import { drawSchedule, editLink, nextTimes } from "../../parts/schedule-card.js";
import { serveIt } from "../../parts/serve-it.js";
import { isActive } from "../../parts/status.js";
import { table } from "../../parts/table.js";
import { hasNewResult } from "./state.js";

const CHART_RUNS = 30;
const TABLE_RUNS = 6;
const LINKS_SHOWN = 24;

export default async function overview({ state, actions, may, signal }) {
  const { id } = state.project;
  const file = loaded(() => fileOf(state.project, signal), (answer) => drawFile(answer, state.project, may("editor") && actions.run), signal);
  const history = loaded(() => get(`/api/projects/${id}/runs`, { limit: CHART_RUNS }, { signal }), ({ items }) => drawHistory(items, id), signal);
  const schedule = loaded(async () => [scheduleOf(state.project), await nextTimes(state.project, signal)],
    ([, times]) => drawSchedule(state.project, times, may("editor") ? (isOn) => (isOn ? actions.resume() : actions.pause()) : null), signal);
  const due = ledger(id, state.project.timezone, signal);
  const address = h("div", {});

  state.watch((project, before) => {
    if (before?.public_url !== project.public_url || !before) {
      const publish = may("editor") ? () => actions.edit({ is_public: true }) : null;
      replace(address, serveIt(project, { publish, mayCheck: may("editor") }));
    }
    if (!before) return;
    schedule.refresh();
    if (hasNewResult(before, project) || before.active_run?.id !== project.active_run?.id) {
      history.refresh();
      due.refresh();
    }
    if (hasNewResult(before, project) || project.page_count === null) file.refresh();
  }, signal);

  const now = current(state, actions, may, signal);
  await Promise.all([file.ready, schedule.ready, history.ready, due.ready, now.ready]);
  return h("div", {},
    now.node,
    h("div", { class: "columns" },
      h("div", { class: "stack" }, file.node, history.node),
      h("div", { class: "stack" },
        card("Schedule", schedule.node, may("editor") && editLink(state.project)),
        card("Public address", address),
        h("section", { class: "card", "aria-label": "Due times" }, h("div", { class: "card-head" }, h("h2", {}, "Due times")), due.node))));
}

// The run under way; when it ends, its result in the same place.  What draws them is fetched when there is one.
function current(state, actions, may, signal) {
  const place = h("div", { class: "current-run" });
  let shown = null;
  let live = null;
  async function ended(run) {
    state.isFollowed = false;
    live = null;
    if (run) {
      await showResult(run);
      announce(`Run ${run.number} has ended`);
    }
    await actions.refresh().catch(() => {});
    shown = null;
    await begin(state.project);
  }
  async function showResult(run) {
    try {
      const { runResult } = await inTime(import("../../parts/run-result.js"));
      keepingFocus(place, () => replace(place, runResult(run, state.project.id)));
    } catch (error) {
      replace(place, errorBanner(error, () => location.reload()));
    }
  }
  async function begin(project) {
    const run = project.active_run;
    if (run?.id === shown) live?.update(run);
    if (shown || !isActive(run)) return;
    shown = run.id;
    let liveRun;
    try {
      ({ liveRun } = await inTime(import("../../parts/live-run.js")));
    } catch (error) {
      return void replace(place, errorBanner(error, () => location.reload()));
    }
    if (signal.aborted) return;
    state.isFollowed = true;
    live = liveRun({ run, mayCancel: may("editor"), onStatus: () => actions.refresh().catch(() => {}), onEnd: ended, signal });
    replace(place, live.node);
  }
  const first = needsWords(state.project) ? showResult(state.project.last_run) : null;
  state.watch(begin, signal);
  return { node: place, ready: first };
}

// A failure is told even where the schedule goes on; where it has stopped, the banner above tells it.
function needsWords(project) {
  return project.last_run?.status === "FAILED" && project.schedule_state !== "HALTED" && !isActive(project.active_run);
}

// What is drawn depends on it: the text, or as long as there is none why.  Nothing is asked for before a run wrote one.
async function fileOf(project, signal) {
  const { id, page_count: pages, active_run: active, last_run: last } = project;
  if (pages === null) return { text: null, why: [active?.id, last?.id] };
  const run = foundTrueBy(project);
  const [text, found] = await Promise.all([readText(`/api/projects/${id}/llms.txt`, { signal }), run && get(`/api/runs/${run.id}`, {}, { signal })]);
  // Whether the site has more pages than the project may read.
  return { text, run: wroteIt(project), cutBy: found?.report.limits.some(({ name }) => name === "max_pages") && run };
}

function drawFile({ text, cutBy: run }, project, begin) {
  if (text === null) return noFile(project, begin);
  const card = llmsTxtCard({
    name: "llms.txt", note: wroteIt(project), text, address: `/api/projects/${project.id}/llms.txt`,
    most: LINKS_SHOWN, whole: `/projects/${project.id}/llmstxt`,
  });
  return [run && h("div", { class: "banner stale" },
    h("p", {}, h("a", { href: `/projects/${project.id}/runs?run=${run.id}` }, `Run #${run.number}`), " reached the page limit: pages may be missing.")), card];
}

function drawHistory(runs, id) {
  const hasBars = runs.some((run) => run.finished_at);
  return h("section", { class: "card", "aria-label": "Run history" },
    h("div", { class: "card-head" }, h("h2", {}, "Run history"),
      h("div", { class: "actions small-text" }, hasBars && legend(), runs.length > TABLE_RUNS && h("a", { href: `/projects/${id}/runs` }, `All ${runs[0].number} runs`))),
    runs.length
      ? [hasBars && runChart(runs), table("The newest runs", runColumns(id, { isBrief: true }), runs.slice(0, TABLE_RUNS))]
      : emptyState("No runs yet", "Each run gets a bar and a line here."));
}

function legend() {
  return h("span", { class: "legend" },
    h("span", { class: "added" }, "+ added"), " ", h("span", { class: "changed" }, "± changed"), " ", h("span", { class: "removed" }, "− removed"));
}

function scheduleOf({ cron_expression, timezone, is_enabled, schedule_state, next_run_at, last_run, on_failure }) {
  return [cron_expression, timezone, is_enabled, schedule_state, next_run_at, last_run?.id, on_failure];
}

function card(title, node, action = null) {
  return h("section", { class: "card", "aria-label": title },
    h("div", { class: "card-head" }, h("h2", {}, title), h("div", { class: "actions" }, action)), h("div", { class: "card-body" }, node));
}
