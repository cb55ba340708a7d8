// The list as a table.  Rows keep their nodes and their places while somebody points at them or works in them.

import { h } from "../../dom.js";
import { headRow, projectRow } from "./row.js";

// `act(name, project)` does something with one, and is null for those who may only read; `selected()` is told of each
// change of the selection.
export function projectTable({ act, selected = () => {} }) {
  const all = act && h("input", {
    class: "checkbox", type: "checkbox", "aria-label": "Select all that are shown", on: { change: () => choose([...rows.keys()], all.checked) },
  });
  const body = h("tbody", { role: "rowgroup", class: "first" });
  const node = h("table", { class: `table projects${act ? "" : " read-only"}`, role: "table", "aria-label": "Projects" },
    h("thead", { role: "rowgroup" }, headRow(all && h("label", { class: "select" }, all))), body);
  const rows = new Map();
  const spare = [];
  const chosen = new Set();
  let isPointed = false;
  let waiting = null;

  node.addEventListener("pointerenter", () => { isPointed = true; });
  node.addEventListener("pointerleave", () => { isPointed = false; catchUp(); });
  node.addEventListener("focusout", () => setTimeout(catchUp));
  body.addEventListener("change", (event) => choose([idOf(event.target.closest("tr"))], event.target.checked));
  const isHeld = () => isPointed || body.contains(document.activeElement);

  // What nobody asked for may change rows, but not move them while they are held.
  function refresh(projects) {
    waiting = null;
    for (const project of projects) rows.get(project.id)?.update(project);
    if (!isHeld()) return show(projects);
    if (projects.some(({ id }, at) => idOf(body.children[at]) !== id) || projects.length !== body.childElementCount) waiting = projects;
  }
  function catchUp() {
    if (waiting && !isHeld()) show(waiting);
  }

  function show(projects) {
    waiting = null;
    const ids = new Set(projects.map(({ id }) => id));
    for (const [id, row] of rows) if (!ids.has(id)) { row.node.remove(); rows.delete(id); }
    place(projects);
    choose([...chosen].filter((id) => !ids.has(id)), false);
  }
  function place(projects) {
    requestAnimationFrame(() => setTimeout(() => { body.className = ""; }));
    let next = body.firstElementChild;
    for (const project of projects) {
      const { node } = rowOf(project);
      // A node that is in its place already is not moved: it would lose the focus.
      if (node === next) next = next.nextElementSibling;
      else body.insertBefore(node, next);
    }
  }
  function rowOf(project) {
    const row = rows.get(project.id) ?? spare.pop() ?? projectRow(act);
    row.node.dataset.id = project.id;
    row.update(project);
    rows.set(project.id, row);
    return row;
  }
  // Has so many rows ready, while their projects are on the way.
  function prepare(count) {
    while (spare.length < count) spare.push(projectRow(act));
  }

  function choose(ids, isChosen) {
    for (const id of ids) {
      if (isChosen) chosen.add(id);
      else chosen.delete(id);
      const row = rows.get(id);
      if (row) { row.box.checked = isChosen; row.node.classList.toggle("chosen", isChosen); }
    }
    if (all) {
      all.checked = rows.size > 0 && chosen.size === rows.size;
      all.indeterminate = chosen.size > 0 && !all.checked;
    }
    selected();
  }
  // Takes a row away; the focus that was in it goes to the next one.
  function drop(id) {
    const row = rows.get(id);
    if (!row) return;
    const next = row.node.nextElementSibling ?? row.node.previousElementSibling;
    const hadFocus = row.node.contains(document.activeElement) || document.activeElement === document.body;
    row.node.remove();
    rows.delete(id);
    choose([id], false);
    if (hadFocus) next?.querySelector("a")?.focus();
  }
  return {
    node, show, refresh, drop, prepare,
    // But for those of these ids.
    clear: (but = []) => choose([...chosen].filter((id) => !but.includes(id)), false),
    size: () => rows.size,
    chosen: () => [...chosen].map((id) => rows.get(id).project),
    focusAll: () => all.focus(),
    focusRow: (at) => body.children[at]?.querySelector("a").focus(),
  };
}

const idOf = (row) => row?.dataset.id;
