import assert from "node:assert/strict";
import { test } from "node:test";

import { changesBetween } from "../../src/llmstxt_sched/web/form-changes.js";

const BEFORE = { name: "A", crawl: { max_pages: null, include: ["/a"] }, cron_expression: null };

test("nothing is null", () => {
  assert.equal(changesBetween(BEFORE, structuredClone(BEFORE)), null);
});

test("only what differs is named, of inner objects as well", () => {
  const now = { name: "A", crawl: { max_pages: 5, include: ["/a"] }, cron_expression: "0 2 * * *" };
  assert.deepEqual(changesBetween(BEFORE, now), { crawl: { max_pages: 5 }, cron_expression: "0 2 * * *" });
});

test("lists are compared as a whole, and null counts", () => {
  assert.deepEqual(changesBetween(BEFORE, { ...BEFORE, crawl: { max_pages: null, include: [] } }), { crawl: { include: [] } });
  assert.deepEqual(changesBetween({ cron_expression: "x" }, { cron_expression: null }), { cron_expression: null });
});
