// One project: what stands above all of its tabs, and the tab.

import { ApiError, get, inTime } from "../api.js";
import { h, replace } from "../dom.js";
import { foundTrueAt } from "../file-age.js";
import { plural, shortAddress } from "../format.js";
import { errorBanner } from "../parts/banner.js";
import { actionButton, busy } from "../parts/busy.js";
import { icon } from "../parts/icons.js";
import { keepingFocus } from "../parts/keep-focus.js";
import { labelLinks } from "../parts/label.js";
import { menu } from "../parts/menu.js";
import { poll } from "../parts/poll.js";
import { statusPill } from "../parts/status.js";
import { actionsOf } from "./project/actions.js";
import { ProjectState } from "./project/state.js";

const TABS = [
  ["overview", "Overview"], ["llmstxt", "llms.txt"], ["runs", "Runs"], ["changes", "Changes"], ["pages", "Pages"], ["notifications", "Notifications"], ["settings", "Settings"],
];
const POLL_SECONDS = 10;

export default async function project(context) {
  const { params, may, router, signal } = context;
  const tab = params.tab ?? "overview";
  // What is no id at all is not asked for: the answer would be about ids.
  if (!TABS.some(([name]) => name === tab) || !/^[\da-f-]{36}$/i.test(params.id)) throw new ApiError(404, { detail: "There is no such page." });
  const [found, view] = await Promise.all([
    get(`/api/projects/${encodeURIComponent(params.id)}`, {}, { signal }), inTime(import(`./project/${tab}.js`)),
  ]);
  const state = new ProjectState(found);
  const actions = actionsOf(state, router, signal);
  const trouble = h("div", {});
  keepAsking(state, actions, trouble, signal);
  nameFeed(state, signal);
  const body = await view.default({ ...context, state, actions });
  return h("div", { class: "page" }, head(state, actions, may, signal), trouble, notices(state, actions, may, signal), tabLinks(found.id, tab), body);
}

// What the page shows stays when the server is away; a project that is gone is not asked for again.
function keepAsking(state, actions, trouble, signal) {
  let isNew = true;
  const asking = poll(async () => {
    if (state.isFollowed || isNew) return void (isNew = false);
    try {
      await actions.refresh();
      replace(trouble);
    } catch (error) {
      if (error.name === "AbortError") return;
      const isGone = error.status === 404;
      replace(trouble, isGone ? gone() : errorBanner(error, () => asking.now()));
      if (isGone) return asking.stop();
      throw error;
    }
  }, POLL_SECONDS, signal);
}

// Programs that read feeds look for it in the head.
function nameFeed(state, signal) {
  const link = h("link", { rel: "alternate", type: "application/atom+xml" });
  document.head.append(link);
  signal.addEventListener("abort", () => link.remove());
  state.watch(({ id, name, public_url: address }) => {
    link.title = `Changes of ${name}`;
    link.href = address ? address.replace(/[^/]*$/, "feed.xml") : `/api/projects/${id}/feed.xml`;
  }, signal);
}

function gone() {
  return h("div", { class: "banner error", role: "alert" },
    h("p", {}, "This project was deleted. What you see is what it was."), h("a", { class: "button small", href: "/projects" }, "All projects"));
}

function head(state, actions, may, signal) {
  const [crumb, title, pill, line] = [h("span", {}), h("h1", {}), h("span", {}), h("p", { class: "quiet head-line" })];
  state.watch((project) => {
    replace(crumb, project.name);
    replace(title, project.name);
    replace(pill, statusPill(project.status));
    replace(line, lineOf(project));
  }, signal);
  return h("div", { class: "project-head" },
    h("nav", { class: "crumbs", "aria-label": "Breadcrumb" }, h("a", { href: "/projects" }, "Projects"), " / ", crumb),
    h("div", { class: "head" }, h("div", { class: "grow" }, h("div", { class: "row" }, title, pill), line), may("editor") && buttons(state, actions, signal)));
}

function lineOf(project) {
  const { url, page_count: pages, last_run_at: lastAt, labels } = project;
  const at = foundTrueAt(project);
  return [
    h("a", { href: url, rel: "noreferrer", title: url }, clipped(shortAddress(url))),
    pages === null ? null : ` · ${plural(pages, "page")}`,
    at ? [" · file is ", h("time-ago", { datetime: at, age: true }), " old"] : !lastAt && " · no file yet",
    labelLinks(labels),
  ];
}

// On a phone a long one would take half of what is seen: its begin and its end tell it from others.
function clipped(address) {
  return address.replace(/^(.{40}).{9,}(.{30})$/, "$1…$2");
}

function buttons(state, actions, signal) {
  const turn = actionButton("", () => (isOn(state.project) ? actions.pause() : actions.resume()));
  const run = actionButton("", actions.run, { kind: "primary" });
  state.watch((project, before) => {
    turn.hidden = !project.cron_expression;
    // Words change only where they have to, so that what is being read or pressed stays.
    if (!before || isOn(project) !== isOn(before)) replace(turn, isOn(project) ? [icon("pause"), "Pause"] : [icon("play"), "Resume"]);
    const isBusy = ["QUEUED", "IN_PROGRESS"].includes(project.active_run?.status);
    run.ariaDisabled = String(isBusy);
    run.title = isBusy ? "A run is under way" : "";
    replace(run, icon("play"), project.active_run && !isBusy ? "Retry now" : "Run now");
  }, signal);
  const more = menu({ label: "More actions", content: icon("more"), class: "icon-button outlined" }, [
    { text: "Fetch everything anew", act: () => busy(more, () => actions.run({ force: true })) },
    { text: "Settings", href: `/projects/${state.project.id}/settings` },
    { text: "Delete…", isDanger: true, act: () => busy(more, actions.remove) },
  ]);
  return h("div", { class: "actions" }, turn, run, more);
}

const isOn = (project) => project.is_enabled && project.schedule_state === "ACTIVE";

// Few projects have any; for them it is fetched.
function notices(state, actions, may, signal) {
  const place = h("div", {});
  const noteworthy = ({ status, is_enabled, schedule_state, halted_by, held_run_id, last_run }) => (status === "held" || (is_enabled && schedule_state === "HALTED")) && [status, halted_by, held_run_id, last_run?.id].join();
  let shown = false;
  state.watch(async (project) => {
    if (noteworthy(project) === shown) return;
    shown = noteworthy(project);
    if (!shown) return void keepingFocus(place, () => replace(place));
    try {
      const { notice } = await inTime(import("./project/notices.js"));
      // What changed meanwhile is drawn with it.
      if (shown) keepingFocus(place, () => replace(place, notice(state.project, may("editor") && actions)));
    } catch (error) {
      replace(place, errorBanner(error, () => location.reload()));
    }
  }, signal);
  return place;
}

function tabLinks(id, tab) {
  const address = (name) => `/projects/${id}${name === "overview" ? "" : `/${name}`}`;
  return h("nav", { "aria-label": "Project" }, h("ul", { class: "tabs" },
    TABS.map(([name, word]) => h("li", {}, h("a", { href: address(name), "aria-current": name === tab ? "page" : null }, word)))));
}
