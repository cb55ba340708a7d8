import assert from "node:assert/strict";
import { test } from "node:test";

import { beginningOf, folderLists, linkCount, parse } from "../../src/llmstxt_sched/web/llmstxt.js";

const TEXT = `# Acme \\*Docs\\* \\#

> Guides \\<and\\> reference.

A first
paragraph.

\\- Another one.

## Guides

- [Quick \\\\ start](https://acme.example/quick): Install it.
- [No note](https://acme.example/none)
not a link

## Optional ##
- [Log](https://acme.example/log):
`;

test("an llms.txt is read as the service writes it, with its escapes taken back", () => {
  assert.deepEqual(parse(TEXT), {
    name: "Acme *Docs* #",
    summary: "Guides <and> reference.",
    details: ["A first paragraph.", "- Another one."],
    sections: [
      { name: "Guides", entries: [
        { title: "Quick \\ start", url: "https://acme.example/quick", note: "Install it." },
        { title: "No note", url: "https://acme.example/none", note: "" },
      ] },
      { name: "Optional", entries: [{ title: "Log", url: "https://acme.example/log", note: "" }] },
    ],
  });
});

test("any line ends, a byte order mark and texts that are no llms.txt are taken", () => {
  assert.equal(parse("\uFEFF# A\r\n\r\n## B\r- [x](https://a.example/)\r\n").sections[0].entries.length, 1);
  assert.deepEqual(parse(""), { name: "", summary: "", details: [], sections: [] });
  assert.equal(parse("#not a heading\n<h1>neither</h1>").name, "");
});

test("a link with brackets or without an address is none", () => {
  const links = ["- [a](b c)", "- [a]()", "- [a](https://a.example/(b))", "[a](https://a.example/)", "- [a] (https://a.example/)"];
  assert.equal(linkCount(parse(`# A\n## B\n${links.join("\n")}`)), 0);
});

test("a hostile line is read in linear time", () => {
  assert.equal(linkCount(parse(`# A\n## B\n- [${"\\".repeat(100_001)}\n- [${"[".repeat(100_000)}`)), 0);
});

test("the beginning of a long file has so many links and no empty section", () => {
  const index = parse("# A\n## B\n- [1](https://a.example/1)\n- [2](https://a.example/2)\n## C\n- [3](https://a.example/3)");
  assert.deepEqual([0, 1, 2, 3, Infinity].map((most) => [linkCount(beginningOf(index, most)), beginningOf(index, most).sections.length]),
    [[0, 0], [1, 1], [2, 1], [3, 2], [3, 2]]);
});

test("lists of folders are those below the site that are named so", () => {
  const index = parse("# A\n## B\n- [1](https://a.example/docs/llms.txt)\n- [2](https://b.example/x/llms.txt)\n- [3](https://a.example/notllms.txt)");
  assert.deepEqual(folderLists(index, "https://a.example/docs/"), ["docs/llms.txt"]);
});
