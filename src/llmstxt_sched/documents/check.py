"""Checks whether an llms.txt has the form that the proposal, its reference parser and validators all accept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from llmstxt_sched.documents.model import MAX_CHARS
from llmstxt_sched.documents.parse import LINK, MAX_BYTES, heading_text, read_lines
from llmstxt_sched.documents.text import NOTE_CHARS, TITLE_CHARS, safe_url, unescape, visible

_MAX_FINDINGS = 1000
_HTML = re.compile(r"(?<!\\)<[A-Za-z/!?]")


class Finding(Struct, frozen=True):
    """A rule that a line breaks; `line` counts from 1, and is 0 if it concerns the whole file."""

    line: int
    rule: str
    message: str


def check(data: bytes) -> list[Finding]:
    """Check the llms.txt `data`; returns at most 1,000 findings.  Never fails, whatever the bytes are."""
    findings: list[Finding] = []
    for finding in _findings(data):
        findings.append(finding)
        if len(findings) == _MAX_FINDINGS:
            break
    return findings


def _findings(data: bytes) -> Iterator[Finding]:
    lines = read_lines(data)
    yield from _file(data, lines)
    first = next((at for at, line in enumerate(lines) if heading_text(line, 2) is not None), len(lines))
    yield from _opening(lines[:first])
    yield from _sections(lines, first)
    for number, line in enumerate(lines, 1):
        if visible(line) != line.replace("\xa0", " "):
            yield Finding(number, "invisible", "holds characters that cannot be seen; remove them")
        if _HTML.search(line):
            yield Finding(number, "html", "holds HTML; write a backslash before each <")


def _file(data: bytes, lines: list[str]) -> Iterator[Finding]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield Finding(1, "bom", "begins with a byte order mark; save it without")
    if b"\r" in data:
        yield Finding(1, "line-ends", "has carriage returns; end lines with a line feed alone")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Finding(data.count(b"\n", 0, error.start) + 1, "utf-8", "is not UTF-8 from here on; save it as UTF-8")
    size = sum(map(len, lines)) + len(lines) - 1
    if size >= MAX_CHARS or len(data) > MAX_BYTES:
        yield Finding(0, "length", f"has {size:,} characters; keep it below {MAX_CHARS:,} and split it by folder")


def _opening(lines: list[str]) -> Iterator[Finding]:
    """The part before the first section: name, summary, paragraphs."""
    names = [at for at, line in enumerate(lines) if heading_text(line, 1) is not None]
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if not names or not heading_text(lines[names[0]], 1):
        yield Finding(1, "name", "has no `# Name`, the one thing that is required")
    elif filled[0] != names[0]:
        yield Finding(filled[0] + 1, "name", "begins with something else than `# Name`")
    for at in names[1:]:
        yield Finding(at + 1, "name", "is a second heading of the first level; a file has one name")
    quotes = [at for at in filled if lines[at].startswith(">")]
    if not quotes:
        yield Finding(0, "summary", "has no `> summary` below its name")
    for at in quotes[1:]:
        yield Finding(at + 1, "summary", "is a second line of summary; parsers read one")
    others = [at for at in filled if at not in names and at not in quotes]
    for at in others:
        if lines[at].startswith("#"):
            yield Finding(
                at + 1, "heading", "is a heading before the first section; only `##` sections follow the name"
            )
    if not any(not lines[at].startswith("#") for at in others):
        yield Finding(0, "details", "has no paragraph between summary and sections; the reference parser wants one")


def _sections(lines: list[str], first: int) -> Iterator[Finding]:
    names: set[str] = set()
    current, start, links = "", 0, 1
    seen: set[str] = set()
    for number, line in enumerate(lines[first:], first + 1):
        title = heading_text(line, 2)
        if title is None:
            if line.strip():
                links += 1
                yield from _link(number, line, seen)
            continue
        if not links:
            yield Finding(start, "empty-section", "is a section without links")
        if current == "Optional":
            yield Finding(start, "optional-last", "must be the last section")
        if not title or title in names:
            yield Finding(number, "section-name", "needs a name that no other section has")
        names.add(title)
        current, start, links = title, number, 0
    if not links:
        yield Finding(start, "empty-section", "is a section without links")


def _link(number: int, line: str, seen: set[str]) -> Iterator[Finding]:
    link = LINK.fullmatch(line.rstrip())
    if link is None:
        yield Finding(number, "link", "is no `- [title](url): note`; a section holds nothing else")
        return
    title, url, note = unescape(link["title"]), link["url"], unescape(link["note"] or "")
    if not title.strip():
        yield Finding(number, "title", "has a link without a title")
    if "[" in title or "]" in title:
        yield Finding(number, "title", "has square brackets in a title; write round ones")
    if len(title) > TITLE_CHARS:
        yield Finding(number, "title", f"has a title of more than {TITLE_CHARS} characters")
    if len(note) > NOTE_CHARS:
        yield Finding(number, "note", f"has a note of more than {NOTE_CHARS} characters")
    if not url.lower().startswith(("http://", "https://")):
        yield Finding(number, "url", "has an address that is not absolute; begin it with https://")
    elif safe_url(url) != url:
        yield Finding(number, "url", "has an address with characters that must be percent-encoded")
    if url in seen:
        yield Finding(number, "duplicate", "has an address that stands further up already")
    seen.add(url)
