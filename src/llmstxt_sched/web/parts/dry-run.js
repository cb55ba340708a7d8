// What a run would fetch, asked before there is one.

import { ApiError, post } from "../api.js";
import { h, replace } from "../dom.js";
import { actionButton } from "./busy.js";
import { clearErrors, showErrors } from "./form.js";

// Of a project that is not created: `body()` is what would create it.
export function dryRunOfNew(body, signal) {
  return dryRun(() => post("/api/projects/dry-run", body(), { signal, isQuestion: true }), "Nothing is created.");
}

export function dryRunOf(projectId, signal) {
  return dryRun(() => post(`/api/projects/${projectId}/dry-run`, undefined, { signal, isQuestion: true }), "With the settings that are saved; nothing is changed.");
}

// A button for a form, with the answer below it; `ask` gives that of the server.  Errors are shown in the form.
function dryRun(ask, hint) {
  const said = h("div", { role: "status" });
  const more = h("div", {});
  const button = actionButton("What would be fetched?", async () => {
    const form = button.closest("form");
    clearErrors(form);
    replace(said, h("p", { class: "quiet" }, "Asking the site…"));
    replace(more);
    try {
      const [found, { answerTo, addressesOf }] = await Promise.all([ask(), drawing()]);
      replace(said, answerTo(found));
      replace(more, addressesOf(found));
    } catch (error) {
      replace(said);
      if (error.status === undefined) throw error;
      showErrors(form, error);
    }
  });
  return h("div", { class: "dry-run" }, button, h("p", { class: "hint" }, `Reads the site's robots.txt, sitemaps and start page, in a minute at most. ${hint}`), said, more);
}

// What draws the answer comes with the first question: most who fill the form ask none.
function drawing() {
  return import("./dry-run-answer.js").catch(() => { throw new ApiError(0, {}); });
}
