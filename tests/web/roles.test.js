import assert from "node:assert/strict";
import { test } from "node:test";

import { ROLES, scopesUpTo, wordOf } from "../../src/llmstxt_sched/web/roles.js";

test("a token may have at most its owner's role", () => {
  const scopes = (role) => scopesUpTo(role).map((scope) => scope.value);
  assert.deepEqual(scopes("viewer"), ["read"]);
  assert.deepEqual(scopes("editor"), ["read", "write"]);
  assert.deepEqual(scopes("admin"), ["read", "write", "admin"]);
});

test("a role that is not known is shown as it is", () => {
  assert.equal(wordOf(ROLES, "editor"), "Editor");
  assert.equal(wordOf(ROLES, "owner"), "owner");
});
