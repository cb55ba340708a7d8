import assert from "node:assert/strict";
import { test } from "node:test";

import { tickSentence } from "../../src/llmstxt_sched/web/tick-words.js";

const IDLE = { due: 0, enqueued: 0, dropped: 0, reclaimed: 0, rescued: 0, requeued: 0, seconds: 0.004 };

test("a tick without work says so", () => {
  assert.equal(tickSentence(IDLE), "There was nothing to do. The tick took 0.00 s.");
});

test("one thing makes one clause", () => {
  assert.equal(tickSentence({ ...IDLE, rescued: 1 }), "1 run of a dead worker was freed. The tick took 0.00 s.");
});

test("several are joined, in the order of the work", () => {
  assert.equal(
    tickSentence({ ...IDLE, due: 1200, enqueued: 1200, dropped: 1, seconds: 12.3 }),
    "1,200 jobs were due, 1,200 went to the queue and 1 entry without a run was dropped. The tick took 12 s.",
  );
});
