// Which projects the list shows, in which order: from the address and back; pure.

import { STATUSES } from "../../parts/status.js";

export const SCHEDULES = { daily: "Daily", weekly: "Weekly", custom: "Custom", none: "Only by hand" };
export const SORTS = { attention: "Needs attention first", name: "Name", next_run_at: "Next run", created_at: "Newest" };
const USUAL_SORT = "attention";

// From a query; words that are none of ours are as if not there.
export function readFilter(query) {
  const one = (name, words) => (Object.hasOwn(words, query.get(name) ?? "") ? query.get(name) : null);
  const label = query.get("label");
  return { q: query.get("q")?.trim() || null, status: one("status", STATUSES), schedule: one("schedule", SCHEDULES), ...(label && { label }), sort: one("sort", SORTS) ?? USUAL_SORT };
}

// For the address: the usual order is left out.
export function queryOfFilter({ q, status, schedule, label = null, sort }) {
  return { status, q, schedule, label, sort: sort === USUAL_SORT ? null : sort };
}

export function isFiltered({ q, status, schedule, label }) {
  return Boolean(q || status || schedule || label);
}
