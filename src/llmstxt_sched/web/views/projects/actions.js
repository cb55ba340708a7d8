// What can be done with one project of the list.

import { post, remove } from "../../api.js";
import { confirmed } from "../../parts/confirm.js";
import { toast } from "../../parts/toast.js";
import { mayRun } from "./row.js";

const ACTIONS = { run, pause, resume, remove: erase };
// What is being done with which project: the second of two clicks is not meant, but another action is.
const busy = new Set();

// `changed(id, news)` and `gone(id)` are told what is known now of the project.
export async function rowAction(name, project, list) {
  const doing = `${name} ${project.id}`;
  if (busy.has(doing)) return;
  busy.add(doing);
  try {
    await ACTIONS[name](project, list);
  } catch (error) {
    if (error.status === undefined) throw error;
    if (error.status === 404) list.gone(project.id);
    toast(error.status === 404 ? `${project.name} is not there any more.` : `${project.name}: ${error.message}`, { kind: "error" });
  } finally {
    busy.delete(doing);
  }
}

async function run(project, { changed, router }) {
  if (!mayRun(project)) return;
  const started = await post(`/api/projects/${project.id}/runs`);
  changed(project.id, { active_run: started, status: "queued" });
  toast(`Run ${started.number} of ${project.name} is queued.`, { undo: { label: "Open", act: () => router.go(`/projects/${project.id}`) } });
}

async function pause(project, list) {
  list.changed(project.id, await post(`/api/projects/${project.id}/pause`));
  toast(`${project.name} is paused.`, { undo: { label: "Undo", act: () => rowAction("resume", project, list) } });
}

async function resume({ id }, { changed }) {
  changed(id, await post(`/api/projects/${id}/resume`));
}

async function erase({ id, name }, { gone }) {
  const isSure = await confirmed({
    title: `Delete ${name}?`, action: "Delete",
    sentence: "Its runs and documents go with it, and its public address ends. This cannot be taken back.",
  });
  if (!isSure) return;
  await remove(`/api/projects/${id}`);
  gone(id);
  toast(`${name} is deleted.`);
}
