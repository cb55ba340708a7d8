// What differs between two versions: the text of a file, the links of llms.txt, the pages.

import { get } from "../../api.js";
import { lineCountsOf } from "../../diff-lines.js";
import { h, replace } from "../../dom.js";
import { moment } from "../../format.js";
import { announce, emptyState, errorBanner } from "../../parts/banner.js";
import { changeLists } from "../../parts/change-lists.js";
import { changeStepper, diffView } from "../../parts/diff-view.js";
import { keepingFocus } from "../../parts/keep-focus.js";
import { noFile } from "../../parts/no-file.js";
import { segmented } from "../../parts/segmented.js";

const NARROW = "(max-width: 760px)";
const MOST_VERSIONS = 200;
const PAGE_KINDS = ["changed", "added", "removed"];

export default async function changes(context) {
  const { state, actions, may, query, signal } = context;
  const address = `/api/projects/${state.project.id}`;
  const { items } = await get(`${address}/versions`, { limit: MOST_VERSIONS }, { signal });
  if (!items.length) return noFile(state.project, may("editor") && actions.run);
  const versions = items.filter((version) => version.is_new);
  // The only one that is published is compared with the one that waits for a decision, if there is any.
  const held = versions.length === 1 ? state.project.held_run_id : null;
  if (versions.length === 1 && !query.has("to") && !held) {
    return h("section", { class: "card", "aria-label": "Changes" }, emptyState("Only one version so far",
      "What differs is shown here as soon as a run finds the site changed.", h("a", { class: "button", href: `/projects/${state.project.id}/llmstxt` }, "Read llms.txt")));
  }
  const page = new ChangesPage(context, address, versions, held);
  await page.load();
  return page.node;
}

// The controls, and what they show; the address always says the same.
class ChangesPage {
  constructor({ query, router, signal, state }, address, versions, held) {
    Object.assign(this, { router, signal, address, versions, zone: state.project.timezone });
    this.chosen = {
      from: query.get("from"), to: query.get("to") ?? held, path: query.get("path"),
      view: query.get("view"), space: query.get("space"),
    };
    this.place = { from: h("span", {}), to: h("span", {}), counts: h("span", { class: "small-text" }), text: h("div", { class: "scrolls diff-place" }), lists: h("div", { class: "change-lists" }), step: h("span", { class: "quiet small-text" }) };
    this.view = null;
    this.node = h("div", { class: "stack" }, this.card(), this.place.lists);
  }

  card() {
    const move = changeStepper(() => this.view, (at, all) => {
      replace(this.place.step, `${at} of ${all}`);
      announce(`Change ${at} of ${all}`);
    });
    const step = (word, by, key) => h("button", { class: "button", type: "button", "aria-keyshortcuts": key, title: `Key ${key}`, on: { click: () => move(by) } }, word);
    const space = h("input", { class: "checkbox", type: "checkbox", checked: this.chosen.space === "ignore", on: { change: () => this.choose({ space: space.checked ? "ignore" : null }) } });
    this.title = h("h2", {}, "Changes");
    this.tools = h("div", { class: "actions" },
      h("label", { class: "switch" }, space, "Ignore white space"),
      segmented("How the lines are shown", [["split", "Side by side"], ["inline", "Inline"]], this.isSplit() ? "split" : "inline", (view) => this.choose({ view }, { isOnlyDrawn: true })),
      this.place.step, step("Previous", -1, "p"), step("Next change", 1, "n"));
    // Single keys work only in here, so that they are in nobody's way.
    return h("section", { class: "card changes-card", "aria-label": "Text", on: { keydown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
      if (event.key === "n") move(1);
      if (event.key === "p") move(-1);
    } } }, h("div", { class: "card-head" }, this.title, this.place.counts, this.place.from, this.place.to, this.tools), this.place.text);
  }

  isSplit() {
    return (this.chosen.view ?? (matchMedia(NARROW).matches ? "inline" : "split")) === "split";
  }

  choose(changes, { isOnlyDrawn = false } = {}) {
    Object.assign(this.chosen, changes);
    this.router.query(changes);
    return isOnlyDrawn ? this.drawText() : this.load();
  }

  async load() {
    const { from, to, space } = this.chosen;
    const mine = (this.asked = {});
    try {
      const query = { from, to };
      const finding = get(`${this.address}/changes`, query, { signal: this.signal });
      const path = this.chosen.path ?? mostTelling(await finding);
      const [found, text] = await Promise.all([finding, this.read({ ...query, path, ignore_white_space: space === "ignore" ? true : null })]);
      if (mine !== this.asked) return;
      Object.assign(this, { found, text });
      this.drawSelects();
      this.drawText();
      replace(this.place.lists, changeLists(found, (file) => this.linkTo(file), path));
    } catch (error) {
      if (mine !== this.asked || error.name === "AbortError") return;
      if (error.status === undefined) throw error;
      replace(this.place.text, errorBanner(error, () => this.load()));
    }
  }

  // A file that neither version has is no mistake of the rest of the page.
  async read(query) {
    try {
      return await get(`${this.address}/changes/text`, query, { signal: this.signal });
    } catch (error) {
      if (error.status !== 404 && error.status !== 422) throw error;
      return { path: query.path, problem: error.message, hunks: [] };
    }
  }

  drawSelects() {
    const { from, to } = this.found;
    const pair = (which, word, chosen, others) => keepingFocus(this.place[which], () => replace(this.place[which], versionSelect(word, chosen, others, this.zone, (id) => this.choose({ [which]: id }))));
    pair("from", "From", from, this.versions);
    pair("to", "To", to, this.versions);
  }

  drawText() {
    const { text, found } = this;
    if (!text) return;
    replace(this.place.step);
    replace(this.title, text.path);
    replace(this.place.counts, lineCounts(text));
    const sentence = text.problem ?? (text.hunks.length ? null : noDifference(text, this.chosen.space));
    if (sentence) {
      this.view = null;
      return void replace(this.place.text, h("p", { class: "card-body quiet" }, sentence, text.path !== "llms.txt" && [" ", h("a", { href: this.linkTo("llms.txt") }, "Show llms.txt")]));
    }
    this.view = diffView(text, {
      isSplit: this.isSplit(),
      readLines: async (first, last) => (await get(`${this.address}/changes/lines`, { path: text.path, first, last, to: found.to.run_id }, { signal: this.signal })).lines,
      names: [found.from ? nameOf(found.from, this.zone) : "nothing before", nameOf(found.to, this.zone)],
    });
    replace(this.place.text, this.view.node);
  }

  linkTo(path) {
    const { view, space } = this.chosen;
    const { from, to } = this.found;
    const query = Object.entries({ from: from?.run_id, to: to.run_id, path, view, space }).filter(([, value]) => value);
    return `?${new URLSearchParams(query)}`;
  }
}

function versionSelect(word, chosen, versions, zone, onChoice) {
  const all = chosen && !versions.some((each) => each.version_number === chosen.version_number) ? [chosen, ...versions] : versions;
  return h("label", { class: "version" }, word, " ",
    h("select", { class: "input", on: { change: (event) => onChoice(event.target.value) } },
      !chosen && h("option", { value: "", selected: true }, "nothing before"),
      all.map((version) => h("option", { value: version.run_id, selected: version.version_number === chosen?.version_number }, nameOf(version, zone)))));
}

function nameOf({ number, finished_at: at }, zone) {
  return `#${number} ${moment(at, zone)}`;
}

// What is shown before anything was chosen: llms.txt, or the first page where that is the same.
function mostTelling({ files, pages }) {
  const isSame = !PAGE_KINDS.some((kind) => files[kind].includes("llms.txt"));
  return (isSame && PAGE_KINDS.map((kind) => pages[kind][0]?.path).find(Boolean)) || "llms.txt";
}

function lineCounts(text) {
  const { added, removed, isAtLeast } = lineCountsOf(text);
  const figure = (number, shown, word, kind) =>
    number > 0 && [" ", h("span", { class: kind }, `${shown}${number}`), h("span", { class: "unseen" }, ` lines ${word}`)];
  return [isAtLeast && h("span", { class: "quiet" }, " at least"), figure(added, "+", "added", "good-text"), figure(removed, "−", "removed", "danger-text")];
}

function noDifference({ path }, space) {
  return `${path} is the same in both versions${space === "ignore" ? ", apart from white space" : ""}.`;
}
