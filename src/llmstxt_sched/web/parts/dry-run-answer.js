// What a run would fetch, or why it would fail.

import { adviceFor } from "../advice.js";
import { leftOutSentences, planSentence, shownWords, warningsOf } from "../dry-run-words.js";
import { h } from "../dom.js";
import { sentence } from "../format.js";

const WHY = { start: "the start page", link: "linked from the start page", sitemap: "in the sitemap" };

export function answerTo({ plan, error }) {
  return plan ? planWords(plan) : failure(error);
}

function planWords(plan) {
  return [h("p", {}, h("strong", {}, planSentence(plan))), warningsOf(plan).map((words) => h("p", {}, words)), leftOutSentences(plan.taken_away).map((words) => h("p", { class: "quiet" }, words))];
}

function failure(error) {
  return [h("p", { class: "danger-text" }, `A run would fail: ${sentence(error.message)}`), h("p", { class: "quiet" }, adviceFor(error.code))];
}

// The addresses that it would begin with, to open; null where it would fail.
export function addressesOf({ plan }) {
  if (!plan) return null;
  const { pages, count: all } = plan;
  return h("details", {}, h("summary", {}, `Its addresses, ${shownWords(pages.length, all)}`),
    h("ul", {}, pages.map(({ url, why }) => h("li", {}, h("span", { class: "mono" }, url), h("span", { class: "quiet" }, `, ${WHY[why] ?? why}`)))));
}
