import assert from "node:assert/strict";
import { test } from "node:test";

import { credentialWords, pairsIn } from "../../src/llmstxt_sched/web/credentials.js";

test("a line is a name and a value, which may hold the sign again", () => {
  assert.deepEqual(pairsIn(" X-Token: a:b \n\nX-Other:c", ":"), { "X-Token": "a:b", "X-Other": "c" });
  assert.deepEqual(pairsIn("sid=a=b", "="), { sid: "a=b" });
  assert.deepEqual(pairsIn(" \n", "="), {});
});

test("a line without a value is told from one with an empty value", () => {
  assert.equal(pairsIn("X-Token", ":"), null);
  assert.deepEqual(pairsIn("theme=", "="), { theme: "" });
});

test("what is set is told by its names", () => {
  const set = { headers: ["X-Token"], cookies: ["sid", "theme"], basic: true };
  assert.equal(credentialWords(set), "header X-Token, cookie sid, cookie theme, user and password");
  assert.equal(credentialWords({ headers: [], cookies: ["sid"], basic: false }), "cookie sid");
});
