import assert from "node:assert/strict";
import { test } from "node:test";

import { dayOf, EXPIRIES, expiresAt } from "../../src/llmstxt_sched/web/expiry.js";

const NOW = Date.parse("2026-11-24T12:00:00Z");

test("a token that never ends has no end", () => assert.equal(expiresAt("never", "", NOW), null));

test("days are counted from now", () => assert.equal(expiresAt("30", "", NOW), "2026-12-24T12:00:00.000Z"));

test("a date is good to its end where the browser is", () => {
  assert.equal(expiresAt("date", "2027-01-31", NOW), new Date(2027, 0, 31, 23, 59, 59).toISOString());
});

test("today's date is still to come", () => {
  assert.ok(Date.parse(expiresAt("date", dayOf(NOW), NOW)) > NOW);
});

test("an empty date is none", () => assert.equal(expiresAt("date", "", NOW), null));

test("every choice makes an end or none", () => {
  for (const [choice] of EXPIRIES) assert.doesNotThrow(() => expiresAt(choice, "2027-01-31", NOW));
});
