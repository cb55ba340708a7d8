// What a run would fetch, asked before there is one.

import { adviceFor } from "../advice.js";
import { post } from "../api.js";
import { leftOutSentences, planSentence, shownWords, warningsOf } from "../dry-run-words.js";
import { h, replace } from "../dom.js";
import { sentence } from "../format.js";
import { actionButton } from "./busy.js";
import { clearErrors, showErrors } from "./form.js";

const WHY = { start: "the start page", link: "linked from the start page", sitemap: "in the sitemap" };

// Of a project that is not created: `body()` is what would create it.
export function dryRunOfNew(body, signal) {
  return dryRun(() => post("/api/projects/dry-run", body(), { signal }), "Nothing is created.");
}

export function dryRunOf(projectId, signal) {
  return dryRun(() => post(`/api/projects/${projectId}/dry-run`, undefined, { signal }), "With the settings that are saved; nothing is changed.");
}

// A button for a form, with the answer below it; `ask` gives that of the server.  Errors are shown in the form.
function dryRun(ask, hint) {
  const said = h("div", { role: "status" });
  const more = h("div", {});
  const show = ({ plan, error }) => {
    replace(said, plan ? planWords(plan) : failure(error));
    replace(more, plan && addresses(plan));
  };
  const button = actionButton("What would be fetched?", async () => {
    const form = button.closest("form");
    clearErrors(form);
    replace(said, h("p", { class: "quiet" }, "Asking the site…"));
    replace(more);
    try {
      show(await ask());
    } catch (error) {
      replace(said);
      if (error.status === undefined) throw error;
      showErrors(form, error);
    }
  });
  return h("div", { class: "dry-run" }, button, h("p", { class: "hint" }, `Reads the site's robots.txt, sitemaps and start page, in a minute at most. ${hint}`), said, more);
}

function planWords(plan) {
  return [h("p", {}, h("strong", {}, planSentence(plan))), warningsOf(plan).map((words) => h("p", {}, words)), leftOutSentences(plan.taken_away).map((words) => h("p", { class: "quiet" }, words))];
}

function failure(error) {
  return [h("p", { class: "danger-text" }, `A run would fail: ${sentence(error.message)}`), h("p", { class: "quiet" }, adviceFor(error.code))];
}

function addresses({ pages, count: all }) {
  return h("details", {}, h("summary", {}, `Its addresses, ${shownWords(pages.length, all)}`),
    h("ul", {}, pages.map(({ url, why }) => h("li", {}, h("span", { class: "mono" }, url), h("span", { class: "quiet" }, `, ${WHY[why] ?? why}`)))));
}
