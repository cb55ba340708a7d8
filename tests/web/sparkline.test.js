import assert from "node:assert/strict";
import { test } from "node:test";

import { sparkPaths } from "../../src/llmstxt_sched/web/parts/sparkline.js";

const run = (status, changed = 0) => ({ id: "a", status, changed, finished_at: "2026-11-24T02:00:00Z" });

test("good runs stand on the line, failed ones hang below it", () => {
  const { good, bad } = sparkPaths([run("COMPLETE_WITH_DIFFS", 4), run("FAILED"), run("COMPLETE_NO_DIFFS")]);
  assert.equal(good, "M2 20v-20M14 20v-3");
  assert.equal(bad, "M8 21v7");
});

test("a run that is not over is not drawn, a canceled one leaves a gap", () => {
  const { good, bad } = sparkPaths([run("CANCELED"), run("COMPLETE_NO_DIFFS"), { status: "IN_PROGRESS", finished_at: null }]);
  assert.equal(good, "M8 20v-3");
  assert.equal(bad, "");
});

test("only the last twenty are drawn", () => {
  const { good } = sparkPaths(Array.from({ length: 30 }, () => run("COMPLETE_NO_DIFFS")));
  assert.equal(good.match(/M/g).length, 20);
});

test("it is told in words as well", () => {
  assert.equal(sparkPaths([]).words, "No runs yet");
  assert.equal(sparkPaths([run("COMPLETE_WITH_DIFFS", 2), run("FAILED")]).words, "Last 2 runs: 1 with changes, 1 failed, the last one failed");
  assert.equal(sparkPaths([run("COMPLETE_NO_DIFFS")]).words, "Last 1 run: 0 with changes, 0 failed");
});
