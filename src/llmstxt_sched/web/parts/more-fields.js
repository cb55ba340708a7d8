// What most projects are created without: labels, options of the crawl, and a try of them.

import { h } from "../dom.js";
import { crawlFields } from "./crawl-fields.js";
import { dryRunOfNew } from "./dry-run.js";
import { labelsField } from "./labels-field.js";

const USUAL = { include: [], exclude: [], keep: [], drop: [], languages: "start", versions: "newest" };

// {node, value()}: `value()` is that part of what creates the project, all of which is `body()`.
export function moreFields(body, signal) {
  const labels = labelsField([]);
  const crawl = crawlFields(USUAL);
  return {
    node: h("div", {}, labels.node, crawl.node, dryRunOfNew(body, signal)),
    value: () => ({ labels: labels.value(), crawl: crawl.value() }),
  };
}
