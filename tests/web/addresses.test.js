import assert from "node:assert/strict";
import { test } from "node:test";

import { ownPath, pathOnSite, siteAddress } from "../../src/llmstxt_sched/web/addresses.js";

test("https is put before an address without a scheme", () => {
  assert.equal(siteAddress(" docs.example.com/guide "), "https://docs.example.com/guide");
});

test("http is put before this machine and before a number, which seldom have a certificate", () => {
  for (const address of ["localhost:8000", "docs.localhost", "127.0.0.1:8000/guide", "192.168.1.7", "[::1]:8000"]) {
    assert.equal(siteAddress(address), `http://${address}`);
  }
  for (const address of ["localhost.example.com", "1.2.3.4.example.com", "10.example"]) {
    assert.equal(siteAddress(address), `https://${address}`);
  }
});

test("a scheme that was given stays, and nothing stays nothing", () => {
  assert.equal(siteAddress("http://docs.example.com"), "http://docs.example.com");
  assert.equal(siteAddress("FTP://docs.example.com"), "FTP://docs.example.com");
  assert.equal(siteAddress("   "), "");
});

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

test("a site's llms.txt is in the folder in which it begins", () => {
  const given = ["https://a.example", "https://a.example/docs", "https://a.example/docs/", "https://a.example/docs/index.html"];
  assert.deepEqual(given.map(pathOnSite), ["/llms.txt", "/docs/llms.txt", "/docs/llms.txt", "/docs/llms.txt"]);
});
