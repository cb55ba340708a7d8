import assert from "node:assert/strict";
import { test } from "node:test";

import { leftOutSentences, planSentence, shownWords, warningsOf } from "../../src/llmstxt_sched/web/dry-run-words.js";

const PLAN = { start_url: "https://s.example/docs/start", folder: "/docs/", count: 1200, delay_seconds: 2, needs_scripts: false, limits: [] };

test("a plan says how many addresses a run begins with, where, and how fast", () => {
  assert.equal(planSentence(PLAN), "A run would begin with 1,200 addresses in https://s.example/docs/, 2 s apart, and go on with what they link to.");
  assert.equal(planSentence({ ...PLAN, count: 1, folder: "/" }), "A run would begin with 1 address in https://s.example/, and go on with what it links to.");
  assert.equal(planSentence({ ...PLAN, count: 2, delay_seconds: 0 }), "A run would begin with 2 addresses in https://s.example/docs/, and go on with what they link to.");
});

test("each reason for leaving addresses out is counted and has an example", () => {
  assert.deepEqual(leftOutSentences([]), []);
  assert.deepEqual(leftOutSentences([
    { reason: "robots", count: 1, first: ["https://s.example/a"] },
    { reason: "max_pages", count: 1200, first: ["https://s.example/b", "https://s.example/c"] },
  ]), [
    "It would leave out 1 address that robots.txt forbids, https://s.example/a.",
    'It would leave out 1,200 addresses beyond the limit "max pages", such as https://s.example/b.',
  ]);
});

test("a start page without text and sitemaps that are cut short are warned of", () => {
  assert.deepEqual(warningsOf(PLAN), []);
  assert.deepEqual(warningsOf({ needs_scripts: true, limits: ["sitemap_files", "sitemap_unread"] }), [
    "The start page holds nothing until scripts run in a browser, which no crawl does.",
    'The sitemaps go on beyond the limit "sitemap files".',
    "A sitemap could not be read, so what it lists is missing here.",
  ]);
});

test("a list that is cut says of how many it is", () => {
  assert.equal(shownWords(24, 24), "all 24");
  assert.equal(shownWords(200, 1200), "the first 200 of 1,200");
});
