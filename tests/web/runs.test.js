import assert from "node:assert/strict";
import { test } from "node:test";

import { shareOf } from "../../src/llmstxt_sched/web/parts/live-run.js";
import { secondsOf, triggerWord } from "../../src/llmstxt_sched/web/parts/run-columns.js";
import { runsByItself } from "../../src/llmstxt_sched/web/parts/schedule-card.js";

test("the progress of a crawl is what was visited of what was found, and never more than all", () => {
  assert.equal(shareOf({ found: 0, fetched: 0, unchanged: 0, failed: 0, skipped: 0 }), 0);
  assert.equal(shareOf({ found: 8, fetched: 1, unchanged: 1, failed: 1, skipped: 1 }), 0.5);
  assert.equal(shareOf({ found: 1, fetched: 2, unchanged: 0, failed: 0, skipped: 0 }), 1);
});

test("a run that was never begun, or is not over, has no duration", () => {
  assert.equal(secondsOf({ started_at: "2026-11-24T02:00:00Z", finished_at: "2026-11-24T02:01:02Z" }), 62);
  assert.equal(secondsOf({ started_at: null, finished_at: "2026-11-24T02:01:02Z" }), null);
  assert.equal(secondsOf({ started_at: "2026-11-24T02:00:00Z", finished_at: null }), null);
});

test("a trigger of a later release is shown as it is", () => {
  assert.equal(triggerWord("schedule"), "Schedule");
  assert.equal(triggerWord("webhook"), "webhook");
});

test("only a schedule that is on and has not stopped runs by itself", () => {
  const on = { is_enabled: true, schedule_state: "ACTIVE", cron_expression: "0 2 * * *" };
  assert.equal(runsByItself(on), true);
  for (const change of [{ is_enabled: false }, { schedule_state: "HALTED" }, { cron_expression: null }]) assert.equal(runsByItself({ ...on, ...change }), false);
});
