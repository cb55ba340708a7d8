import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError } from "../../src/llmstxt_sched/web/api.js";

test("a message of the server says nothing of ids to people", () => {
  const saying = (detail) => new ApiError(404, { detail }).message;
  assert.equal(saying("there is no run 0b6f6e0c-1111-4111-8111-111111111111"), "There is no such run.");
  assert.equal(saying("there is no such address"), "There is no such address.");
});

test("what is wrong with one line of a list is said below the list", () => {
  const { errors } = new ApiError(422, { errors: [{ field: "crawl.drop[2]", message: "no" }, { field: "crawl.max_pages", message: "no" }] });
  assert.deepEqual(errors.map(({ field }) => field), ["crawl.drop", "crawl.max_pages"]);
});
