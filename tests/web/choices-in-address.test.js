import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenWord } from "../../src/llmstxt_sched/web/choices-in-address.js";

test("a word of the address counts where it is one of a filter's", () => {
  const read = (text) => chosenWord(new URLSearchParams(text), "status", ["PENDING", "FAILED"]);
  assert.equal(read("status=FAILED"), "FAILED");
  for (const text of ["", "status=", "status=failed", "status=nope", "status=constructor"]) assert.equal(read(text), "");
});
