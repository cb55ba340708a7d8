// How a text differs from an older one: side by side or in one column, words marked, unchanged lines folded.

import { gapsOf, inlineRows, rowsOf, sameRows } from "../diff-lines.js";
import { h } from "../dom.js";
import { count, plural } from "../format.js";
import { actionButton } from "./busy.js";

// Rows drawn at once; the rest waits for a button.
const ROWS_AT_ONCE = 1500;
// What the server gives of unchanged lines at once.
const MOST_LINES = 1000;
const SIGNS = { removed: "−", added: "+" };

// `diff` is the server's answer; `readLines(first, last)` gives lines of the newer text.  `names` are those of the two
// versions.  {node, changes(): the first rows of all changes that are drawn}.
export function diffView(diff, { isSplit, readLines, names }) {
  const makeRow = isSplit ? splitRow : inlineRow;
  const width = isSplit ? 4 : 3;
  const gaps = gapsOf(diff);
  const table = h("table", { class: `diff ${isSplit ? "split" : "inline"}` },
    h("caption", { class: "unseen" }, `Lines of ${diff.path} that differ`), columns(width), header(isSplit, names));

  function draw(from) {
    let drawn = 0;
    for (let at = from; at < diff.hunks.length; at += 1) {
      if (drawn > ROWS_AT_ONCE) return void table.append(rest(at));
      const rows = arranged(rowsOf(diff.hunks[at]));
      table.append(gap(gaps[at]), group(rows, diff.hunks[at].cut));
      drawn += rows.length;
    }
    table.append(gap(gaps.at(-1)));
  }

  const arranged = (rows) => (isSplit ? rows : inlineRows(rows));

  function group(rows, isCut) {
    let before = "same";
    return h("tbody", {}, rows.map((row) => {
      const isFirst = row.kind !== "same" && before === "same";
      before = row.kind;
      return makeRow(row, isFirst);
    }), isCut && wide(h("span", { class: "quiet" }, "This part is too long to be shown whole: the rest of it is left out.")));
  }

  function gap({ before, after, count: lines }) {
    const body = h("tbody", { class: "gap" });
    if (lines > 0) {
      const some = Math.min(lines, MOST_LINES);
      body.append(wide(actionButton(`Show ${plural(some, "unchanged line")}`, async () => {
        const found = await readLines(after, after + some - 1);
        const rest = { before: before + some, after: after + some, count: lines - some };
        const rows = arranged(sameRows(found, before, after)).map((row) => makeRow(row, false));
        for (const row of rows) row.tabIndex = -1;
        body.replaceWith(h("tbody", {}, rows), gap(rest));
        rows[0]?.focus({ preventScroll: true });
      }, { kind: "small" })));
    }
    return body;
  }

  function rest(at) {
    const body = h("tbody", { class: "gap" }, wide(h("button", { class: "button small", type: "button", on: { click: () => { body.remove(); draw(at); } } },
      `Show ${plural(diff.hunks.length - at, "more part")}`)));
    return body;
  }

  const wide = (content) => h("tr", {}, h("td", { colspan: width }, content));

  draw(0);
  if (diff.cut) table.append(h("tbody", { class: "gap" }, wide(h("span", { class: "quiet" }, "There is more than can be shown. Download both files to see all of it."))));
  return { node: table, changes: () => [...table.querySelectorAll("tr[data-first]")] };
}

function columns(width) {
  const kinds = width === 4 ? ["number", "text", "number", "text"] : ["number", "number", "text"];
  return h("colgroup", {}, kinds.map((kind) => h("col", { class: kind })));
}

function header(isSplit, [before, after]) {
  const cells = isSplit
    ? [h("th", { scope: "colgroup", colspan: 2 }, before), h("th", { scope: "colgroup", colspan: 2 }, after)]
    : [h("th", { scope: "col" }, h("span", { class: "unseen" }, "Line in "), short(before)), h("th", { scope: "col" }, h("span", { class: "unseen" }, "Line in "), short(after)), h("th", { scope: "col" }, "Text")];
  return h("thead", {}, h("tr", {}, cells));
}

const short = (name) => name.split(" ")[0];

function splitRow({ kind, before, after }, isFirst) {
  return h("tr", { class: kind, "data-first": isFirst },
    numberCell(before), textCell(before, kind === "same" ? "same" : "removed"), numberCell(after), textCell(after, kind === "same" ? "same" : "added"));
}

function inlineRow({ kind, before, after }, isFirst) {
  return h("tr", { class: kind, "data-first": isFirst }, numberCell(before), numberCell(after), textCell(after ?? before, kind));
}

function numberCell(side) {
  return h("td", { class: "line-number" }, side && count(side.number));
}

function textCell(side, kind) {
  if (!side) return h("td", { class: "text none" });
  const tag = kind === "removed" ? "del" : "ins";
  return h("td", { class: `text ${kind}` }, h("span", { class: "sign" }, SIGNS[kind] ?? " "),
    h("span", { class: "code-line" }, side.pieces.map(({ text, isMarked }) => (isMarked ? h(tag, {}, text) : text))));
}

// Goes from change to change: `move(1)` to the next, `move(-1)` to the one before.  `say(place, all)` is told where it is.
export function changeStepper(view, say) {
  let at = -1;
  return function move(by) {
    const all = view()?.changes();
    if (!all?.length) return;
    for (const row of all) row.classList.remove("current");
    at = at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length;
    all[at].classList.add("current");
    all[at].scrollIntoView({ block: "center" });
    say(at + 1, all.length);
  };
}

