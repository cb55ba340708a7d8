import assert from "node:assert/strict";
import { test } from "node:test";

import { clockChange, localMoment } from "../../src/llmstxt_sched/web/parts/schedule-preview.js";

const NOW = Date.parse("2026-11-23T12:00:00Z");

test("the time is that of the place, wherever the browser is", () => {
  assert.equal(localMoment("2026-11-24T02:00:00+01:00", "en-GB", NOW), "Tue 24 Nov, 02:00");
  assert.equal(localMoment("2026-11-24T02:00:00-05:00", "en-GB", NOW), "Tue 24 Nov, 02:00");
});

test("a time of another year says which", () => {
  assert.equal(localMoment("2028-02-29T00:00:00+01:00", "en-GB", NOW), "Tue, 29 Feb 2028, 00:00");
});

test("hours that the clocks skip or repeat have a word", () => {
  assert.equal(clockChange({ note: "skipped", local: "2027-03-28T03:00:00+02:00" }, "0 2 * * *"), "clocks go forward: runs at 03:00");
  assert.equal(clockChange({ note: "repeated", local: "2027-10-31T02:00:00+02:00" }, "0 2 * * *"), "clocks go back: once");
  assert.equal(clockChange({ note: "repeated", local: "2027-10-31T02:00:00+02:00" }, "*/30 * * * *"), "clocks go back: twice");
  assert.equal(clockChange({ note: null, local: "2026-11-24T02:00:00+01:00" }, "0 2 * * *"), null);
});
