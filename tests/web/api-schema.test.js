import assert from "node:assert/strict";
import { test } from "node:test";

import { callsOf, fieldsOf, findableText, noteOf, typeOf } from "../../src/llmstxt_sched/web/api-schema.js";

const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const SCHEMA = {
  paths: {
    "/api/runs/{run_id}": {
      get: { tags: ["runs"], description: "One run.", responses: { 200: { content: { "application/json": { schema: ref("Run") } } } } },
      delete: { responses: { 204: { description: "done" } } },
    },
  },
  webhooks: { "run.completed": { post: { tags: ["runs"], summary: "A run completed" } } },
  components: { schemas: {
    "Listing_Run_": { type: "object", properties: { items: { type: "array", items: ref("Run") }, next_cursor: { oneOf: [{ type: "null" }, { type: "string" }] } }, required: ["items", "next_cursor"] },
    Run: { type: "object", properties: {
      status: ref("Status"),
      error: { oneOf: [ref("Fault"), { type: "null" }] },
      before: { oneOf: [ref("Run"), { type: "null" }] },
      counts: { type: "object", additionalProperties: { type: "integer" } },
    }, required: ["status"] },
    Status: { type: "string", enum: ["RUNNING", "DONE"] },
    Fault: { type: "object", properties: { code: { type: "string" } }, required: ["code"] },
  } },
};

test("fields of nested objects and of items are listed below their own", () => {
  const paths = fieldsOf(ref("Listing_Run_"), SCHEMA).map((field) => field.path);
  assert.deepEqual(paths.slice(0, 4), ["items", "items[].status", "items[].error", "items[].error.code"]);
  assert.equal(paths.at(-1), "next_cursor");
});

test("an object within itself is not opened again", () => {
  const paths = fieldsOf(ref("Listing_Run_"), SCHEMA).map((field) => field.path);
  assert.ok(paths.includes("items[].before"));
  assert.ok(!paths.includes("items[].before.before"));
});

test("what is not required is optional", () => {
  const fields = fieldsOf(ref("Run"), SCHEMA);
  assert.deepEqual(fields.filter((field) => !field.isOptional).map((field) => field.path), ["status", "error.code"]);
});

test("what is one of several objects has the fields of each", () => {
  const several = { anyOf: [{ properties: { items: {} } }, { properties: { verdict: {} } }, { type: "null" }] };
  assert.deepEqual(fieldsOf(several, SCHEMA).map((field) => field.path), ["items", "verdict"]);
});

test("types are in words: the values of an enumeration, lists, null last", () => {
  const typeIn = (name) => typeOf(SCHEMA.components.schemas.Run.properties[name], SCHEMA);
  assert.equal(typeIn("status"), '"RUNNING" or "DONE"');
  assert.equal(typeIn("error"), "object or null");
  assert.equal(typeIn("counts"), "object of integer");
  assert.equal(typeOf({ type: "array", items: ref("Status") }, SCHEMA), 'list of "RUNNING" or "DONE"');
  assert.equal(typeOf({ type: ["null", "string"], enum: ["a", null] }, SCHEMA), '"a" or null');
  assert.equal(typeOf({ type: "string", format: "uuid" }, SCHEMA), "string (uuid)");
  assert.equal(typeOf({}, SCHEMA), "anything");
});

test("bounds and defaults are told after the sentence", () => {
  assert.equal(noteOf({ type: "integer", minimum: 1, maximum: 200, default: 50, description: "How many." }, SCHEMA), "How many. 1 to 200, default 50.");
  assert.equal(noteOf({ type: "string", maxLength: 100, default: null }, SCHEMA), "At most 100 characters.");
  assert.equal(noteOf({ type: "string" }, SCHEMA), "");
  assert.equal(noteOf({ anyOf: [{ type: "integer", minimum: 1 }, { type: "null" }], default: null }, SCHEMA), "At least 1.");
  assert.equal(noteOf({ type: "array", maxItems: 100, default: [] }, SCHEMA), "At most 100 items.");
});

test("each call has an address of its own on the page, and is found by its fields", () => {
  const [one, other, event] = callsOf(SCHEMA);
  assert.deepEqual([event.id, event.path, event.tag], ["post-run-completed", "run.completed", "webhooks"]);
  assert.equal(one.id, "get-api-runs-run-id");
  assert.equal(other.tag, "other");
  assert.ok(findableText(one, SCHEMA).includes("error.code"));
  assert.ok(findableText(other, SCHEMA).startsWith("delete /api/runs"));
});
