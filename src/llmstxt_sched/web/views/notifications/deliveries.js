// The log of deliveries: what was told to whom, what came of it, and once more.

import { get, post } from "../../api.js";
import { chosenWord } from "../../choices-in-address.js";
import { h } from "../../dom.js";
import { exactly } from "../../format.js";
import { emptyState } from "../../parts/banner.js";
import { busy } from "../../parts/busy.js";
import { field } from "../../parts/form.js";
import { pagedTable } from "../../parts/paged-table.js";
import { toast } from "../../parts/toast.js";
import { eventWord, kindOf } from "../../target-kinds.js";

const STATUSES = [["", "Any"], ["PENDING", "Pending"], ["DELIVERED", "Delivered"], ["FAILED", "Failed"]];
const TONES = { PENDING: "", DELIVERED: "fresh", FAILED: "failed" };

export function deliveryTable({ projectId, mayResend, query, router, signal }) {
  let status = chosenWord(query, "status", Object.keys(TONES));
  router.query({ status });
  const table = pagedTable({
    label: "Deliveries", columns: columnsOf(mayResend && resend), details: detailsOf,
    empty: () => emptyState("Nothing was delivered", "What is told to somebody shows here, with the answer."),
    load: (page) => get("/api/deliveries", { ...page, project_id: projectId, status }, { signal }),
  });
  const filter = h("select", { name: "status", on: { change: () => {
    status = filter.value;
    router.query({ status });
    table.show();
  } } }, STATUSES.map(([value, word]) => h("option", { value, selected: value === status }, word)));

  async function resend(delivery, button) {
    await busy(button, async () => {
      await post(`/api/deliveries/${delivery.id}/resend`);
      toast(`It is sent to “${delivery.target.name}” again.`);
      await table.again();
    });
  }

  return { node: h("div", {}, h("div", { class: "fields filters" }, field("State", filter)), table.node), show: table.show };
}

function columnsOf(resend) {
  return [
    { title: "When", isHeader: true, cell: ({ created_at: at }) => [h("time-ago", { datetime: at }), h("span", { class: "sub" }, exactly(at))] },
    { title: "What", cell: ({ event }) => (event ? eventWord(event.kind) : "A mail") },
    { title: "To", cell: ({ target }) => [target.name, h("span", { class: "sub" }, kindOf(target.kind).word)] },
    { title: "State", cell: stateOf },
    resend && { title: "Actions", isActions: true, cell: (delivery) => delivery.status !== "PENDING" &&
      h("button", { class: "button small", type: "button", "aria-label": `Send again to ${delivery.target.name}`, on: { click: (event) => resend(delivery, event.currentTarget) } }, "Send again") },
  ].filter(Boolean);
}

function stateOf({ status, attempts, next_attempt_at: next }) {
  return [h("span", { class: `tag ${TONES[status]}` }, STATUSES.find(([value]) => value === status)?.[1] ?? status),
    attempts > 0 && status === "PENDING" && h("span", { class: "sub" }, `attempt ${attempts} failed, next `, h("time-ago", { datetime: next }))];
}

function detailsOf({ event, attempts, status_code: code, milliseconds, answer, error, finished_at: at }) {
  const facts = [
    ["Id", event?.id], ["Attempts", attempts], ["Answer", code], ["Took", milliseconds === null ? null : `${milliseconds} ms`],
    ["Ended", at && exactly(at)], ["Error", error],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h("div", {}, h("dl", { class: "facts" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    answer && h("pre", { class: "code", tabindex: "0", role: "region", "aria-label": "Body of the answer" }, answer));
}
