// The options of a project's crawls: limits, and which addresses they take.

import { ApiError } from "../api.js";
import { h } from "../dom.js";
import { field } from "./form.js";

const NUMBERS = [
  ["max_pages", "Page limit", { min: 1, step: 1 }],
  ["max_depth", "Depth limit", { min: 1, step: 1, hint: "In links from the start." }],
  ["delay_seconds", "Delay in seconds", { min: 0, step: "any", hint: "Between two requests." }],
];
const GLOBS = [
  ["include", "Include", { placeholder: "/docs/**", hint: "One pattern a line; without one, all pages." }],
  ["exclude", "Exclude", { placeholder: "/docs/archive/**", hint: "One pattern a line." }],
];

// {node, value()}: `value()` is what the API takes, null and empty for the service's own; an ApiError for what is no number.
export function crawlFields(crawl) {
  const controls = {};
  const numbers = NUMBERS.map(([name, word, { min, step, hint }]) => {
    controls[name] = h("input", { name: `crawl.${name}`, type: "number", min, step, inputmode: step === 1 ? "numeric" : "decimal", value: crawl[name] ?? "", placeholder: "service's default" });
    return field(word, controls[name], { hint });
  });
  const globs = GLOBS.map(([name, word, { placeholder, hint }]) => {
    controls[name] = h("textarea", { name: `crawl.${name}`, rows: 3, placeholder, autocapitalize: "none", spellcheck: "false", value: crawl[name].join("\n") });
    return field(word, controls[name], { hint });
  });
  function value() {
    const wrong = NUMBERS.map(([name]) => controls[name]).filter((control) => control.validity.badInput);
    if (wrong.length) throw new ApiError(422, { errors: wrong.map(({ name }) => ({ field: name, message: "Write a number, or nothing for the service's default." })) });
    return {
      ...Object.fromEntries(NUMBERS.map(([name]) => [name, controls[name].value === "" ? null : Number(controls[name].value)])),
      ...Object.fromEntries(GLOBS.map(([name]) => [name, controls[name].value.split("\n").map((line) => line.trim()).filter(Boolean)])),
    };
  }
  return { node: h("div", {}, h("div", { class: "fields" }, numbers), h("div", { class: "fields" }, globs)), value };
}
