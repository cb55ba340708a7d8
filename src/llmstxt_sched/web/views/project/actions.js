// What can be done to a project.  Each tells the state what the server answered, so that the page draws the truth.

import { get, inTime, patch, post, remove } from "../../api.js";
import { announce } from "../../parts/banner.js";

export function actionsOf(state, router, signal) {
  const address = `/api/projects/${state.project.id}`;
  const refresh = async () => state.set(await get(address, {}, { signal }));
  // What is not answered now is asked again soon, and must not hide what the service said just before.
  const look = () => refresh().catch(() => {});
  const answered = (project, sentence) => {
    state.set(project);
    announce(sentence);
  };
  return {
    refresh,
    pause: async () => answered(await post(`${address}/pause`), "Scheduled runs are off"),
    resume: async () => answered(await post(`${address}/resume`), "Scheduled runs are on"),
    run: async (body) => {
      try {
        await post(`${address}/runs`, body);
      } catch (error) {
        // Somebody else was quicker: the page shows their run.
        if (error.status === 409) await look();
        throw error;
      }
      await refresh();
    },
    // `said` is told at once: the page may learn of it later.
    decide: async (runId, decision, said) => {
      try {
        await post(`/api/runs/${runId}/${decision}`);
        said();
      } finally {
        // Where it was not possible, somebody else or a run has decided.
        await look();
      }
    },
    edit: async (changes) => answered(await patch(address, changes), "Saved"),
    remove: async () => {
      const { name } = state.project;
      const [{ confirmed }, { toast }] = await inTime(Promise.all([import("../../parts/confirm.js"), import("../../parts/toast.js")]));
      const isSure = await confirmed({
        title: "Delete this project?",
        sentence: `${name}, its runs, its documents and its public address will be gone. This can't be taken back.`,
        action: "Delete project",
      });
      if (!isSure) return;
      await remove(address);
      toast(`${name} was deleted`);
      router.guard = null;
      await router.go("/projects");
    },
  };
}
