// Pages read by defuddle, which is installed in the folder that is the first argument.
// Reads the paths of the pages as a JSON list from standard input, and prints their readings as JSON.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.argv[2], "package.json"));
const { Defuddle } = await import(pathToFileURL(join(process.argv[2], "node_modules/defuddle/dist/node.js")));
const { parseHTML } = require("linkedom");
const TIMES = 3;

async function read(html) {
  const { document } = parseHTML(html);
  const { content } = await Defuddle(document, "https://ferry.example/page.html", { markdown: true });
  return content;
}

async function timed(html) {
  let shortest = Infinity;
  let markdown = "";
  for (let time = 0; time < TIMES; time++) {
    const started = process.cpuUsage();
    try {
      markdown = await read(html);
    } catch {
      return ["", 0];
    }
    const { user, system } = process.cpuUsage(started);
    shortest = Math.min(shortest, (user + system) / 1000);
  }
  return [markdown, shortest];
}

// What it logs is no part of the answer.
console.log = console.error;
const readings = [];
for (const path of JSON.parse(readFileSync(0, "utf8"))) {
  readings.push(await timed(readFileSync(path, "utf8")));
}
process.stdout.write(JSON.stringify({ defuddle: readings }));
