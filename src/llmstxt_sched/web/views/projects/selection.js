// What is selected: rows, or all that match, shown or not; and what is done with it.

import { plural } from "../../format.js";
import { announce } from "../../parts/banner.js";
import { bulkBar } from "../../parts/bulk-bar.js";

// {node, draw()}, to be drawn after each change of the table's selection.  `done()` asks for the list anew after an action.
export function selectionBar({ pages, table, list, done, signal }) {
  let isAll = false, before = 0;
  const bar = bulkBar({ act, all, clear: () => table.clear(), left: table.focusAll });

  function draw() {
    const selected = table.chosen().length;
    // Who takes one out does not mean all.
    isAll &&= selected > 0 && selected >= before;
    before = selected;
    bar.update({ selected, shown: table.size(), total: list.total(), isAll });
  }
  function all() {
    isAll = true;
    draw();
    announce(`All ${plural(list.total(), "project")} selected`);
  }
  async function act(action) {
    const { q, status, schedule, label } = pages.filter;
    const chosen = isAll
      ? { filter: { q, status, schedule, label }, expected: list.total() }
      : { projects: table.chosen() };
    const failed = await list.later(() => import("./bulk.js"), ({ bulkAction }) => bulkAction(action, chosen, signal));
    if (!failed) return;
    isAll = false;
    table.clear(failed.map(({ id }) => id));
    await done();
    const at = document.activeElement;
    if (at === document.body || !at.checkVisibility()) toHeading();
  }
  return { node: bar.node, draw };
}

// Where the focus goes once nothing is left of the table that had it.
function toHeading() {
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
