// The options of a project's crawls: limits, which addresses they take, and what of those the files hold.

import { ApiError } from "../api.js";
import { languagesOf, languagesText } from "../crawl-languages.js";
import { h } from "../dom.js";
import { field } from "./form.js";

const NUMBERS = [
  ["max_pages", "Page limit", { min: 1, step: 1 }],
  ["max_depth", "Depth limit", { min: 1, step: 1, hint: "In links from the start." }],
  ["delay_seconds", "Delay in seconds", { min: 0, step: "any", hint: "Between two requests." }],
];
const LISTS = [
  ["include", "Include", { placeholder: "/docs/*", hint: "One pattern a line; without one, all pages." }],
  ["exclude", "Exclude", { placeholder: "/docs/archive/*", hint: "One pattern a line." }],
  ["keep", "Keep of each page", { placeholder: "main article", hint: "One CSS selector a line. A page that has one of them consists of nothing else." }],
  ["drop", "Drop from each page", { placeholder: ".newsletter", hint: "One CSS selector a line, beside what is left out anyway." }],
];
const SCOPES = [["", "By the address"], ["host", "The whole host"], ["folder", "Folder around it"], ["path", "It and below"]];
const VERSIONS = [["newest", "The newest"], ["all", "All"]];

// {node, value()}: `value()` is what the API takes, null and empty for the service's own; an ApiError for what is no number.
export function crawlFields(crawl) {
  const controls = {};
  const numbers = NUMBERS.map(([name, word, { min, step, hint }]) => {
    controls[name] = h("input", { name: `crawl.${name}`, type: "number", min, step, inputmode: step === 1 ? "numeric" : "decimal", value: crawl[name] ?? "", placeholder: "service's default" });
    return field(word, controls[name], { hint });
  });
  const lists = LISTS.map(([name, word, { placeholder, hint }]) => {
    controls[name] = h("textarea", { name: `crawl.${name}`, rows: 3, placeholder, autocapitalize: "none", spellcheck: "false", value: crawl[name].join("\n") });
    return field(word, controls[name], { hint });
  });
  const languages = h("input", { name: "crawl.languages", type: "text", value: languagesText(crawl.languages), placeholder: "the start page's", autocapitalize: "none", spellcheck: "false" });
  const select = (name, options) => h("select", { name: `crawl.${name}` }, options.map(([value, word]) => h("option", { value, selected: value === (crawl[name] ?? "") }, word)));
  const versions = select("versions", VERSIONS);
  const scope = select("scope", SCOPES);
  const editions = [
    field("Languages", languages, { hint: "Tags by comma, such as en, pt-BR; all for every one." }),
    field("Versions", versions, { hint: "Of sites that keep a folder for each. That of the start page, if it has one, is kept." }),
    field("Covers", scope, { hint: "What of the site, seen from the start page." }),
  ];
  function value() {
    const wrong = NUMBERS.map(([name]) => controls[name]).filter((control) => control.validity.badInput);
    if (wrong.length) throw new ApiError(422, { errors: wrong.map(({ name }) => ({ field: name, message: "Write a number, or nothing for the service's default." })) });
    return {
      ...Object.fromEntries(NUMBERS.map(([name]) => [name, controls[name].value === "" ? null : Number(controls[name].value)])),
      ...Object.fromEntries(LISTS.map(([name]) => [name, controls[name].value.split("\n").map((line) => line.trim()).filter(Boolean)])),
      languages: languagesOf(languages.value), versions: versions.value, scope: scope.value || null,
    };
  }
  return { node: h("div", {}, [numbers, lists.slice(0, 2), lists.slice(2), editions].map((each) => h("div", { class: "fields" }, each))), value };
}
