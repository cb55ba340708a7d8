import assert from "node:assert/strict";
import { test } from "node:test";

import { ownPath } from "../../src/llmstxt_sched/web/paths.js";

test("a path of this service is followed after a sign-in", () => {
  assert.equal(ownPath("/projects?status=failed&q=a%20b"), "/projects?status=failed&q=a%20b");
  assert.equal(ownPath("/"), "/");
});

test("nothing that a browser could take for another site is followed", () => {
  for (const next of [null, "", "projects", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", " //evil.example", "/a\\b"]) {
    assert.equal(ownPath(next), null, JSON.stringify(next));
  }
});

test("signing in does not lead to signing in", () => {
  assert.equal(ownPath("/login?next=/login"), null);
  assert.equal(ownPath("/loginsight"), "/loginsight");
});
