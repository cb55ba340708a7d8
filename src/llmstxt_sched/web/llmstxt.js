// An llms.txt as data, from its text; the counterpart of documents/parse.py.  Pure, and linear in the text's length.

const LINK = /^ {0,3}[-*+][ \t]+\[((?:[^\]\\]|\\.)*)\]\(([^()\s]+)\)(?:[ \t]*:[ \t]*(.*))?$/;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

// {name, summary, details: [paragraph], sections: [{name, entries: [{title, url, note}]}]}; what does not belong in an
// llms.txt is left out.
export function parse(text) {
  const found = { name: "", summary: "", details: [], sections: [] };
  let isNewParagraph = true;
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/)) {
    readLine(found, line, isNewParagraph);
    isNewParagraph = !line.trim();
  }
  return found;
}

function readLine(found, line, isNewParagraph) {
  const section = heading(line, 2);
  if (section !== null) found.sections.push({ name: section, entries: [] });
  else if (found.sections.length) addEntry(found.sections.at(-1).entries, line);
  else if (!found.name && heading(line, 1)) found.name = heading(line, 1);
  else if (line.startsWith(">")) found.summary = `${found.summary} ${unescape(line.slice(1).trim())}`.trim();
  else if (line.trim() && found.name) addToParagraph(found.details, unescape(line.trim()), isNewParagraph);
}

function addEntry(entries, line) {
  const link = LINK.exec(line.trimEnd());
  if (link) entries.push({ title: unescape(link[1]), url: link[2], note: unescape((link[3] ?? "").trim()) });
}

function addToParagraph(details, line, isNewParagraph) {
  if (isNewParagraph || !details.length) details.push(line);
  else details[details.length - 1] += ` ${line}`;
}

// The text of a heading of this level, without the hashes that may close it; null for any other line.
function heading(line, level) {
  const hashes = "#".repeat(level);
  if (!line.startsWith(hashes) || !["", " ", "\t"].includes(line.charAt(level))) return null;
  return unescape(line.slice(level).trim().replace(/(^|[ \t])#+$/, "").trimEnd());
}

export function unescape(markdown) {
  return markdown.replace(ESCAPED, "$1");
}

export function linkCount(index) {
  return index.sections.reduce((sum, section) => sum + section.entries.length, 0);
}

// The index with its first `most` links only.
export function beginningOf(index, most) {
  const sections = [];
  let left = most;
  for (const section of index.sections) {
    if (left <= 0) break;
    sections.push({ ...section, entries: section.entries.slice(0, left) });
    left -= section.entries.length;
  }
  return { ...index, sections };
}

// The lists of folders that a long llms.txt was split into, as paths below the project's address.
export function folderLists(index, siteUrl) {
  const origin = new URL(siteUrl).origin;
  const urls = index.sections.flatMap((section) => section.entries.map((entry) => entry.url));
  return urls.filter((url) => url.startsWith(`${origin}/`) && url.endsWith("/llms.txt")).map((url) => url.slice(origin.length + 1));
}
