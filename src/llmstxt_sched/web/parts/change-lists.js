// What differs between two versions, as lists: links of llms.txt, pages, files.

import { h } from "../dom.js";
import { count, shortAddress } from "../format.js";

const ENTRY_KINDS = [["added", "Added"], ["removed", "Removed"], ["renamed", "Renamed"], ["moved", "Moved"], ["redescribed", "Described anew"]];
const PAGE_KINDS = [["added", "Added"], ["removed", "Removed"], ["changed", "Changed"]];

// `linkTo(path)` is the address of this page with that file's text; `shown` the path that is shown now.
export function changeLists({ entries, pages, files, counts, is_cut: isCut }, linkTo, shown) {
  const fileKinds = PAGE_KINDS.flatMap(([kind, word]) => files[kind].map((path) => ({ path, word })));
  return [
    isCut && h("p", { class: "banner" }, "There is more than these lists name; the numbers count all of it."),
    fileKinds.length > 1 && card("Files", [list("Files that differ", fileKinds.length, fileKinds.map(({ path, word }) => h("li", {}, fileLink(path, path, linkTo, shown), ` ${word.toLowerCase()}`)))]),
    entries ? entriesCard(entries, counts.entries) : card("Links of llms.txt", [h("p", { class: "quiet" }, "The lists are too large to be compared link by link; their text above is.")]),
    pagesCard(pages, counts.pages, linkTo, shown),
  ];
}

function entriesCard(entries, counts) {
  const heads = [["Name", entries.name], ["Summary", entries.summary]].filter(([, change]) => change);
  const kinds = ENTRY_KINDS.filter(([kind]) => counts[kind]);
  if (!kinds.length && !heads.length) return card("Links of llms.txt", [h("p", { class: "quiet" }, "None differs.")]);
  return card("Links of llms.txt", [
    heads.length > 0 && h("dl", { class: "facts" }, heads.map(([word, change]) => [h("dt", {}, word), h("dd", {}, beforeAfter(change))])),
    kinds.map(([kind, word]) => list(word, counts[kind], entries[kind].map((entry) => entryItem(entry)), kind)),
  ]);
}

function entryItem({ url, title, note, before, after }) {
  return h("li", {},
    h("a", { href: url, rel: "noreferrer" }, title || shortAddress(url)),
    note && `: ${note}`,
    (before !== undefined || after !== undefined) && h("span", { class: "sub" }, beforeAfter({ before, after })));
}

function beforeAfter({ before, after }) {
  return [h("del", {}, before || "(nothing)"), " ", h("span", { "aria-hidden": "true" }, "→"), " ", h("ins", {}, after || "(nothing)")];
}

function pagesCard(pages, counts, linkTo, shown) {
  const kinds = PAGE_KINDS.filter(([kind]) => counts[kind]);
  if (!kinds.length) return card("Pages", [h("p", { class: "quiet" }, "No page differs.")]);
  return card("Pages", kinds.map(([kind, word]) => list(word, counts[kind],
    pages[kind].map((page) => h("li", {}, fileLink(page.path, page.title || shortAddress(page.url), linkTo, shown), h("span", { class: "sub" }, shortAddress(page.url)))), kind)));
}

function fileLink(path, word, linkTo, shown) {
  return h("a", { href: linkTo(path), "aria-current": path === shown ? "true" : null }, word);
}

// Long lists are folded.
function list(word, number, items, kind = "") {
  return h("details", { class: `change-list ${kind}`, open: number <= 30 },
    h("summary", {}, word, " ", h("span", { class: "tag" }, count(number))), h("ul", {}, items));
}

function card(title, content) {
  return h("section", { class: "card", "aria-label": title }, h("div", { class: "card-head" }, h("h2", {}, title)), h("div", { class: "card-body" }, content));
}
