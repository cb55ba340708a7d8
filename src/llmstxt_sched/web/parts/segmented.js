// A choice of few, all of them in sight.

import { h } from "../dom.js";

// `choices`: [value, word].  `onChoice(value)` is told of each other one.
export function segmented(label, choices, chosen, onChoice) {
  const buttons = choices.map(([value, word]) => h("button", { type: "button", "aria-pressed": String(value === chosen), on: { click: () => choose(value) } }, word));
  function choose(value) {
    for (const [at, button] of buttons.entries()) button.ariaPressed = String(choices[at][0] === value);
    onChoice(value);
  }
  return h("div", { class: "segmented", role: "group", "aria-label": label }, buttons);
}
