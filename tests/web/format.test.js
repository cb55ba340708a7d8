import assert from "node:assert/strict";
import { test } from "node:test";

import { age, capital, moment, relative, sentence } from "../../src/llmstxt_sched/web/format.js";

test("a message of the server is read as a sentence", () => {
  assert.equal(sentence("the start page answered 503"), "The start page answered 503.");
});

test("the name of a file and an address stay as they are written", () => {
  assert.equal(capital("robots.txt forbids https://example.com/"), "robots.txt forbids https://example.com/");
  assert.equal(sentence("http://example.com/ answered 503"), "http://example.com/ answered 503.");
});

// In the zone of this machine, whatever it is.
const FRIDAY = new Date(2026, 10, 27, 6, 30).getTime();
const HOUR = 3_600_000;

test("less than a day away is said in the largest unit", () => {
  assert.deepEqual([5_000, 90_000, 20 * HOUR].map((apart) => relative(FRIDAY + apart, FRIDAY)), ["just now", "in 1 min", "in 20 h"]);
  assert.equal(relative(FRIDAY - 20 * HOUR, FRIDAY), "20 h ago");
});

test("from a day on the calendar counts, not the hours", () => {
  const night = (day) => new Date(2026, 10, day, 2).getTime();
  assert.deepEqual([29, 30, 26, 25].map((day) => relative(night(day), FRIDAY)), ["in 2 days", "in 3 days", "yesterday", "2 days ago"]);
  assert.equal(relative(FRIDAY + 25 * HOUR, FRIDAY), "tomorrow");
});

test("an age is told in whole units", () => {
  const old = [0, 61_000, 23 * HOUR, 47 * HOUR, 48 * HOUR].map((size) => age(FRIDAY - size, FRIDAY));
  assert.deepEqual(old, ["a moment", "1 min", "23 h", "1 day", "2 days"]);
});

test("a moment has its year where it is not this one", () => {
  const [at, now] = ["2026-11-24T01:00:00Z", FRIDAY];
  assert.equal(moment(at, "UTC", now), "Tue 24 Nov, 01:00");
  assert.equal(moment(at, "UTC", new Date(2027, 5, 1).getTime()), "Tue 24 Nov 2026, 01:00");
});
