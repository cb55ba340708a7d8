// What a run found that its project's owner should know, in sentences.  Pure.

import { count, plural } from "./format.js";
import { bytes } from "./measures.js";

// "3 pages address the reader's model"; "" where none does.
export function injectionsSentence(injections) {
  if (!injections.length) return "";
  return injections.length === 1 ? "1 page addresses the reader's model" : `${count(injections.length)} pages address the reader's model`;
}

// "Matched no address: /doc/*, *.pdf"; "" where each glob matched one.
export function unmatchedSentence(globs) {
  return globs.length ? `Matched no address: ${globs.join(", ")}` : "";
}

// "keep and drop matched nothing on these pages: .contnt"; "" where each selector matched something.
export function unpickedSentence(selectors) {
  return selectors.length ? `keep and drop matched nothing on these pages: ${selectors.join(", ")}` : "";
}

// "Left out: 12 × page tool, 3 × counter"; the most frequent kinds first, "" where nothing was.
export function droppedSentence(dropped) {
  const kinds = Object.entries(dropped).sort(([one, most], [other, least]) => least - most || (one < other ? -1 : 1));
  const words = kinds.map(([kind, number]) => `${count(number)} \u00d7 ${kind}`);
  return words.length ? `Left out: ${words.join(", ")}` : "";
}

// "2 articles keep what stands beside them, which could not be judged (ValueError)"; "" where each was judged.
export function unjudgedSentence(unjudged) {
  const number = Object.values(unjudged).reduce((sum, more) => sum + more, 0);
  const kept = number === 1 ? "1 article keeps what stands beside it" : `${count(number)} articles keep what stands beside them`;
  return number ? `${kept}, which could not be judged (${Object.keys(unjudged).join(", ")})` : "";
}

// "Limit reached: max pages, at https://s.example/a"; one for each limit.
export function limitSentences(limits) {
  return limits.map(({ name, where }) => `Limit reached: ${name.replaceAll("_", " ")}, at ${where}`);
}

// "2 pages hold nothing until their scripts run, such as https://s.example/a"; "" where none does.
export function renderingSentence({ count: number, urls }) {
  return number ? `${plural(number, "page holds", "pages hold")} nothing until scripts run in a browser, such as ${urls[0]}` : "";
}

// "40 requests, 30 not modified, 120 KB received and 2 MB saved; …"; "" where nothing is known of it.
export function politenessSentence(told) {
  if (!told) return "";
  const parts = [
    plural(told.requests, "request"), told.not_modified && `${count(told.not_modified)} not modified`, `${bytes(told.bytes)} received`,
    told.bytes_saved && `${bytes(told.bytes_saved)} saved`, told.retries && `${count(told.retries)} asked twice`,
    told.robots_rules && `${plural(told.robots_rules, "rule")} of robots.txt obeyed`, `the longest wait ${told.longest_wait.toFixed(1)} s`,
  ];
  return `Asked as ${told.user_agent}: ${parts.filter(Boolean).join(", ")}`;
}
