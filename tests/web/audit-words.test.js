import assert from "node:assert/strict";
import { test } from "node:test";

import { actionWords, ACTIONS, addressOf, GROUPS, pairsOf } from "../../src/llmstxt_sched/web/audit-words.js";

const of = (action, type, details = {}) => addressOf({ action, object: { type, id: "1", name: "x" }, details });

test("what was done reads as a deed, and what is not known by its own name", () => {
  assert.equal(actionWords("project.pause"), "paused a project");
  assert.equal(actionWords("moon.landing"), "moon.landing");
});

test("every action is in a group", () => {
  for (const action of Object.keys(ACTIONS)) assert.ok(action.split(".")[0] in GROUPS, action);
});

test("things are linked to where they are seen", () => {
  assert.equal(of("project.edit", "project"), "/projects/1");
  assert.equal(of("run.cancel", "run", { project_id: "2" }), "/projects/2/runs");
  assert.equal(of("user.edit", "user"), "/users");
  assert.equal(of("token.create", "token"), "/tokens?of=all");
});

test("what is gone, or nowhere to be seen, is not linked", () => {
  assert.equal(of("project.delete", "project"), null);
  assert.equal(of("token.revoke", "token"), null);
  assert.equal(of("session.create", "session"), null);
  assert.equal(of("run.cancel", "run"), null);
  assert.equal(addressOf({ action: "session.failed", object: null, details: {} }), null);
});

test("details are read as pairs, changes as before and after", () => {
  assert.deepEqual(pairsOf({ role: ["viewer", "editor"], fields: ["name", "password"], begun_with: "link", end: null, project_id: "2" }), [
    ["role", "viewer → editor"], ["fields", "name, password"], ["begun with", "link"], ["end", "none"],
  ]);
  assert.deepEqual(pairsOf(null), []);
});
