import assert from "node:assert/strict";
import { test } from "node:test";

import { pathsOf } from "../../src/llmstxt_sched/web/parts/run-chart.js";

const run = (number, changes, status = "COMPLETE_WITH_DIFFS") => ({ number, status, changes, finished_at: `2026-11-${String(number).padStart(2, "0")}T02:00:00Z` });
const heights = (d) => [...d.matchAll(/h[\d.]+v([\d.]+)h/g)].map(([, height]) => Number(height));
const places = (d) => [...d.matchAll(/M([\d.]+)/g)].map(([, x]) => Number(x));

test("each kind is one path, the oldest run at the left", () => {
  const { paths, first } = pathsOf([run(3, { added: 1, changed: 0, removed: 0 }), run(2, { added: 3, changed: 0, removed: 2 })]);
  assert.equal(first, "2026-11-02T02:00:00Z");
  assert.equal(heights(paths.added).length, 2);
  assert.ok(heights(paths.added)[0] > heights(paths.added)[1]);
  assert.ok(places(paths.added)[0] < places(paths.added)[1]);
  assert.equal(heights(paths.removed).length, 1);
  assert.equal(paths.failed + paths.cross + paths.changed, "");
});

test("a run of thousands leaves those of a few visible", () => {
  const { paths } = pathsOf([run(2, { added: 1, changed: 0, removed: 0 }), run(1, { added: 40_000, changed: 0, removed: 0 })]);
  assert.ok(Math.min(...heights(paths.added)) >= 3);
});

test("a failure is marked, and a run that is not over has no bar", () => {
  const { paths } = pathsOf([{ ...run(3, null, "IN_PROGRESS"), finished_at: null }, run(2, null, "FAILED"), run(1, null, "CANCELED")]);
  assert.equal(heights(paths.failed).length, 1);
  assert.notEqual(paths.cross, "");
  assert.equal(paths.added, "");
});

test("no run at all is no path", () => {
  assert.deepEqual(pathsOf([]), { paths: { added: "", changed: "", removed: "", failed: "", cross: "" }, first: null, share: 1 });
});
