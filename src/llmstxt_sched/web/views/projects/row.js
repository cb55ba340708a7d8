// A row of the list, changed in place, cell by cell, so that nothing moves under a pointer or a focus.

import { scheduleWords } from "../../cron.js";
import { copies, h, replace } from "../../dom.js";
import { capital, count, plural, shortAddress } from "../../format.js";
import { icon } from "../../parts/icons.js";
import { menuButton, opensMenu } from "../../parts/menu.js";
import { sparkline } from "../../parts/sparkline.js";
import { statusBadge } from "../../parts/status.js";

// What a cell shows, and the parts of the project that it shows: it is drawn anew where those are others.
const CELLS = [
  { name: "status", title: "Status", of: ["status"], draw: ({ status }) => statusBadge(status) },
  { name: "project", title: "Project", of: ["name", "url"], draw: drawName },
  { name: "pages", title: "Pages", of: ["page_count"], draw: ({ page_count }) => page_count !== null && count(page_count) },
  { name: "schedule", title: "Schedule", of: ["cron_expression", "schedule_text", "timezone"], draw: drawSchedule },
  { name: "last", title: "Last run", of: ["active_run", "last_run", "held_run_id"], draw: drawLastRun },
  { name: "next", title: "Next run", of: ["next_run_at", "is_enabled", "halted_reason"], draw: drawNextRun },
  { name: "recent", title: "Last 20 runs", of: ["recent"], draw: ({ recent }) => sparkline(recent ?? []) },
];

export function headRow(selectAll) {
  const head = (name, ...kids) => h("th", { class: `at-${name}`, scope: "col", role: "columnheader" }, kids);
  return h("tr", { role: "row" }, selectAll && head("select", selectAll), CELLS.map(({ name, title }) => head(name, title)),
    selectAll && head("actions", h("span", { class: "unseen" }, "Actions")));
}

// {node, box, project, update(project)}.  `act(name, project)` does something with it; null for those who may only read.
export function projectRow(project, act) {
  const node = emptyRow(act !== null);
  const box = act && node.firstElementChild.firstElementChild.firstElementChild;
  const [run, more] = act ? node.lastElementChild.children : [];
  const row = { node, box, project: null, update };
  const cells = [...node.children].slice(act ? 1 : 0);
  if (act) {
    run.addEventListener("click", () => act("run", row.project));
    opensMenu(more, () => itemsFor(row.project, act));
  }
  update(project);
  return row;

  function update(news) {
    const last = row.project;
    if (news === last) return;
    row.project = news;
    node.dataset.status = news.status;
    for (const [at, { of, draw }] of CELLS.entries()) {
      if (!last || of.some((name) => JSON.stringify(news[name]) !== JSON.stringify(last[name]))) redraw(cells[at], draw(news));
    }
    if (!act) return;
    box.setAttribute("aria-label", `Select ${news.name}`);
    run.setAttribute("aria-label", `Run ${news.name} now`);
    more.firstElementChild.setAttribute("aria-label", `More for ${news.name}`);
    if (mayRun(news)) run.removeAttribute("aria-disabled");
    else run.setAttribute("aria-disabled", "true");
  }
}

const emptyRow = copies((mayAct) => {
  const cell = (name, ...kids) => (name === "project"
    ? h("th", { class: "at-project", scope: "row", role: "rowheader" })
    : h("td", { class: `at-${name}`, role: "cell" }, kids));
  return h("tr", { role: "row" },
    mayAct && cell("select", h("label", { class: "select" }, h("input", { class: "checkbox", type: "checkbox" }))),
    CELLS.map(({ name }) => cell(name)),
    mayAct && cell("actions", h("button", { class: "icon-button run-now", type: "button" }, icon("play")), menuButton({ label: "More", content: icon("more") })));
});

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

const element = copies((kind) => {
  const [tag, ...classes] = kind.split(".");
  return h(tag, classes.length ? { class: classes.join(" ") } : {});
});

// `kind` such as "span.sub.line"; `props` are attributes.
function words(kind, text, props = {}) {
  const node = element(kind);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.textContent = text;
  return node;
}
const quiet = (text) => words("span.quiet", text);
const ago = (at) => words("time-ago", "", { datetime: at });

function drawName({ id, name, url }) {
  return [words("a.name", name, { href: `/projects/${id}` }), words("span.sub.line", shortAddress(url), { title: url })];
}

function drawSchedule({ cron_expression, schedule_text, timezone }) {
  const text = scheduleWords(cron_expression, schedule_text);
  if (cron_expression === null) return quiet(text);
  return [words("span.words", text, { title: schedule_text }), words("span.sub.line", timezone, { title: timezone })];
}

function drawLastRun({ active_run, last_run, held_run_id }) {
  const at = last_run?.finished_at;
  return [
    at ? ago(at) : quiet(active_run ? "First run" : "Never"),
    nowLine(active_run) ?? (held_run_id ? words("span.sub.line", "Waits for a decision") : reasonLine(last_run)),
  ];
}

function nowLine(run) {
  if (!run) return null;
  if (run.status === "RETRYING") return reasonLine(run);
  const { found, fetched, unchanged } = run.progress;
  return words("span.sub.line", run.status === "QUEUED" ? "A run waits for its turn" : found ? `${count(fetched + unchanged)} of ${plural(found, "page")}` : "Starting");
}

function reasonLine(run) {
  return run?.error && words("span.sub.line.danger-text", capital(run.error.message), { title: run.error.message });
}

function drawNextRun({ next_run_at, is_enabled, halted_reason }) {
  if (halted_reason) return [quiet("None"), words("span.sub", "Halted", { title: halted_reason })];
  return [next_run_at ? ago(next_run_at) : quiet("None"), is_enabled && words("span.sub", "Auto-enabled")];
}
