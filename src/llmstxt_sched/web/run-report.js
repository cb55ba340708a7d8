// What a run found that its project's owner should know, in sentences.  Pure.

import { count } from "./format.js";

// "3 pages address the reader's model"; "" where none does.
export function injectionsSentence(injections) {
  if (!injections.length) return "";
  return injections.length === 1 ? "1 page addresses the reader's model" : `${count(injections.length)} pages address the reader's model`;
}

// "Left out: 12 × page tool, 3 × counter"; the most frequent kinds first, "" where nothing was.
export function droppedSentence(dropped) {
  const kinds = Object.entries(dropped).sort(([one, most], [other, least]) => least - most || (one < other ? -1 : 1));
  return kinds.length ? `Left out: ${kinds.map(([kind, number]) => `${count(number)} \u00d7 ${kind}`).join(", ")}` : "";
}
