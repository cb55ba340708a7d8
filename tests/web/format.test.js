import assert from "node:assert/strict";
import { test } from "node:test";

import { capital, sentence } from "../../src/llmstxt_sched/web/format.js";

test("a message of the server is read as a sentence", () => {
  assert.equal(sentence("the start page answered 503"), "The start page answered 503.");
});

test("the name of a file stays as it is written", () => {
  assert.equal(capital("robots.txt forbids https://example.com/"), "robots.txt forbids https://example.com/");
});
