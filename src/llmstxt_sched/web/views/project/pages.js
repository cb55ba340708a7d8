// The pages of a site as the last run left them, and why an address is not among them.

import { get } from "../../api.js";
import { chosenWord } from "../../choices-in-address.js";
import { outcome, OUTCOMES, particulars } from "../../outcomes.js";
import { h, replace } from "../../dom.js";
import { count, exactly } from "../../format.js";
import { emptyState } from "../../parts/banner.js";
import { field, formError, onSubmit } from "../../parts/form.js";
import { icon } from "../../parts/icons.js";
import { pageColumns } from "../../parts/page-columns.js";
import { pagedTable } from "../../parts/paged-table.js";
import { hasNewResult } from "./state.js";

const PATIENCE = 250;
const LISTED = [["", "Listed or not"], ["true", "Listed in llms.txt"], ["false", "Not listed"]];
const VERDICTS = {
  listed: "Listed", met: "Not listed", unknown: "Never met", out_of_scope: "Not of this site", excluded: "Excluded", disallowed: "Forbidden by robots.txt",
};

export default async function pages({ state, query, router, signal }) {
  const { id } = state.project;
  const address = `/api/projects/${id}/pages`;
  const chosen = { q: query.get("q") ?? "", outcome: chosenWord(query, "outcome", Object.keys(OUTCOMES)), listed: chosenWord(query, "listed", ["true", "false"]) };
  router.query(chosen);
  const outcomes = h("select", { class: "input", "aria-label": "Outcome", on: { change: () => choose({ outcome: outcomes.value }) } });
  const list = pagedTable({
    label: "Pages",
    columns: pageColumns({ projectId: id }),
    load: async (page) => {
      const found = await get(address, { ...chosen, ...page }, { signal });
      drawOutcomes(outcomes, found.counts, chosen.outcome);
      return found;
    },
    empty: () => (Object.values(chosen).some(Boolean)
      ? emptyState("No page fits", "Change the search or the filters above.")
      : emptyState("No pages yet", "The first run lists each page that it meets here, with what became of it.")),
    key: (page) => page.url,
  });
  let timer;
  function choose(changes, patience = 0) {
    Object.assign(chosen, changes);
    router.query(changes);
    clearTimeout(timer);
    timer = setTimeout(list.show, patience);
  }
  const search = h("input", { class: "input", type: "search", value: chosen.q, maxlength: 200, "aria-label": "Search title or address", placeholder: "Search title or address", on: { input: () => choose({ q: search.value.trim() }, PATIENCE) } });
  const listed = h("select", { class: "input", "aria-label": "In llms.txt or not", on: { change: () => choose({ listed: listed.value }) } },
    LISTED.map(([value, word]) => h("option", { value, selected: value === chosen.listed }, word)));
  state.watch((project, before) => { if (before && hasNewResult(before, project)) list.again(); }, signal);
  await list.show();
  return h("div", { class: "stack" },
    whyMissing(address, signal),
    h("section", { class: "card", "aria-label": "Pages" },
      h("div", { class: "card-head" }, h("h2", { class: "unseen" }, "Pages"),
        h("div", { class: "search" }, icon("search"), search), h("div", { class: "filter" }, outcomes), h("div", { class: "filter" }, listed)),
      list.node));
}

function drawOutcomes(select, counts, chosen) {
  const all = Object.entries(counts);
  if (chosen && !(chosen in counts)) all.push([chosen, 0]);
  const options = [["", "Any outcome"], ...all.map(([code, number]) => [code, `${outcome(code).word} (${count(number)})`])];
  replace(select, options.map(([value, word]) => h("option", { value, selected: value === chosen }, word)));
}

// Asks for one address; the answer stands below the field.
function whyMissing(address, signal) {
  const answer = h("div", { role: "status" });
  const form = h("form", { class: "why", novalidate: true }, formError(),
    field("Why is this page missing?", h("input", { name: "url", type: "text", inputmode: "url", autocomplete: "off", autocapitalize: "none", spellcheck: "false", placeholder: "https://… or /path" })),
    h("button", { class: "button", type: "submit" }, "Ask"));
  onSubmit(form, async (given) => {
    replace(answer);
    const found = await get(address, { url: given.get("url").trim() || " " }, { signal });
    replace(answer, h("p", { class: "small-text" }, h("strong", {}, VERDICTS[found.verdict] ?? found.verdict), ": ", h("span", { class: "mono" }, found.url)),
      h("p", {}, found.since && `Since ${exactly(found.since)}: `, found.reason, found.page && particulars(found.page) && ` (${found.page.note})`));
    delete form.dataset.filled;
  });
  return h("section", { class: "card", "aria-label": "Why is this page missing?" }, h("div", { class: "card-body" }, form, answer));
}
