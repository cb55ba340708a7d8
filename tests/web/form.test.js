import assert from "node:assert/strict";
import { test } from "node:test";

import { wholeField } from "../../src/llmstxt_sched/web/parts/form.js";

test("what is wrong with one line of a list is said below the list", () => {
  assert.equal(wholeField("crawl.drop[2]"), "crawl.drop");
  assert.equal(wholeField("crawl.max_pages"), "crawl.max_pages");
});
