import assert from "node:assert/strict";
import { test } from "node:test";

import { paceOf } from "../../src/llmstxt_sched/web/parts/live-run.js";

test("the pace of a crawl is told by the second, and where it is slow by the minute", () => {
  assert.deepEqual([null, 14.23, 0.1, 1 / 30].map(paceOf), [["pages / s", "–"], ["pages / s", "14.2"], ["pages / s", "0.1"], ["pages / min", "2.0"]]);
});
