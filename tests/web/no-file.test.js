import assert from "node:assert/strict";
import { test } from "node:test";

import { wroteIt } from "../../src/llmstxt_sched/web/parts/no-file.js";

const run = (number, status, held = null) => ({ number, status, held });

test("a file is of the newest run that changed it and was published", () => {
  const first = run(1, "COMPLETE_WITH_DIFFS");
  assert.equal(wroteIt({ recent: [first, run(2, "COMPLETE_NO_DIFFS"), run(3, "FAILED")] }), "from run #1");
  assert.equal(wroteIt({ recent: [first, run(2, "COMPLETE_WITH_DIFFS", "accepted")] }), "from run #2");
  for (const held of ["waiting", "rejected", "discarded"]) {
    assert.equal(wroteIt({ recent: [first, run(2, "COMPLETE_WITH_DIFFS", held)] }), "from run #1");
  }
});

test("of a run that is too long ago nothing is said", () => {
  assert.equal(wroteIt({ recent: [run(30, "COMPLETE_NO_DIFFS")] }), null);
});
