// The list below its chips: what is asked, what is drawn, what goes wrong.

import { inTime } from "../../api.js";
import { h, replace } from "../../dom.js";
import { count, plural } from "../../format.js";
import { announce, emptyState, errorBanner } from "../../parts/banner.js";
import { isFiltered } from "./filter.js";

// `pages` has the data, `table` the rows; `drawn(counts, isNew)` is told after each answer;
// `isNew`: there are no projects at all.  `ready` is when there is something to see, be it that nothing answers.
export function projectList({ pages, table, filterBar, isEditor, drawn, clear }) {
  const trouble = h("div");
  table.node.hidden = true;
  const nothing = h("div", { hidden: true }, h("div", { class: "card-body" }, h("p", { class: "unseen" }, "Loading"), h("div", { class: "skeleton" })));
  const patience = setTimeout(() => { nothing.hidden = false; }, 150);
  const { promise: ready, resolve: isReady } = Promise.withResolvers();
  const more = h("button", { class: "button", type: "button", on: { click: showMore } }, "Show more");
  const shownOf = h("span", { class: "quiet small-text" });
  const foot = h("div", { class: "more-row", hidden: true }, shownOf, more);
  const node = h("section", { class: "card list-card", "aria-label": "All projects" }, filterBar, table.node, nothing, foot);
  const total = () => pages.found?.counts[pages.filter.status ?? "all"] ?? 0;

  // Another filter: the rows that are there stay until the new ones come.
  function load(filter) {
    table.node.ariaBusy = "true";
    // What is shown has no next page by this filter.
    more.hidden = true;
    return guarded(() => load(filter), async () => {
      if (!(await pages.load(filter))) return;
      table.show(pages.found.items);
      draw();
      announce(plural(total(), "project"));
    });
  }
  function showMore() {
    return guarded(showMore, async () => {
      const before = pages.found.items.length;
      if (!(await pages.more())) return;
      table.show(pages.found.items);
      draw();
      announce(`${count(pages.found.items.length)} of ${plural(total(), "project")} shown`);
      if (more.hidden) table.focusRow(before);
    });
  }
  // For a poll, which is told as well where it went wrong.
  async function refresh() {
    try {
      await update();
      replace(trouble);
    } catch (error) {
      say(error, retry);
      throw error;
    }
  }
  const retry = () => guarded(retry, update);
  async function update() {
    if (!(await pages.refresh())) return;
    table.refresh(pages.found.items);
    draw();
  }

  async function guarded(again, ask) {
    try {
      await ask();
      replace(trouble);
    } catch (error) {
      say(error, again);
    } finally {
      if (!pages.isWaiting()) table.node.ariaBusy = null;
    }
  }
  // Code that comes with the first use of it, from a server that may be away then.
  async function later(load, use) {
    let module;
    try {
      module = await inTime(load());
    } catch (error) {
      say(error, () => location.reload());
      return null;
    }
    return use(module);
  }
  // What could not be asked is said above what is there, which stays.
  function say(error, again) {
    if (error.name === "AbortError") return;
    if (!pages.found) begun();
    if (error.status === undefined) throw error;
    // The same banner stays, so that it is not read out at each poll.
    if (trouble.textContent.startsWith(error.message)) return;
    replace(trouble, errorBanner(error, again));
  }

  function begun() {
    clearTimeout(patience);
    nothing.hidden = true;
    isReady();
  }
  function draw() {
    begun();
    const { items, counts, cursor } = pages.found;
    const isEmpty = items.length === 0;
    const isNew = isEmpty && !isFiltered(pages.filter);
    table.node.hidden = foot.hidden = isEmpty;
    filterBar.hidden = isNew;
    nothing.hidden = !isEmpty;
    replace(nothing, isEmpty && (isNew ? noProjects(isEditor) : noMatch(clear)));
    replace(shownOf, `${count(items.length)} of ${count(total())}`);
    more.hidden = cursor === null;
    drawn(counts, isNew);
  }
  return { node, trouble, load, later, ready, refresh, total };
}

function noProjects(isEditor) {
  return emptyState("No projects yet",
    isEditor ? "A project is a website whose llms.txt is kept true. Its address is all that is needed." : "Somebody who may edit can add the first.",
    isEditor && h("a", { class: "button primary", href: "/start" }, "Add the first site"));
}

function noMatch(clear) {
  return emptyState("Nothing matches", "No project fits the search and the filters.", h("button", { class: "button", type: "button", on: { click: clear } }, "Clear filters"));
}
