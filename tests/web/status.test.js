import assert from "node:assert/strict";
import { test } from "node:test";

import { isActive } from "../../src/llmstxt_sched/web/parts/status.js";

test("a run is active until it has ended, in whatever status", () => {
  assert.equal(isActive({ status: "RETRYING", finished_at: null }), true);
  assert.equal(isActive({ status: "NEXT_TO_COME", finished_at: null }), true);
  assert.equal(isActive({ status: "FAILED", finished_at: "2026-11-29T20:00:00Z" }), false);
});

test("no run is none that is active", () => assert.equal(isActive(null), false));
