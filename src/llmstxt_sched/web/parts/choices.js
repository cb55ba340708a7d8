// A choice among few, each with a sentence that says what it means; radio buttons, so that all of them can be read.

import { freshId, h } from "../dom.js";

// `options`: {value, word, sentence}.  Errors of the server for `name` go below it, as with field().
export function choices(legend, name, options, chosen) {
  return h("fieldset", { class: "field fieldset choices", "data-field": name },
    h("legend", { class: "label" }, legend),
    options.map(({ value, word, sentence }) => {
      const id = freshId("choice");
      return h("div", { class: "choice" },
        h("input", { type: "radio", class: "checkbox", id, name, value, checked: value === chosen, "aria-describedby": `${id}-says` }),
        h("label", { for: id }, word),
        h("p", { class: "hint", id: `${id}-says` }, sentence));
    }),
    h("p", { class: "field-error", hidden: true }));
}
