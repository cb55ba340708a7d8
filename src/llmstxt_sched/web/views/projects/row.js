// A row of the list.  It is changed in place, cell by cell, so that nothing moves under a pointer or a focus.

import { scheduleWords } from "../../cron.js";
import { copies, h, replace } from "../../dom.js";
import { capital, count, plural, shortAddress } from "../../format.js";
import { icon } from "../../parts/icons.js";
import { menu } from "../../parts/menu.js";
import { sparkline } from "../../parts/sparkline.js";
import { statusBadge } from "../../parts/status.js";

// What a cell shows, and the parts of the project that it shows: it is drawn anew where those are others.
const CELLS = [
  { name: "status", of: ({ status }) => status, draw: ({ status }) => statusBadge(status) },
  { name: "project", of: ({ name, url }) => [name, url], draw: drawName },
  { name: "pages", of: (project) => project.page_count, draw: ({ page_count }) => page_count !== null && [count(page_count), h("span", { class: "unit" }, page_count === 1 ? " page" : " pages")] },
  { name: "schedule", of: (project) => [project.cron_expression, project.schedule_text, project.timezone], draw: drawSchedule },
  { name: "last", of: ({ active_run, last_run, held_run_id }) => [active_run, last_run, held_run_id], draw: drawLastRun },
  { name: "next", of: ({ next_run_at, is_enabled, halted_reason }) => [next_run_at, is_enabled, halted_reason], draw: drawNextRun },
  { name: "recent", of: ({ recent }) => recent?.map(({ id, status }) => [id, status]), draw: ({ recent }) => sparkline(recent ?? []) },
];
const HEADS = { status: "Status", project: "Project", pages: "Pages", schedule: "Schedule", last: "Last run", next: "Next run", recent: "Last 20 runs" };

export function headRow(selectAll) {
  const head = (name, ...kids) => h("th", { class: `at-${name}`, scope: "col", role: "columnheader" }, kids);
  return h("tr", { role: "row" }, selectAll && head("select", selectAll), CELLS.map(({ name }) => head(name, HEADS[name])),
    selectAll && head("actions", h("span", { class: "unseen" }, "Actions")));
}

// {node, box, project, update(project)}.  `act(name, project)` does something with it; null for those who may only read.
export function projectRow(project, act, router) {
  const row = { node: null, box: null, project, update };
  const cells = CELLS.map(({ name }) => emptyCell(name));
  const shown = CELLS.map(() => null);
  const run = act && h("button", { class: "icon-button run-now", type: "button", on: { click: () => act("run", row.project) } }, icon("play"));
  row.box = act && h("input", { class: "checkbox", type: "checkbox" });
  const more = act && menu({ label: "More", content: icon("more") }, () => itemsFor(row.project, act), router);
  row.node = h("tr", { role: "row" },
    act && fillCell("select", h("label", { class: "select" }, row.box)), cells,
    act && fillCell("actions", run, more));
  update(project);
  return row;

  function update(news) {
    row.project = news;
    row.node.dataset.status = news.status;
    for (const [at, { of, draw }] of CELLS.entries()) {
      const key = JSON.stringify(of(news));
      if (key !== shown[at]) redraw(cells[at], draw(news));
      shown[at] = key;
    }
    if (!act) return;
    row.box.setAttribute("aria-label", `Select ${news.name}`);
    run.setAttribute("aria-label", `Run ${news.name} now`);
    more.firstElementChild.setAttribute("aria-label", `More for ${news.name}`);
    if (mayRun(news)) run.removeAttribute("aria-disabled");
    else run.setAttribute("aria-disabled", "true");
  }
}

const emptyCell = copies((name) => (name === "project"
  ? h("th", { class: "at-project", scope: "row", role: "rowheader" })
  : h("td", { class: `at-${name}`, role: "cell" })));
const fillCell = (name, ...kids) => replace(emptyCell(name), kids);

function redraw(cell, kids) {
  const hadFocus = cell.hasChildNodes() && cell.contains(document.activeElement);
  replace(cell, kids);
  if (hadFocus) cell.querySelector("a")?.focus();
}

// A run that waits for its next attempt is woken by another; of the others there is one at a time.
export const mayRun = ({ active_run }) => !active_run || active_run.status === "RETRYING";

function itemsFor(project, act) {
  const address = `/projects/${project.id}`;
  return [
    { text: "Open", href: address },
    { text: "Run now", act: () => act("run", project), disabled: !mayRun(project) },
    project.cron_expression && (project.is_enabled && !project.halted_reason
      ? { text: "Pause", act: () => act("pause", project) }
      : { text: "Resume", act: () => act("resume", project) }),
    { text: "Edit settings", href: `${address}/settings` },
    { text: "Delete…", act: () => act("remove", project), isDanger: true },
  ];
}

function drawName({ id, name, url }) {
  return [h("a", { class: "name", href: `/projects/${id}` }, name), h("span", { class: "sub line", title: url }, shortAddress(url))];
}

function drawSchedule({ cron_expression, schedule_text, timezone }) {
  const words = scheduleWords(cron_expression, schedule_text);
  if (cron_expression === null) return h("span", { class: "quiet" }, words);
  return [
    h("span", { class: "words", title: schedule_text }, words),
    h("span", { class: "sub line", title: timezone }, timezone),
  ];
}

function drawLastRun({ active_run, last_run, held_run_id }) {
  const at = last_run?.finished_at;
  return [
    h("span", { class: "line" }, at ? h("time-ago", { datetime: at }) : h("span", { class: "quiet" }, active_run ? "First run" : "Never")),
    nowLine(active_run) ?? (held_run_id ? h("span", { class: "sub line" }, "Waits for a decision") : reasonLine(last_run)),
  ];
}

function nowLine(run) {
  if (!run) return null;
  if (run.status === "RETRYING") return reasonLine(run);
  const { found, fetched, unchanged } = run.progress;
  const words = run.status === "QUEUED" ? "A run waits for its turn" : found ? `${count(fetched + unchanged)} of ${plural(found, "page")}` : "Starting";
  return h("span", { class: "sub line" }, words);
}

function reasonLine(run) {
  return run?.error && h("span", { class: "sub line danger-text", title: run.error.message }, capital(run.error.message));
}

function drawNextRun({ next_run_at, is_enabled, halted_reason }) {
  if (halted_reason) return [h("span", { class: "quiet" }, "None"), h("span", { class: "sub", title: halted_reason }, "Halted")];
  return [next_run_at ? h("time-ago", { datetime: next_run_at }) : h("span", { class: "quiet" }, "None"), is_enabled && h("span", { class: "sub" }, "Auto-enabled")];
}
