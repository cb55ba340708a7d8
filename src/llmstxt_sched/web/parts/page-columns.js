// The columns of a table of pages.

import { outcome, particulars } from "../outcomes.js";
import { h } from "../dom.js";

// Of a project, whose listed pages have Markdown copies, or of one run.
export function pageColumns({ projectId = null, isOfRun = false } = {}) {
  const columns = [
    { title: "Page", isHeader: true, cell: (page) => pageCell(page) },
    { title: "Status", isNumber: true, cell: (page) => page.status_code ?? "–" },
    { title: "Outcome", cell: (page) => outcomeCell(page) },
    { title: "Markdown", isOfProject: true, cell: (page) => (page.path ? h("a", { class: "mono", href: `/api/projects/${projectId}/pages/${page.path}` }, page.path) : h("span", { class: "quiet" }, "not listed")) },
    { title: "Last change", isOfProject: true, cell: (page) => (page.last_changed_at ? h("time-ago", { datetime: page.last_changed_at }) : "–") },
  ];
  return columns.filter((column) => !(isOfRun && column.isOfProject));
}

function pageCell({ url, title }) {
  return [title && h("span", { class: "page-title" }, title), h("a", { class: title ? "sub" : null, href: url, rel: "noreferrer" }, pathOf(url))];
}

// What the outcome means is said where it isn't simply that the page was read.
function outcomeCell(page) {
  const { word, kind } = outcome(page.outcome);
  const lines = kind === "good" ? [] : [page.reason, particulars(page)];
  return [h("span", { class: `outcome ${kind}` }, word), lines.filter(Boolean).map((line) => h("span", { class: "sub" }, line))];
}

function pathOf(url) {
  try {
    const { pathname, search } = new URL(url);
    return pathname + search;
  } catch {
    return url;
  }
}
