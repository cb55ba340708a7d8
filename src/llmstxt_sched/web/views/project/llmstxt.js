// The files that were written, to read: llms.txt, the lists of folders where it was split, llms-full.txt.

import { text as readText } from "../../api.js";
import { h } from "../../dom.js";
import { folderLists, parse } from "../../llmstxt.js";
import { llmsTxtCard } from "../../parts/llmstxt-view.js";
import { loaded } from "../../parts/loaded.js";
import { noFile, wroteIt } from "../../parts/no-file.js";
import { hasNewResult } from "./state.js";

export default async function llmstxt({ state, actions, may, query, router, signal }) {
  const { id, url } = state.project;
  let chosen = query.get("file") || "llms.txt";
  let lists = [];
  const addressOf = (name) => `/api/projects/${id}/${name === "llms.txt" ? name : `pages/${name}`}`;
  const file = loaded(async () => {
    if (state.project.page_count === null) return [chosen, [], null];
    const root = await readText(addressOf("llms.txt"), { signal });
    lists = folderLists(parse(root), url);
    return [chosen, lists, chosen === "llms.txt" ? root : await readText(addressOf(chosen), { signal })];
  }, ([name, , text]) => (text === null
    ? noFile(state.project, may("editor") && actions.run)
    : [picker(name), llmsTxtCard({ name, note: wroteIt(state.project), text, address: addressOf(name) }), others(id)]), signal);

  function picker(name) {
    if (!lists.length) return null;
    const select = h("select", { class: "input", id: "which-file", on: { change: () => {
      chosen = select.value;
      router.query({ file: chosen === "llms.txt" ? null : chosen });
      file.refresh();
    } } }, ["llms.txt", ...lists].map((each) => h("option", { value: each, selected: each === name }, each)));
    return h("div", { class: "field narrow" }, h("label", { for: "which-file" }, "File"), select);
  }

  state.watch((project, before) => { if (before && hasNewResult(before, project)) file.refresh(); }, signal);
  await file.ready;
  return h("div", { class: "stack llmstxt-tab" }, file.node);
}

function others(id) {
  return h("section", { class: "card", "aria-label": "More files" },
    h("div", { class: "card-head" }, h("h2", {}, "More files")),
    h("div", { class: "card-body" }, h("ul", {},
      h("li", {}, h("a", { href: `/api/projects/${id}/llms-full.txt` }, "llms-full.txt"), ": the whole text of every page, in one file. ",
        h("a", { href: `/api/projects/${id}/llms-full.txt`, download: "llms-full.txt" }, "Download")),
      h("li", {}, h("a", { href: `/projects/${id}/pages` }, "Each page as Markdown"), ": its link stands beside the page."))));
}
