// One thing done with many projects.

import { post } from "../../api.js";
import { count, plural } from "../../format.js";
import { confirmed } from "../../parts/confirm.js";
import { toast } from "../../parts/toast.js";
import { reschedule } from "./reschedule.js";

const AT_ONCE = 500;
const TYPED_FROM = 6;
const TOLD = 3;
const DONE = { run: "queued", pause: "paused", resume: "resumed", schedule: "changed", delete: "deleted" };

// `chosen` is {projects}, or {filter, expected} for all that match.  Gives those with which it could not be done, and null
// where it was done with none, because somebody thought better of it or nothing answered.
export async function bulkAction(action, chosen, signal) {
  const number = chosen.expected ?? chosen.projects.length;
  const send = (schedule) => sendAll({ action, ...(schedule && { schedule }) }, chosen);
  try {
    if (action === "delete" && !(await isSure(number))) return null;
    const outcome = await (action === "schedule" ? reschedule(number, send, signal) : send());
    if (outcome) report(action, chosen, outcome);
    return outcome && outcome.failed;
  } catch (error) {
    if (error.status === undefined) throw error;
    toast(error.message, { kind: "error" });
    return null;
  }
}

function isSure(number) {
  return confirmed({
    title: `Delete ${plural(number, "project")}?`, action: "Delete", typed: number >= TYPED_FROM ? String(number) : null,
    sentence: "Their runs and documents go with them, and their public addresses end. This cannot be taken back.",
  });
}

async function sendAll(request, { projects, filter, expected }) {
  const one = (part) => post("/api/projects/bulk", { ...request, ...part });
  if (filter) return one({ filter, expected });
  const outcome = { done: 0, failed: [] };
  const ids = projects.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const { done, failed } = await one({ ids: ids.slice(at, at + AT_ONCE) });
    outcome.done += done;
    outcome.failed.push(...failed);
  }
  return outcome;
}

function report(action, { projects }, { done, failed }) {
  const said = `${plural(done, "project")} ${DONE[action]}.`;
  // Only those that ran before are resumed; of those that a filter found, nobody knows which they were.
  const running = action === "pause" ? projects?.filter(({ is_enabled }) => is_enabled) : null;
  const undo = running?.length ? { label: "Undo", act: () => bulkAction("resume", { projects: running }) } : null;
  if (failed.length) toast(`${said} ${notDone(failed)}`, { undo, kind: "error", stays: true });
  else toast(said, { undo });
}

// "Not 4: Acme: a run is there already; …": the first few by name.
export function notDone(failed) {
  const named = failed.slice(0, TOLD).map(told).join("; ");
  const more = failed.length > TOLD ? `; and ${count(failed.length - TOLD)} more` : "";
  return `Not ${count(failed.length)}: ${named}${more}.`;
}

// The server says it to scripts: what they may set has another name here, and one that was deleted has none.
function told({ name, message }) {
  return name ? `${name}: ${message.replace("a cron_expression", "one")}` : "one that was deleted meanwhile";
}
