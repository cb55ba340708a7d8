// What most projects are created without: options of the crawl, and a try of them.

import { h } from "../dom.js";
import { crawlFields } from "./crawl-fields.js";
import { dryRunOfNew } from "./dry-run.js";

const USUAL = { include: [], exclude: [], keep: [], drop: [], languages: "start", versions: "newest" };

// {node, value()} as crawlFields has; `body()` is what would create the project.
export function moreFields(body, signal) {
  const { node, value } = crawlFields(USUAL);
  return { node: h("div", {}, node, dryRunOfNew(body, signal)), value };
}
