// The labels of a project, one a line.

import { h } from "../dom.js";
import { field } from "./form.js";

// {node, value()}: `value()` is what the API takes.
export function labelsField(labels) {
  const control = h("textarea", { name: "labels", rows: 2, value: labels.join("\n"), spellcheck: "false" });
  return {
    node: field("Labels", control, { hint: "One a line, such as the team whose site it is. In the list each leads to all that have it." }),
    value: () => control.value.split("\n").map((line) => line.trim()).filter(Boolean),
  };
}
