import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { outcome, particulars } from "../../src/llmstxt_sched/web/outcomes.js";

test("an outcome says whether the page is fine", () => {
  assert.deepEqual(["ok", "robots", "timeout"].map((code) => outcome(code).kind), ["good", "skipped", "failed"]);
});

test("each outcome of the crawl has a word of its own", () => {
  const model = readFileSync(new URL("../../src/llmstxt_sched/crawler/model.py", import.meta.url), "utf8");
  const codes = [...model.matchAll(/^    [A-Z_]+ = "([a-z_]+)"$/gm)].map(([, code]) => code);
  assert.ok(codes.length > 20);
  for (const code of codes) assert.match(outcome(code).word, /^[A-Z]/, code);
});

test("what a later release may say is shown as it is", () => {
  assert.deepEqual(outcome("brand_new"), { word: "brand new", kind: "failed" });
});

test("a note is told where it says more than the outcome", () => {
  const codes = ["redirected", "http_error", "gone", "robots", "ok"];
  assert.deepEqual(codes.map((code) => particulars({ outcome: code, note: "note" })), ["note", "note", "", "", ""]);
});
