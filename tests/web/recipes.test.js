import assert from "node:assert/strict";
import { test } from "node:test";

import { recipes } from "../../src/llmstxt_sched/web/recipes.js";

const ADDRESS = "https://llms.acme.example/p/acme-1/llms.txt";
const codeOf = (id, ...args) => recipes(ADDRESS, ...args).find((recipe) => recipe.id === id).code;

test("every recipe names the published document and the path on the site", () => {
  for (const { id, code } of recipes(ADDRESS, "/docs/llms.txt")) {
    assert.ok(code.includes("/p/acme-1/llms.txt"), id);
    if (id !== "cloudflare") assert.ok(code.includes("docs/llms.txt"), id);
  }
});

test("nginx names the host to a server that speaks TLS only", () => {
  assert.ok(codeOf("nginx").includes("proxy_ssl_server_name on;"));
  assert.ok(!recipes("http://10.0.0.1:8080/p/a/llms.txt")[0].code.includes("ssl"));
});

test("Vercel's is JSON", () => {
  assert.deepEqual(JSON.parse(codeOf("vercel")), { rewrites: [{ source: "/llms.txt", destination: ADDRESS }] });
});
