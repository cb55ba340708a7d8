// What happened, newest first, whether or not anybody is told.

import { get } from "../../api.js";
import { chosenWord } from "../../choices-in-address.js";
import { h } from "../../dom.js";
import { exactly } from "../../format.js";
import { emptyState } from "../../parts/banner.js";
import { field } from "../../parts/form.js";
import { pagedTable } from "../../parts/paged-table.js";
import { EVENTS, eventWord } from "../../target-kinds.js";

export function eventTable({ projectId, query, router, signal }) {
  let kind = chosenWord(query, "kind", EVENTS.map(([value]) => value));
  router.query({ kind });
  const table = pagedTable({
    label: "Events", columns: COLUMNS.filter(({ title }) => !projectId || title !== "Project"), details: detailsOf, key: ({ number }) => number,
    empty: () => emptyState("Nothing happened", "Runs that end, schedules that halt and projects that become stale show here."),
    load: (page) => get("/api/events", { ...page, project_id: projectId, kind }, { signal }),
  });
  const filter = h("select", { name: "kind", on: { change: () => {
    kind = filter.value;
    router.query({ kind });
    table.show();
  } } }, [["", "Anything"], ...EVENTS].map(([value, word]) => h("option", { value, selected: value === kind }, word)));
  return { node: h("div", {}, h("div", { class: "fields filters" }, field("What", filter)), table.node), show: table.show };
}

const COLUMNS = [
  { title: "When", isHeader: true, cell: ({ at }) => [h("time-ago", { datetime: at }), h("span", { class: "sub" }, exactly(at))] },
  { title: "What", cell: ({ kind }) => eventWord(kind) },
  { title: "Project", cell: ({ project_id: id, project_name: name }) => (name ? h("a", { href: `/projects/${id}` }, name) : h("span", { class: "quiet" }, id ? "deleted" : "–")) },
];

function detailsOf({ id, project_id: project, project_name: isThere, run_id: run, details }) {
  const pairs = [["id", id], ...Object.entries(details)].filter(([, value]) => value !== null);
  return h("div", {},
    run && isThere && h("p", {}, h("a", { href: `/projects/${project}/runs?run=${run}` }, "The run")),
    h("dl", { class: "facts" }, pairs.map(([name, value]) => [h("dt", {}, name.replaceAll("_", " ")), h("dd", {}, String(value))])));
}
