import assert from "node:assert/strict";
import { test } from "node:test";

import { siteAddress } from "../../src/llmstxt_sched/web/addresses.js";

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

test("what no site has is left as it is, so that the server can say so", () => {
  for (const address of ["mailto:me@example.com", "javascript:alert(1)", "file:///etc/hosts", "C:\\docs\\index.html", "https:/docs.example.com", "data:text/html,x"]) {
    assert.equal(siteAddress(address), address);
  }
});

test("a host with its port is no scheme, and two slashes stand for one that is missing", () => {
  assert.equal(siteAddress("docs.example.com:8443/guide"), "https://docs.example.com:8443/guide");
  assert.equal(siteAddress("docs.example.com:8443"), "https://docs.example.com:8443");
  assert.equal(siteAddress("//docs.example.com/guide"), "https://docs.example.com/guide");
});
