// What can be done with the projects that are selected.

import { h, replace } from "../dom.js";
import { count } from "../format.js";
import { busy } from "./busy.js";
import { icon } from "./icons.js";

const ACTIONS = { run: "Run now", pause: "Pause", resume: "Resume", schedule: "Change schedule…", delete: "Delete…" };

// `act(name)` with one of the actions; `all()` selects whatever matches; `clear()` nothing; `left()` takes the focus
// where it was in the bar as that went.
export function bulkBar({ act, all, clear, left }) {
  const size = h("strong", { role: "status", tabindex: "-1" });
  const everything = h("button", { class: "button link", type: "button", on: { click: all } });
  const buttons = Object.entries(ACTIONS).map(([name, word]) =>
    h("button", { class: "button", type: "button", on: { click: (event) => busy(event.currentTarget, () => act(name)) } }, word));
  const node = h("section", { class: "bulk-bar", "aria-label": "Selected projects", hidden: true }, size, everything, buttons,
    h("button", { class: "icon-button", type: "button", "aria-label": "Clear the selection", on: { click: clear } }, icon("close")));

  // `selected` of `shown` rows, of `total` that match; `isAll`: all that match are meant, shown or not.
  function update({ selected, shown, total, isAll }) {
    const hadFocus = node.contains(document.activeElement);
    node.hidden = !selected && !isAll;
    if (node.hidden && hadFocus) left();
    if (node.hidden) return;
    replace(size, isAll ? `All ${count(total)} selected` : `${count(selected)} selected`);
    // Where it is about to be hidden, it would lose the focus to the page.  A key that is still down must press nothing.
    if (isAll && document.activeElement === everything) size.focus();
    everything.hidden = isAll || selected < shown || shown >= total;
    replace(everything, `Select all ${count(total)} that match`);
  }
  return { node, update };
}
