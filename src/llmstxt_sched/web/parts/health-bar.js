// How all projects stand: a bar of colours for the eye, and chips with counts, which are links to the parts of the list.

import { h, instead, replace } from "../dom.js";
import { count } from "../format.js";
import { STATUSES, statusShape } from "./status.js";

// `address(status)`: where a chip leads; `choose(status)`: what a click does instead.  Null is all.
export function healthBar({ address, choose }) {
  const bar = h("div", { class: "health", "aria-hidden": "true" });
  const parts = new Map(Object.keys(STATUSES).map((status) => [status, h("span", { class: status })]));
  bar.append(...parts.values());
  const chips = new Map([null, ...Object.keys(STATUSES)].map((status) => [status, chip(status, choose)]));
  const list = h("ul", { class: "chips" }, [...chips.values()].map(({ node }) => node));

  function update(counts, chosen) {
    for (const [status, part] of parts) {
      part.hidden = !counts[status];
      part.style.setProperty("flex-grow", counts[status] ?? 0);
    }
    for (const [status, { node, link, number }] of chips) {
      const size = counts[status ?? "all"] ?? 0;
      node.hidden = status !== null && !size && status !== chosen;
      // No number as long as none is known.
      replace(number, counts.all === undefined ? "" : count(size));
      link.setAttribute("href", address(status));
      link.ariaCurrent = status === chosen ? "true" : null;
    }
  }
  return { node: h("nav", { "aria-label": "Projects by status" }, bar, list), update };
}

function chip(status, choose) {
  const number = h("strong");
  const link = h("a", { class: "chip", on: { click: instead(() => choose(status)) } }, status && statusShape(status), status ? STATUSES[status] : "All", " ", number);
  return { node: h("li", {}, link), link, number };
}
