// Who is told: a table, and what can be done with each.

import { get, inTime, patch, post, remove } from "../../api.js";
import { h } from "../../dom.js";
import { emptyState } from "../../parts/banner.js";
import { busy } from "../../parts/busy.js";
import { icon } from "../../parts/icons.js";
import { menu } from "../../parts/menu.js";
import { pagedTable } from "../../parts/paged-table.js";
import { toast } from "../../parts/toast.js";
import { kindOf, standing } from "../../target-kinds.js";

// Fetched with the first click that needs it.
const dialogs = () => inTime(import("./target-dialog.js"));

// {node, add, show}; of one project, or all without a `projectId`.  `mayChange(target)` says whether this person may, and
// `sendsMail` whether the service has a mail server.
export function targetTable({ projectId, mayAdd, mayChange, sendsMail, signal }) {
  const add = async () => (await dialogs()).openNewTarget(projectId, sendsMail, () => table.show());
  const table = pagedTable({
    label: "Who is told", empty,
    load: (page) => get("/api/targets", { ...page, project_id: projectId }, { signal }),
    columns: [
      { title: "Name", isHeader: true, cell: (target) => [target.name, h("span", { class: "sub" }, kindOf(target.kind).word)] },
      { title: "Address", cell: (target) => h("span", { class: "mono" }, target.address) },
      !projectId && { title: "Of", cell: scopeOf },
      { title: "State", cell: stateOf },
      { title: "Actions", isActions: true, cell: (target) => mayChange(target) && actionsOf(target) },
    ].filter(Boolean),
  });

  function empty() {
    return emptyState("Nobody is told yet", "A webhook, a chat, a mail address or a repository can be told of what happens.",
      mayAdd && h("button", { class: "button primary", type: "button", on: { click: add } }, icon("add"), "Tell somebody"));
  }

  function actionsOf(target) {
    const test = h("button", { class: "button small", type: "button", "aria-label": `Test ${target.name}`, on: { click: () => busy(test, () => tell(target)) } }, "Test");
    const more = menu({ label: `More for ${target.name}`, content: icon("more"), class: "icon-button" }, [
      { text: "Change…", act: async () => (await dialogs()).openTarget(target, () => table.again()) },
      { text: target.is_enabled ? "Turn off" : "Turn on", act: () => busy(more, () => turn(target)) },
      kindOf(target.kind).isMail && !target.confirmed_at && { text: "Send the link again", act: () => busy(more, () => askAgain(target)) },
      kindOf(target.kind).hasSecret && { text: "New secret…", act: () => busy(more, () => rotate(target)) },
      { text: "Delete…", isDanger: true, act: () => busy(more, () => drop(target)) },
    ].filter(Boolean));
    return h("div", { class: "row" }, test, more);
  }

  async function tell(target) {
    const { testTarget } = await inTime(import("./target-test.js"));
    await testTarget(target);
  }

  async function turn(target) {
    await patch(`/api/targets/${target.id}`, { is_enabled: !target.is_enabled });
    toast(target.is_enabled ? `“${target.name}” is told nothing any more.` : `“${target.name}” is told again.`);
    await table.again();
  }

  async function askAgain(target) {
    await post(`/api/targets/${target.id}/confirmation`);
    toast(`Another link was sent to ${target.address}.`);
  }

  async function rotate(target) {
    const { confirmed, showSecret } = await dialogs();
    const isSure = await confirmed({ title: "Make a new secret?", action: "Make it", isDanger: false, sentence: "For 24 hours every webhook is signed with both, so that the receiver can change over." });
    if (isSure) showSecret(await post(`/api/targets/${target.id}/secret`, {}));
  }

  async function drop(target) {
    const { confirmed } = await dialogs();
    const isSure = await confirmed({ title: `Delete “${target.name}”?`, action: "Delete", sentence: "It is told nothing any more, and its deliveries are deleted with it. This cannot be taken back." });
    if (!isSure) return;
    await remove(`/api/targets/${target.id}`);
    toast(`“${target.name}” is deleted.`);
    await table.again();
  }

  return { node: table.node, add, show: table.show };
}

function scopeOf({ project_id: id }) {
  return id ? h("a", { href: `/projects/${id}/notifications` }, "one project") : "all projects";
}

function stateOf(target) {
  const { word, tone, why, since } = standing(target);
  return [h("span", { class: `tag ${tone}` }, word),
    (why || since) && h("span", { class: "sub" }, since ? ["since ", h("time-ago", { datetime: since })] : why)];
}
