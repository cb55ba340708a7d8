import assert from "node:assert/strict";
import { test } from "node:test";

import { isFixed, readCron, scheduleWords, writeCron } from "../../src/llmstxt_sched/web/cron.js";

test("daily and weekly are written as the issue asks", () => {
  assert.equal(writeCron({ kind: "daily", time: "02:00", day: 0 }), "0 2 * * *");
  assert.equal(writeCron({ kind: "weekly", time: "02:00", day: 0 }), "0 2 * * 0");
  assert.equal(writeCron({ kind: "none", time: "02:00" }), null);
});

test("what was written is read as the same", () => {
  for (const given of [{ kind: "daily", time: "00:05", day: 0 }, { kind: "weekly", time: "23:59", day: 6 }]) {
    const { kind, time, day } = readCron(writeCron(given));
    assert.deepEqual({ kind, time, day }, given);
  }
});

test("the select's day, which is text, is the same day", () => {
  assert.equal(writeCron({ kind: "weekly", time: "06:30", day: "3" }), "30 6 * * 3");
});

test("names of days, Sunday as 7 and aliases are understood as the server does", () => {
  assert.equal(readCron("0 2 * * MON").day, 1);
  assert.equal(readCron("0 2 * * 7").day, 0);
  assert.equal(readCron("@weekly").kind, "weekly");
  assert.equal(readCron("@midnight").time, "00:00");
});

test("everything else is custom, and kept as it is written", () => {
  for (const expression of ["30 6 * * 1-5", "*/15 * * * *", "@hourly", "0 2 1 * *", "0 2 * * 9", "0 2 * * xyz", "nonsense"]) {
    assert.equal(readCron(expression).kind, "custom", expression);
    assert.equal(readCron(expression).expression, expression);
  }
  assert.equal(writeCron({ kind: "custom", expression: "  30  6 * * 1-5 " }), "30 6 * * 1-5");
});

test("no expression is by hand, with usual values for who changes it", () => {
  assert.deepEqual(readCron(null), { kind: "none", time: "02:00", day: 0, expression: "" });
});

test("an emptied time field falls back to the usual time", () => {
  assert.equal(writeCron({ kind: "daily", time: "", day: 0 }), "0 2 * * *");
});

test("a schedule in a few words", () => {
  assert.equal(scheduleWords("0 2 * * *", "Every day at 02:00"), "Daily 02:00");
  assert.equal(scheduleWords("30 6 * * 0", "At 06:30, only on Sunday"), "Weekly, Sun 06:30");
  assert.equal(scheduleWords("0 */6 * * *", "Every 6 hours"), "Custom: every 6 hours");
  assert.equal(scheduleWords(null, null), "None");
});

test("only wall times are due once where the clocks go back", () => {
  assert.ok(isFixed("0 2 * * *"));
  assert.ok(!isFixed("*/30 2 * * *"));
  assert.ok(!isFixed("0 */6 * * *"));
});
