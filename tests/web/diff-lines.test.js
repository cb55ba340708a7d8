import assert from "node:assert/strict";
import { test } from "node:test";

import { gapsOf, inlineRows, lineCountsOf, piecesOf, rowsOf, sameRows } from "../../src/llmstxt_sched/web/diff-lines.js";

const HUNK = { before: 7, after: 7, lines: [" a", "-old word", "+new word", "+more", " b", "-gone", " c"], words: [[], [[0, 3]], [[0, 3]], [], [], [], []] };
const brief = (rows) => rows.map(({ kind, before, after }) => `${kind} ${before?.number ?? "-"} ${after?.number ?? "-"}`);

test("the nth old line of a change faces its nth new one, and both sides count on", () => {
  assert.deepEqual(brief(rowsOf(HUNK)), ["same 7 7", "changed 8 8", "added - 9", "same 9 10", "removed 10 -", "same 11 11"]);
});

test("in one column removed lines stand before added ones", () => {
  assert.deepEqual(brief(inlineRows(rowsOf(HUNK))), ["same 7 7", "removed 8 -", "added - 8", "added - 9", "same 9 10", "removed 10 -", "same 11 11"]);
});

test("words are marked where the server says, and the pieces give the line again", () => {
  const [, changed] = rowsOf(HUNK);
  assert.deepEqual(changed.before.pieces, [{ text: "old", isMarked: true }, { text: " word", isMarked: false }]);
  assert.deepEqual(piecesOf("😀 a b", [[0, 2], [5, 6]]), [{ text: "😀", isMarked: true }, { text: " a ", isMarked: false }, { text: "b", isMarked: true }]);
  assert.deepEqual(piecesOf("short", [[2, 99]]).map(({ text }) => text), ["sh", "ort"]);
  assert.deepEqual(piecesOf("", []), []);
});

test("lines that were asked for later count from where they were left out", () => {
  assert.deepEqual(brief(sameRows(["x", "-y"], 3, 5)), ["same 3 5", "same 4 6"]);
  assert.deepEqual(sameRows(["-y"], 1, 1)[0].before.pieces, [{ text: "-y", isMarked: false }]);
});

test("what lies between hunks and around them is folded", () => {
  const hunks = [HUNK, { before: 20, after: 21, lines: ["-x"] }];
  assert.deepEqual(gapsOf({ hunks, before_lines: 30, cut: false }), [
    { before: 1, after: 1, count: 6 }, { before: 12, after: 12, count: 8 }, { before: 21, after: 21, count: 10 },
  ]);
});

test("nothing is said of what follows a part that was cut", () => {
  const hunks = [{ ...HUNK, cut: true }, { before: 20, after: 21, lines: ["-x"] }];
  assert.deepEqual(gapsOf({ hunks, before_lines: 30, cut: true }).map((gap) => gap.count), [6, 0, 0]);
});

test("a file that is new or gone has no folded lines", () => {
  assert.deepEqual(gapsOf({ hunks: [{ before: 1, after: 1, lines: ["+a", "+b"] }], before_lines: 0, cut: false }).map((gap) => gap.count), [0, 0]);
  assert.deepEqual(gapsOf({ hunks: [{ before: 1, after: 1, lines: ["-a", "-b"] }], before_lines: 2, cut: false }).map((gap) => gap.count), [0, 0]);
});

test("lines are counted, and the count says where some were left out", () => {
  assert.deepEqual(lineCountsOf({ hunks: [HUNK, HUNK], cut: false }), { added: 4, removed: 4, isAtLeast: false });
  assert.equal(lineCountsOf({ hunks: [HUNK, { ...HUNK, cut: true }], cut: false }).isAtLeast, true);
  assert.equal(lineCountsOf({ hunks: [HUNK], cut: true }).isAtLeast, true);
});
