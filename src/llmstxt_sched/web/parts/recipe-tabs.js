// The recipes for serving a document, one at a time: the tabs of the ARIA practices, with one Tab stop and arrows.

import { freshId, h, replace } from "../dom.js";
import { recipes } from "../recipes.js";
import { copyButton } from "./copy-field.js";

export function recipeTabs(address, path) {
  const all = recipes(address, path);
  const id = freshId("recipe");
  const panel = h("div", { role: "tabpanel", id, tabindex: "0" });
  const tabs = all.map((recipe) => h("button", { type: "button", role: "tab", id: `${id}-${recipe.id}`, "aria-controls": id, on: { click: () => choose(recipe) } }, recipe.name));
  function choose(recipe, { focus = false } = {}) {
    for (const [at, tab] of tabs.entries()) {
      const isChosen = all[at] === recipe;
      tab.ariaSelected = String(isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
      if (isChosen && focus) tab.focus();
    }
    panel.setAttribute("aria-labelledby", `${id}-${recipe.id}`);
    replace(panel,
      h("div", { class: "recipe-head" }, h("span", { class: "quiet small-text" }, recipe.file), copyButton(recipe.code, `Copy for ${recipe.name}`)),
      h("pre", { class: "code", tabindex: "0", role: "region", "aria-label": `For ${recipe.name}` }, recipe.code));
  }
  const list = h("div", { class: "recipe-tabs", role: "tablist", "aria-label": "Kind of server", on: { keydown: (event) => {
    const here = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: (here + 1) % tabs.length, ArrowLeft: (here - 1 + tabs.length) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(all[to], { focus: true });
  } } }, tabs);
  choose(all[0]);
  return [list, panel];
}
