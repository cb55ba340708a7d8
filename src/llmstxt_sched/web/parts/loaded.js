// A part of a page that is loaded by itself.  What was there before stays while it is loaded anew; what goes wrong is
// said above it.

import { h, replace } from "../dom.js";
import { errorBanner } from "./banner.js";
import { keepingFocus } from "./keep-focus.js";

// `load` asks the server; `draw` makes nodes of the answer.  {node, refresh, ready}: `ready` is when the first answer is
// drawn, or its failure.
export function loaded(load, draw, signal) {
  const problem = h("div", { class: "problem" });
  const content = h("div", { class: "loaded" });
  let asked = 0;
  let drawn = null;
  async function refresh() {
    const ask = ++asked;
    try {
      const answer = await load();
      if (ask !== asked || signal.aborted) return;
      replace(problem);
      // Nothing moves, and the focus stays, where nothing is new.
      const text = JSON.stringify(answer);
      if (text === drawn) return;
      drawn = text;
      keepingFocus(content, () => replace(content, draw(answer)));
    } catch (error) {
      if (ask !== asked || signal.aborted || error.name === "AbortError") return;
      if (error.status === undefined) throw error;
      replace(problem, errorBanner(error, refresh));
    }
  }
  return { node: h("div", {}, problem, content), refresh, ready: refresh() };
}
