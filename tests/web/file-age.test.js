import assert from "node:assert/strict";
import { test } from "node:test";

import { foundTrueAt } from "../../src/llmstxt_sched/web/file-age.js";

const run = (number, status, held = null) => ({ status, held, finished_at: `day ${number}` });

test("a file is as old as the last run that found it true, which one whose version was held did not", () => {
  const found = (...recent) => foundTrueAt({ recent, last_run_at: "day 9" });
  const changed = run(1, "COMPLETE_WITH_DIFFS");
  assert.equal(found(changed, run(2, "COMPLETE_NO_DIFFS"), run(3, "FAILED")), "day 2");
  assert.equal(found(changed, run(2, "COMPLETE_WITH_DIFFS", "accepted")), "day 2");
  for (const held of ["waiting", "rejected", "discarded"]) assert.equal(found(changed, run(2, "COMPLETE_WITH_DIFFS", held)), "day 1");
});

test("how old a file is stays unsaid where all known runs were held, and is the last success where all failed", () => {
  const found = (...recent) => foundTrueAt({ recent, last_run_at: "day 9" });
  assert.equal(found(run(8, "COMPLETE_WITH_DIFFS", "discarded"), run(9, "COMPLETE_WITH_DIFFS", "waiting")), null);
  assert.equal(found(run(10, "FAILED"), run(11, "CANCELED")), "day 9");
});
