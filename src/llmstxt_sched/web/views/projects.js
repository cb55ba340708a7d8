// The projects: what failed, what is stale and what waits, at one glance.

import { queryOf } from "../api.js";
import { h, instead, replace } from "../dom.js";
import { healthBar } from "../parts/health-bar.js";
import { icon } from "../parts/icons.js";
import { poll } from "../parts/poll.js";
import { projectFilters } from "./projects/filter-bar.js";
import { queryOfFilter, readFilter } from "./projects/filter.js";
import { projectList } from "./projects/list.js";
import { projectPages } from "./projects/pages.js";
import { projectTable } from "./projects/table.js";

const POLL_SECONDS = 12;
const NEW = "/projects/new";
const ALL = { q: null, status: null, schedule: null, label: null };

export default async function projects({ query, router, may, signal, meanwhile }) {
  const isEditor = may("editor");
  const pages = projectPages(readFilter(query), signal);
  const health = healthBar({
    address: (status) => `/projects${queryOf(queryOfFilter({ ...pages.filter, status }))}`,
    choose: (status) => choose({ status }, { push: true }),
  });
  health.update({}, pages.filter.status);
  // What is no filter of ours leaves the address, which says what is shown.
  router.query(queryOfFilter(pages.filter));
  const search = projectFilters(pages.filter, choose, signal);
  const table = projectTable({ act: isEditor ? act : null, selected });
  const list = projectList({
    pages, table, filterBar: search.node, isEditor,
    clear: () => { search.clear(); choose(ALL); },
    drawn: (counts, isNew) => { health.node.hidden = isNew; health.update(counts, pages.filter.status); selection?.draw(); },
  });
  const barPlace = h("div");
  let selection = null;
  // Until somebody does not wait for the list.
  let opens = isEditor && location.pathname === NEW;
  let opening = null;

  // The filter in the address and in the list.  A selection does not outlive it: nobody would see what is in it.
  function choose(changes, { push = false } = {}) {
    const filter = { ...pages.filter, ...changes };
    router.query(queryOfFilter(filter), { push });
    health.update(pages.found?.counts ?? {}, filter.status);
    table.clear();
    return list.load(filter);
  }

  // The code for what is done seldom comes when it is first done.
  function act(name, project) {
    return list.later(() => import("./projects/actions.js"), ({ rowAction }) => rowAction(name, project, { changed, gone, router }));
  }
  function create() {
    opens = false;
    const open = ({ createDialog }) => signal.aborted || createDialog({ router, signal, address: NEW, url: query.get("url") ?? "" });
    return opening ??= list.later(() => import("./projects/create.js"), open).finally(() => { opening = null; });
  }
  function selected() {
    if (selection) return selection.draw();
    return table.chosen().length && list.later(() => import("./projects/selection.js"), ({ selectionBar }) => {
      selection ??= selectionBar({ pages, table, list, signal, done: ticking.now });
      replace(barPlace, selection.node);
      selection.draw();
    });
  }
  function changed(id, news) {
    pages.change(id, news);
    table.refresh(pages.found.items);
    ticking.now();
  }
  function gone(id) {
    pages.drop(id);
    table.drop(id);
    ticking.now();
  }

  const node = h("div", { class: "page list", "aria-busy": "true" },
    h("div", { class: "head" }, h("h1", {}, "Projects"), isEditor && h("div", { class: "actions" }, newProject(create, () => import("./projects/create.js").catch(() => {})))),
    list.trouble, health.node, barPlace, list.node);
  const ticking = poll(list.refresh, POLL_SECONDS, signal);
  meanwhile(node);
  table.prepare(pages.size);
  await list.ready;
  node.ariaBusy = null;
  // Once the list is below it.
  if (opens) setTimeout(create);
  return node;
}

// `warm` loads what a click will need, once a pointer or the focus is there.
function newProject(open, warm) {
  return h("a", { class: "button primary", href: NEW, on: { pointerenter: warm, focus: warm, click: instead(open) } }, icon("add"), "New project");
}
