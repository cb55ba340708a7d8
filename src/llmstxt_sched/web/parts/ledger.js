// What became of each time at which a project was due: silence is visible.

import { get, inTime } from "../api.js";
import { h, replace } from "../dom.js";
import { count, moment } from "../format.js";
import { actionButton } from "./busy.js";
import { loaded } from "./loaded.js";
import { table } from "./table.js";

const SHOWN = 8;
const FATES = { PENDING: "To come", RAN: "Ran", COALESCED: "Covered by another run", SKIPPED: "Skipped", MISSED: "Missed" };
const LABEL = "Due times";

// {node, ready, refresh}.
export function ledger(projectId, zone, signal) {
  const columns = [
    { title: "Due", isHeader: true, cell: (row) => h("span", { class: "due" }, whenOf(row, zone)) },
    { title: "Outcome", cell: (row) => whatOf(row, projectId) },
  ];
  const load = (query) => get(`/api/projects/${projectId}/occurrences`, query, { signal });
  const newest = loaded(() => load({ limit: SHOWN }), ({ items, next_cursor: more }) => (items.length
    ? [table(LABEL, columns, items), more && h("div", { class: "more-row" }, actionButton("All due times", all, { kind: "small" }))]
    : h("p", { class: "card-body quiet" }, "No due time yet. Each gets a line here, whether it ran or not.")), signal);
  const node = h("div", {}, newest.node);

  async function all() {
    const { pagedTable } = await inTime(import("./paged-table.js"));
    const paged = pagedTable({ label: LABEL, columns, load, empty: () => null, key: (row) => `${row.first} ${row.outcome}` });
    await paged.show();
    replace(node, paged.node);
    paged.node.querySelector("a")?.focus();
  }
  return { ...newest, node };
}

function whenOf({ first, last, count: times }, zone) {
  if (times === 1) return moment(first, zone);
  return [moment(first, zone), " to ", moment(last, zone), h("span", { class: "sub" }, `${count(times)} times`)];
}

// That it ran or is to come needs no reason.
function whatOf(row, projectId) {
  const word = FATES[row.outcome] ?? row.outcome;
  return [
    h("span", { class: `fate ${row.outcome.toLowerCase()}` }, row.run_id ? h("a", { href: `/projects/${projectId}/runs?run=${row.run_id}` }, word) : word),
    !["RAN", "PENDING"].includes(row.outcome) && h("span", { class: "sub" }, row.reason_text),
  ];
}
