// A table of what the server lists a page at a time.  Rows that have not changed stay the nodes that they were, so that
// opened details outlive a refresh.  Below 760 px each row is a card (.table.cards); the roles are spelt out because
// some browsers take a table's meaning away with its layout.

import { freshId, h, replace } from "../dom.js";
import { announce, errorBanner } from "./banner.js";
import { icon } from "./icons.js";
import { keepingFocus } from "./keep-focus.js";

// `label` names the table.  `columns`: {title, cell(item) → children, titleFor(item), isNumber, isHeader, isActions};
// `titleFor` is the title in the card of an item whose cell holds something else.
// `load({limit, cursor})` asks for a page; `empty()` makes what stands in the place of no rows; `details(item)` what a
// row opens to, or null.
export function pagedTable({ label, columns, load, empty, details = null, limit = 50, key = (item) => item.id }) {
  const body = h("tbody", { role: "rowgroup" });
  const table = h("table", { class: "table cards", role: "table", "aria-label": label },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map(heading), details && heading({ title: "Details", isActions: true }))), body);
  const shown = h("div", { class: "scrolls" });
  const trouble = h("div", { class: "table-trouble" });
  const previous = pageButton("Previous", "back", () => turn(-1));
  const next = pageButton("Next", "forward", () => turn(1));
  const place = h("span", { class: "quiet" });
  const pager = h("nav", { class: "more-row pager", "aria-label": `Pages of ${label}`, hidden: true }, previous, place, next);
  const node = h("div", { class: "paged" }, trouble, shown, pager);

  const rows = new Map();
  let cursors = [null];
  let page = 0;
  let goal = 0;
  let after = null;
  let asked = 0;

  // Asks for one page and draws it.  The last one asked for counts: a poll in between asks for that, too.
  async function ask(wanted, { isQuiet = false } = {}) {
    const mine = (asked += 1);
    goal = wanted;
    if (!isQuiet) table.ariaBusy = "true";
    try {
      const found = await load({ limit, cursor: cursors[wanted] });
      if (mine !== asked) return;
      if (!found.items.length && wanted > 0) return void (await ask(wanted - 1));
      page = goal;
      after = found.next_cursor;
      cursors = [...cursors.slice(0, page + 1), after];
      replace(trouble);
      keepingFocus(shown, () => draw(found.items));
    } catch (error) {
      if (mine !== asked) return;
      goal = page;
      throw error;
    } finally {
      if (mine === asked) table.ariaBusy = null;
    }
  }

  // The same; what went wrong is said above the rows, which stay.
  async function say(wanted) {
    try {
      await ask(wanted);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error.status === undefined) throw error;
      replace(trouble, errorBanner(error, () => say(wanted)));
    }
  }

  async function turn(by) {
    if (by > 0 ? after === null : page === 0) return;
    const before = page;
    await say(page + by);
    if (page === before) return;
    shown.scrollIntoView({ block: "nearest" });
    announce(`Page ${page + 1} of ${label}`);
  }

  function draw(items) {
    const nodes = items.flatMap((item) => rowOf(item).nodes);
    const names = new Set(items.map(key));
    for (const name of rows.keys()) if (!names.has(name)) rows.delete(name);
    const isSame = nodes.length === body.childElementCount && nodes.every((each, at) => each === body.children[at]);
    if (!isSame) replace(body, nodes);
    if (!items.length || table.parentNode !== shown) replace(shown, items.length ? table : empty());
    pager.hidden = page === 0 && after === null;
    place.textContent = `Page ${page + 1}`;
    enable(previous, page > 0);
    enable(next, after !== null);
  }

  function rowOf(item) {
    const text = JSON.stringify(item);
    const known = rows.get(key(item));
    if (known?.text === text) return known;
    const made = { text, nodes: nodesOf(item) };
    rows.set(key(item), made);
    return made;
  }

  function nodesOf(item) {
    const opened = details?.(item);
    const cells = columns.map((column) => h(column.isHeader ? "th" : "td", {
      class: classOf(column), role: column.isHeader ? "rowheader" : "cell", scope: column.isHeader ? "row" : null,
      "data-title": column.isActions ? null : column.titleFor?.(item) ?? column.title,
    }, h("div", { class: "cell" }, column.cell(item))));
    if (!details) return [h("tr", { role: "row" }, cells)];
    const id = freshId("details");
    const more = h("tr", { role: "row", class: "details-row", id, hidden: true },
      h("td", { role: "cell", colspan: columns.length + 1 }, opened));
    return [h("tr", { role: "row" }, cells, h("td", { class: "actions-cell", role: "cell" }, opened && h("div", { class: "cell" }, expander(id, more)))), more];
  }

  return {
    node,
    // The first page; what goes wrong is said in the table.
    show() {
      // What is there has no next page where this one does not come.
      [page, after, cursors] = [0, null, [null]];
      return say(0);
    },
    // The page that is shown, asked for again.
    again: () => say(page),
    // The same for a poll: rejects where it fails, and leaves the telling to the caller.
    refresh: () => ask(goal, { isQuiet: true }),
  };
}

function heading({ title, isNumber, isActions }) {
  return h("th", { scope: "col", role: "columnheader", class: isNumber ? "number" : null }, isActions ? h("span", { class: "unseen" }, title) : title);
}

function classOf({ isNumber, isActions }) {
  return isNumber ? "number" : isActions ? "actions-cell" : null;
}

function expander(id, more) {
  const button = h("button", { class: "button small", type: "button", "aria-expanded": "false", "aria-controls": id, on: { click: () => {
    more.hidden = !more.hidden;
    button.ariaExpanded = String(!more.hidden);
  } } }, "Details", icon("down"));
  return button;
}

// Only marked as disabled: a disabled button would lose the focus of who has just come to the last page.
function pageButton(word, picture, act) {
  const pictureLast = picture === "forward";
  return h("button", { class: "button small", type: "button", on: { click: act } }, !pictureLast && icon(picture), word, pictureLast && icon(picture));
}

function enable(button, isEnabled) {
  button.ariaDisabled = isEnabled ? null : "true";
}
