// Search, schedule and order above the list.

import { h } from "../../dom.js";
import { icon } from "../../parts/icons.js";
import { SCHEDULES, SORTS } from "./filter.js";

// Between two questions while somebody types; the first key asks at once.
const PATIENCE_MS = 80;

// `changed({q, schedule, sort})` after each choice and, while somebody types, after PATIENCE_MS at most.
export function projectFilters(filter, changed, signal) {
  let timer;
  let told = -PATIENCE_MS;
  const tell = () => {
    clearTimeout(timer);
    told = performance.now();
    changed({ q: search.value.trim() || null, schedule: schedule.value || null, sort: sort.value });
  };
  const search = h("input", {
    class: "input", type: "search", "aria-label": "Search name or address", "aria-keyshortcuts": "/", placeholder: "Search name or address",
    value: filter.q ?? "", autocomplete: "off", spellcheck: "false", maxlength: 200,
    on: { input: () => {
      const left = told + PATIENCE_MS - performance.now();
      clearTimeout(timer);
      if (left > 0) timer = setTimeout(tell, left);
      else tell();
    } },
  });
  const schedule = select("Schedule", [["", "Any schedule"], ...Object.entries(SCHEDULES)], filter.schedule ?? "", tell);
  const label = h("button", { class: "button", type: "button", title: "Show others, too", hidden: !filter.label,
    on: { click: () => { search.focus(); label.hidden = true; changed({ label: null }); } } }, `Label: ${filter.label}`, icon("close"));
  const sort = select("Order", Object.entries(SORTS), filter.sort, tell);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    search.focus();
    search.select();
  }, { signal });
  return {
    node: h("search", { class: "list-filters" }, h("div", { class: "search" }, icon("search"), search, h("kbd", { "aria-hidden": "true" }, "/")), label, schedule, sort),
    clear() { search.value = ""; schedule.value = ""; label.hidden = true; clearTimeout(timer); search.focus(); },
  };
}

function select(label, options, chosen, tell) {
  return h("select", { class: "input", "aria-label": label, on: { change: tell } },
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
}

// A key that is typed somewhere is not a command; below a dialog nothing takes the focus.
function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null || document.querySelector("dialog[open]") !== null;
}
