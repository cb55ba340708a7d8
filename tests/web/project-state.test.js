import assert from "node:assert/strict";
import { test } from "node:test";

import { ProjectState } from "../../src/llmstxt_sched/web/views/project/state.js";

test("what is drawn from a project is drawn at once, and again where the project is another", () => {
  const seen = [];
  const state = new ProjectState({ name: "A" });
  state.watch((project, before) => seen.push([project.name, before?.name]), new AbortController().signal);
  state.set({ name: "A" });
  state.set({ name: "B" });
  assert.deepEqual(seen, [["A", undefined], ["B", "A"]]);
});

test("who has left is not told", () => {
  const left = new AbortController();
  const seen = [];
  const state = new ProjectState({ name: "A" });
  state.watch(({ name }) => seen.push(name), left.signal);
  left.abort();
  state.set({ name: "B" });
  assert.deepEqual(seen, ["A"]);
});
