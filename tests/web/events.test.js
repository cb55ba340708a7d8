import assert from "node:assert/strict";
import { test } from "node:test";

import { waitSeconds } from "../../src/llmstxt_sched/web/parts/events.js";

test("a stream that keeps failing is asked for less and less often, up to a bound", () => {
  assert.deepEqual([0, 1, 2, 10, 2000].map((failures) => waitSeconds(failures, 1)), [1, 2, 4, 30, 30]);
});

test("chance at most halves the wait", () => {
  assert.equal(waitSeconds(3, 0), 4);
});
