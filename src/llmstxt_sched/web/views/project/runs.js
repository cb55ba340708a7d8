// All runs of a project, and one of them in full.

import { ApiError, get, post } from "../../api.js";
import { adviceFor } from "../../advice.js";
import { h } from "../../dom.js";
import { count, exactly } from "../../format.js";
import { duration } from "../../measures.js";
import { droppedSentence, injectionsSentence, limitSentences, politenessSentence, renderingSentence, unjudgedSentence, unmatchedSentence, unpickedSentence } from "../../run-report.js";
import { emptyState } from "../../parts/banner.js";
import { actionButton } from "../../parts/busy.js";
import { decisionButtons } from "../../parts/decision-buttons.js";
import { loaded } from "../../parts/loaded.js";
import { pageColumns } from "../../parts/page-columns.js";
import { pagedTable } from "../../parts/paged-table.js";
import { poll } from "../../parts/poll.js";
import { runBadge } from "../../parts/run-badge.js";
import { changesOf, runColumns, secondsOf, triggerWord } from "../../parts/run-columns.js";
import { isActive } from "../../parts/status.js";
import { hasNewResult } from "./state.js";

const POLL_SECONDS = 5;
const HELD = {
  waiting: "Its version waits for a decision, because it would take most of the entries out of llms.txt.",
  accepted: "Its version was held, and accepted.",
  rejected: "Its version was held, and rejected.",
  discarded: "Its version was held, and a later run took its place.",
};

export default async function runs({ state, actions, may, query, signal }) {
  const { id } = state.project;
  const wanted = query.get("run");
  const list = pagedTable({
    label: "Runs",
    columns: runColumns(id),
    load: (page) => get(`/api/projects/${id}/runs`, page, { signal }),
    empty: () => emptyState("No runs yet", "A run begins when the schedule says so, or with Run now."),
  });
  const one = wanted && oneRun(wanted, { id, actions, may, signal });
  state.watch((project, before) => {
    if (!before || (!hasNewResult(before, project) && before.active_run?.status === project.active_run?.status)) return;
    list.again();
    one?.refresh();
  }, signal);
  await Promise.all([one?.ready, list.show()]);
  // How many pages a crawl has read is not told by the project's state.
  poll(async () => { if (isActive(state.project.active_run)) await list.refresh(); }, POLL_SECONDS, signal);
  return h("div", { class: "stack" }, one?.node,
    h("section", { class: "card", "aria-label": "Runs" }, h("div", { class: "card-head" }, h("h2", {}, "Runs")), list.node));
}

function oneRun(runId, { id, actions, may, signal }) {
  const address = `/api/runs/${encodeURIComponent(runId)}`;
  const pages = pagedTable({
    label: "Pages that the run saw",
    columns: pageColumns({ isOfRun: true }),
    load: (page) => get(`${address}/pages`, page, { signal }),
    empty: () => h("p", { class: "card-body quiet" }, "It saw no page."),
    key: (page) => page.url,
  });
  return loaded(async () => {
    const run = await get(address, {}, { signal });
    // Each run has an address of its own; below that of another project it would be taken for one of its.
    if (run.project_id !== id) throw new ApiError(404, { detail: "The project has no such run." });
    await pages.again();
    return run;
  }, (run) => h("section", { class: "card", "aria-label": `Run ${run.number}` }, runHead(run, id, actions, may), runBody(run, id), pages.node), signal);
}

function runHead(run, id, actions, may) {
  const cancel = async () => {
    await post(`/api/runs/${run.id}/cancel`);
    await actions.refresh();
  };
  return h("div", { class: "card-head" },
    h("h2", {}, `Run #${run.number}`), runBadge(run),
    h("div", { class: "actions" },
      isActive(run) && may("editor") && actionButton("Cancel run", cancel),
      run.held === "waiting" && may("editor") && decisionButtons(run.id, actions),
      h("a", { class: "button", href: `/projects/${id}/runs` }, "Close")));
}

function runBody(run, id) {
  return h("div", { class: "card-body" },
    h("p", {}, run.error?.message ?? run.summary ?? "It has not ended."),
    run.status === "FAILED" && h("p", { class: "quiet" }, adviceFor(run.error?.code)),
    run.held && h("p", { class: "quiet" }, HELD[run.held]),
    facts(run, id), report(run.report));
}

function report({ injections, dropped, unjudged, limits, unmatched_globs, unmatched_selectors, politeness, needs_rendering: unrendered }) {
  const found = injectionsSentence(injections);
  const rest = [...limitSentences(limits), unmatchedSentence(unmatched_globs), unpickedSentence(unmatched_selectors), renderingSentence(unrendered), droppedSentence(dropped), unjudgedSentence(unjudged), politenessSentence(politeness)].filter(Boolean);
  return (found || rest.length > 0) && h("section", { class: "report", "aria-label": "Report" },
    found && [h("p", {}, `${found}, perhaps to give it orders:`),
      h("ul", {}, injections.map(({ url, text }) => h("li", {}, h("span", { class: "mono" }, url), h("br"), h("q", { class: "quiet" }, text))))],
    rest.map((sentence) => h("p", { class: "quiet" }, `${sentence}.`)));
}

function facts(run, id) {
  const { found, fetched, unchanged, failed, skipped } = run.progress;
  const rows = [
    ["Begun by", triggerWord(run.trigger) + (run.is_forced ? ", everything anew" : "")],
    ["Due", run.scheduled_for && exactly(run.scheduled_for)],
    ["Started", run.started_at && exactly(run.started_at)],
    ["Ended", run.finished_at && exactly(run.finished_at)],
    ["Duration", secondsOf(run) !== null && duration(secondsOf(run))],
    ["Attempts", run.attempt > 0 && count(run.attempt + 1)],
    ["Due times that it stands for", run.coalesced > 0 && count(run.coalesced + 1)],
    ["Addresses", `${count(found)} found: ${count(fetched)} read, ${count(unchanged)} not modified, ${count(skipped)} skipped, ${count(failed)} failed`],
    ["Changes", !run.error && changesOf(run, id)],
  ];
  return h("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([word, value]) => [h("dt", {}, word), h("dd", {}, value)]));
}
