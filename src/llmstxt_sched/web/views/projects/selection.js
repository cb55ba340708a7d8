// What is selected: rows, or all that match, shown or not; and what is done with it.

import { plural } from "../../format.js";
import { announce } from "../../parts/announce.js";
import { bulkBar } from "../../parts/bulk-bar.js";

// {node, draw()}, to be drawn after each change of the table's selection.  `done()` is told after each action.
export function selectionBar({ pages, table, list, done, signal }) {
  let isAll = false, before = 0;
  const bar = bulkBar({ act, all, clear: table.clear, left: table.focusAll });

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
    const { q, status, schedule } = pages.filter;
    const chosen = isAll
      ? { filter: { q, status, schedule }, expected: list.total() }
      : { projects: table.chosen() };
    const isDone = await list.later(() => import("./bulk.js"), ({ bulkAction }) => bulkAction(action, chosen, signal));
    if (!isDone) return;
    table.clear();
    done();
  }
  return { node: bar.node, draw };
}
