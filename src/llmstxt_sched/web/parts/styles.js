// Rules that one view alone needs: no other page waits for them.

import { inTime } from "../api.js";
import { h } from "../dom.js";

const sheets = new Map();

// Resolves when the view's sheet of this name is there, so that nothing is shown without it.
export function styled(name) {
  if (!sheets.has(name)) sheets.set(name, new Promise((isThere, isMissing) => {
    document.head.append(h("link", { rel: "stylesheet", href: new URL(`../views/${name}.css`, import.meta.url).href, on: { load: isThere, error: () => isMissing(new TypeError()) } }));
  }));
  return inTime(sheets.get(name));
}
