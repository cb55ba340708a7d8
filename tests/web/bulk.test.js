import assert from "node:assert/strict";
import { test } from "node:test";

import { notDone } from "../../src/llmstxt_sched/web/views/projects/bulk.js";

const failed = (count) => Array.from({ length: count }, (_, at) => ({ name: `P${at}`, message: "no" }));

test("the first few that could not be done are named", () => {
  assert.equal(notDone(failed(1)), "Not 1: P0: no.");
  assert.equal(notDone(failed(5)), "Not 5: P0: no; P1: no; P2: no; and 2 more.");
});

test("what scripts are told is said in words of the page", () => {
  const message = "the project has no schedule: set a cron_expression first";
  assert.equal(notDone([{ name: "Acme", message }]), "Not 1: Acme: the project has no schedule: set one first.");
  assert.equal(notDone([{ name: "", message: "there is no project 9d0c" }]), "Not 1: one that was deleted meanwhile.");
});
