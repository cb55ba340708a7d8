// A row of the list, changed in place, cell by cell, so that nothing moves under a pointer or a focus.

import { scheduleWords } from "../../cron.js";
import { copies, h, replace } from "../../dom.js";
import { capital, count, plural, shortAddress } from "../../format.js";
import { icon } from "../../parts/icons.js";
import { labelLinks } from "../../parts/label.js";
import { menuButton, opensMenu } from "../../parts/menu.js";
import { drawSparkline, emptySparkline } from "../../parts/sparkline.js";
import { statusBadge } from "../../parts/status.js";

// What a cell is made of, and the parts of the project that it shows: it is filled in anew where those are others.
const CELLS = [
  { name: "status", title: "Status", of: ["status"], fill: (cell, { status }) => replace(cell, statusBadge(status)) },
  { name: "project", title: "Project", of: ["name", "url", "labels"], make: () => [h("a", { class: "name" }, ""), below(" line")], fill: fillName },
  { name: "pages", title: "Pages", of: ["page_count"], fill: (cell, { page_count }) => { cell.textContent = page_count === null ? "" : count(page_count); } },
  { name: "schedule", title: "Schedule", of: ["cron_expression", "schedule_text", "timezone"], make: () => [h("span", {}, ""), below(" line")], fill: fillSchedule },
  { name: "last", title: "Last run", of: ["active_run", "last_run", "held_run_id"], make: () => [h("time-ago", {}, ""), below(" line")], fill: fillLastRun },
  { name: "next", title: "Next run", of: ["next_run_at", "is_enabled", "halted_reason"], make: () => [h("time-ago", {}, ""), below()], fill: fillNextRun },
  { name: "recent", title: "Last 20 runs", of: ["recent"], make: emptySparkline, fill: ({ firstChild }, { recent }) => drawSparkline(firstChild, recent ?? []) },
];
const below = (kind = "") => h("span", { class: `sub${kind}` }, "");

export function headRow(selectAll) {
  const head = (name, ...kids) => h("th", { class: `at-${name}`, scope: "col", role: "columnheader" }, kids);
  return h("tr", { role: "row" }, selectAll && head("select", selectAll), CELLS.map(({ name, title }) => head(name, title)),
    selectAll && head("actions", h("span", { class: "unseen" }, "Actions")));
}

// {node, box, project, update(project)}, empty until the first update.  `act(name, project)` does something with the
// project; null for those who may only read.
export function projectRow(act) {
  const node = emptyRow(act !== null);
  const [box, run, more] = node.querySelectorAll("input, button");
  const cells = [...node.children].slice(act ? 1 : 0);
  const row = { node, box, project: null, update };
  if (act) {
    run.addEventListener("click", () => act("run", row.project));
    opensMenu(more.parentNode, () => itemsFor(row.project, act));
  }
  return row;

  function update(news) {
    const last = row.project;
    if (news === last) return;
    row.project = news;
    node.dataset.status = news.status;
    for (const [at, { of, fill }] of CELLS.entries()) {
      if (!last || of.some((name) => JSON.stringify(news[name]) !== JSON.stringify(last[name]))) fill(cells[at], news);
    }
    if (!act) return;
    if (news.name !== last?.name) {
      box.ariaLabel = `Select ${news.name}`;
      run.ariaLabel = `Run ${news.name} now`;
      more.ariaLabel = `More for ${news.name}`;
    }
    run.ariaDisabled = mayRun(news) ? null : "true";
  }
}

// Copied as a whole, so that what a project adds is texts and attributes.
const emptyRow = copies((mayAct) => {
  const cell = (name, ...kids) => (name === "project"
    ? h("th", { class: "at-project", scope: "row", role: "rowheader" }, kids)
    : h("td", { class: `at-${name}`, role: "cell" }, kids));
  return h("tr", { role: "row" },
    mayAct && cell("select", h("label", { class: "select" }, h("input", { class: "checkbox", type: "checkbox" }))),
    CELLS.map(({ name, make }) => cell(name, make?.())),
    mayAct && cell("actions", h("button", { class: "icon-button run-now", type: "button" }, icon("play")), menuButton({ label: "More", content: icon("more") })));
});

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

function say(node, text, title) {
  node.firstChild.data = text || "";
  if (title) node.title = title;
  else if (node.title) node.removeAttribute("title");
}

function sayWhen(node, at, otherwise) {
  node.classList.toggle("quiet", !at);
  if (at) node.setAttribute("datetime", at);
  else node.removeAttribute("datetime");
  say(node, at ? "" : otherwise);
  if (node.isConnected) node.draw();
}

function fillName({ children: [link, address] }, { id, name, url, labels }) {
  link.setAttribute("href", `/projects/${id}`);
  say(link, name);
  say(address, shortAddress(url), url);
  replace(address, address.firstChild, labelLinks(labels));
}

function fillSchedule({ children: [words, zone] }, { cron_expression, schedule_text, timezone }) {
  const isSet = cron_expression !== null;
  words.className = isSet ? "words" : "quiet";
  say(words, scheduleWords(cron_expression, schedule_text), isSet && schedule_text);
  say(zone, isSet && timezone, isSet && timezone);
}

function fillLastRun({ children: [when, below] }, { active_run, last_run, held_run_id }) {
  const now = nowWords(active_run);
  const error = now ? null : (active_run?.error ?? (held_run_id ? null : last_run?.error))?.message;
  sayWhen(when, last_run?.finished_at, active_run ? "First run" : "Never");
  below.classList.toggle("danger-text", Boolean(error));
  say(below, error ? capital(error) : now ?? (held_run_id && "Waits for a decision"), error);
}

// null for a run whose last attempt failed: why is said in place of how far it is.
function nowWords(run) {
  if (!run || run.status === "RETRYING") return null;
  const { found, fetched, unchanged } = run.progress;
  if (run.status === "QUEUED") return "A run waits for its turn";
  return found ? `${count(fetched + unchanged)} of ${plural(found, "page")}` : "Starting";
}

function fillNextRun({ children: [when, below] }, { next_run_at, is_enabled, halted_reason }) {
  sayWhen(when, halted_reason ? null : next_run_at, "None");
  say(below, halted_reason ? "Halted" : is_enabled && "Auto-enabled", halted_reason);
}
