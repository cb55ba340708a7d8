import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError } from "../../src/llmstxt_sched/web/api.js";

test("what is wrong with one line of a list is said below the list", () => {
  const { errors } = new ApiError(422, { errors: [{ field: "crawl.drop[2]", message: "no" }, { field: "crawl.max_pages", message: "no" }] });
  assert.deepEqual(errors.map(({ field }) => field), ["crawl.drop", "crawl.max_pages"]);
});
