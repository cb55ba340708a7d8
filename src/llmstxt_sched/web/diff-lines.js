// The hunks of two texts as rows for a view: old and new lines in pairs, and what lies folded between hunks.  Pure.

// Rows {kind: "same" | "changed" | "removed" | "added", before: {number, pieces} | null, after: the same | null} of a
// hunk {before, after, lines, words}.  Of neighbouring changes the nth old line faces the nth new one, as the server
// compared them.
export function rowsOf(hunk) {
  const rows = [];
  let [before, after] = [hunk.before, hunk.after];
  let [removed, added] = [[], []];
  const flush = () => {
    rows.push(...pairs(removed, added));
    [removed, added] = [[], []];
  };
  for (const [at, line] of hunk.lines.entries()) {
    const pieces = piecesOf(line.slice(1), hunk.words?.[at] ?? []);
    if (line[0] === "-") removed.push({ number: before++, pieces });
    else if (line[0] === "+") added.push({ number: after++, pieces });
    else {
      flush();
      rows.push({ kind: "same", before: { number: before++, pieces }, after: { number: after++, pieces } });
    }
  }
  flush();
  return rows;
}

// Unchanged lines that were asked for later, as rows.
export function sameRows(lines, before, after) {
  return rowsOf({ before, after, lines: lines.map((line) => ` ${line}`) });
}

// The rows as one column: of neighbouring changes first what was removed, then what was added.
export function inlineRows(rows) {
  const found = [];
  let added = [];
  for (const row of rows) {
    if (row.kind === "same") {
      found.push(...added, row);
      added = [];
      continue;
    }
    if (row.before) found.push({ kind: "removed", before: row.before, after: null });
    if (row.after) added.push({ kind: "added", before: null, after: row.after });
  }
  return [...found, ...added];
}

// The text as pieces {text, isMarked}; `ranges` are from and to in UTF-16 code units.
export function piecesOf(text, ranges) {
  const found = [];
  let at = 0;
  const add = (to, isMarked) => { if (to > at) found.push({ text: text.slice(at, to), isMarked }); at = Math.max(at, to); };
  for (const [from, to] of ranges) {
    add(from, false);
    add(to, true);
  }
  add(text.length, false);
  return found;
}

// The unchanged lines before each hunk, and after the last one: {before, after, count}, the first line's numbers and how
// many there are.  What follows where something was cut cannot be told, and counts as none.
export function gapsOf({ hunks, before_lines: lines, cut }) {
  const gaps = [];
  let [before, after, isCut] = [1, 1, false];
  for (const hunk of hunks) {
    gaps.push({ before, after, count: isCut ? 0 : hunk.before - before });
    const lengths = lengthsOf(hunk);
    [before, after, isCut] = [hunk.before + lengths.before, hunk.after + lengths.after, hunk.cut];
  }
  return [...gaps, { before, after, count: isCut || cut ? 0 : lines - before + 1 }];
}

function lengthsOf({ lines }) {
  const count = (sign) => lines.filter((line) => line[0] === sign).length;
  return { before: lines.length - count("+"), after: lines.length - count("-") };
}

// How many lines were added and removed: at least so many where the server left some out.
export function lineCountsOf({ hunks, cut }) {
  const numberOf = (sign) => hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line[0] === sign).length, 0);
  return { added: numberOf("+"), removed: numberOf("-"), isAtLeast: cut || hunks.some((hunk) => hunk.cut) };
}

function pairs(removed, added) {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, at) => {
    const [before, after] = [removed[at] ?? null, added[at] ?? null];
    return { kind: before && after ? "changed" : before ? "removed" : "added", before, after };
  });
}
