import assert from "node:assert/strict";
import { test } from "node:test";

import { isFiltered, queryOfFilter, readFilter } from "../../src/llmstxt_sched/web/views/projects/filter.js";

const read = (text) => readFilter(new URLSearchParams(text));

test("a filter comes from the address", () => {
  assert.deepEqual(read("status=failed&q=+docs+&schedule=daily&sort=name"), { q: "docs", status: "failed", schedule: "daily", sort: "name" });
});

test("a label is in the address and back, and hides what has it not", () => {
  assert.equal(read("label=team+a").label, "team a");
  assert.equal(queryOfFilter(read("label=team+a")).label, "team a");
  assert.equal(isFiltered(read("label=x")), true);
  assert.equal(read("label=").label, undefined);
});

test("words that are none of ours are as if not there", () => {
  assert.deepEqual(read("status=constructor&schedule=hourly&sort=__proto__&q=+"), { q: null, status: null, schedule: null, sort: "attention" });
});

test("the usual order is left out of the address", () => {
  assert.equal(queryOfFilter(read("")).sort, null);
  assert.equal(queryOfFilter(read("sort=name")).sort, "name");
});

test("an order alone hides nothing", () => {
  assert.equal(isFiltered(read("sort=name")), false);
  assert.equal(isFiltered(read("q=a")), true);
});
