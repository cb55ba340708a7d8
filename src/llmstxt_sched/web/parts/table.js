// A table of rows that are all there.  The columns are those of parts/paged-table.js, and it looks the same.

import { h } from "../dom.js";

export function table(label, columns, rows) {
  return h("table", { class: "table cards", role: "table", "aria-label": label },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map(({ title }) => h("th", { scope: "col", role: "columnheader" }, title)))),
    h("tbody", { role: "rowgroup" }, rows.map((row) => h("tr", { role: "row" }, columns.map((column) => cell(column, row))))));
}

function cell({ title, titleFor, isHeader, cell: draw }, row) {
  const props = isHeader ? { role: "rowheader", scope: "row" } : { role: "cell" };
  return h(isHeader ? "th" : "td", { ...props, "data-title": titleFor?.(row) ?? title }, h("div", { class: "cell" }, draw(row)));
}
