// An llms.txt to read: rendered from its text, node by node, or as it is.

import { h, replace } from "../dom.js";
import { plural } from "../format.js";
import { beginningOf, linkCount, parse } from "../llmstxt.js";
import { bytes } from "../measures.js";
import { copyButton } from "./copy-field.js";
import { icon } from "./icons.js";
import { segmented } from "./segmented.js";

// Links from which on a browser should not lay out what is out of sight.
const LONG = 200;

// The card of the file at `address` of the API: rendered and raw, copy, download.  `most` links are drawn at most, then
// `whole` is the way to all of them.
export function llmsTxtCard({ name, note = null, text, address, most = Infinity, whole = null }) {
  const body = h("div", { class: "card-body" });
  const show = (view) => replace(body, view === "raw" ? rawText(text) : rendered(text, most, whole));
  show("rendered");
  return h("section", { class: "card", "aria-label": name },
    h("div", { class: "card-head" },
      h("h2", {}, name), h("span", { class: "quiet small-text" }, [note, bytes(new TextEncoder().encode(text).length)].filter(Boolean).join(", ")),
      h("div", { class: "actions" },
        segmented("How the file is shown", [["rendered", "Rendered"], ["raw", "Raw"]], "rendered", show),
        copyButton(text, `Copy ${name}`, { word: "Copy" }),
        h("a", { class: "button", href: address, download: name.split("/").at(-1) }, icon("download"), "Download"))),
    body);
}

function rawText(text) {
  return h("pre", { class: "raw-text", tabindex: "0", role: "region", "aria-label": "The file's text" }, text);
}

function rendered(text, most, whole) {
  const index = parse(text);
  const links = linkCount(index);
  return h("div", { class: `llms-txt${links > LONG ? " long" : ""}` }, drawIndex(beginningOf(index, most)),
    links > most && h("p", {}, h("a", { href: whole }, `All ${plural(links, "link")} in ${plural(index.sections.length, "section")}`)));
}

// Headings begin a level below the card's own.
function drawIndex(index) {
  return [
    h("h3", {}, index.name || "(no name)"),
    index.summary && h("blockquote", {}, index.summary),
    index.details.map((paragraph) => h("p", {}, paragraph)),
    index.sections.map((section) => h("div", { class: "llms-section" },
      h("h4", {}, section.name || "(no name)"),
      h("ul", {}, section.entries.map((entry) => h("li", {}, h("a", { href: entry.url }, entry.title || entry.url), entry.note && `: ${entry.note}`))))),
  ];
}
