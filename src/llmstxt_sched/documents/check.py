"""Checks whether an llms.txt has the form that the proposal, its reference parser and validators all accept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from llmstxt_sched.documents.check_rules import Finding, finding
from llmstxt_sched.documents.model import MAX_CHARS, OPTIONAL
from llmstxt_sched.documents.parse import MAX_BYTES, heading_text, read_lines
from llmstxt_sched.documents.text import NOTE_CHARS, TITLE_CHARS, safe_url, unescape, visible

_MAX_FINDINGS_A_RULE = 100
_BOM = b"\xef\xbb\xbf"
_MEDIA_TYPES = frozenset(["text/plain", "text/markdown"])
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?utf-?8\"?\s*(?:;|$)", re.IGNORECASE)
# The reference parser's pattern, but from the line's beginning, and with the space that makes it an item of a list.
_LINK = re.compile(r"[ \t]*-[ \t]+\[(?P<title>[^\]]+)\]\((?P<url>[^)]+)\)(?P<rest>.*)")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_HTML = re.compile(r"(?<!\\)<(?!https?:)[A-Za-z/!?]")
_FENCE = re.compile(r" {0,3}(```|~~~)")
# No line needs more; a longer one is only looked at so far, so that hostile text is read in linear time.
_MAX_LINE = 2000


def check(data: bytes, content_type: str | None = None) -> list[Finding]:
    """Check the llms.txt `data`, which was sent with the Content-Type `content_type` if it is from the network.

    Returns at most 100 findings of each rule, in the order of the lines.  Never fails, whatever the bytes are.
    """
    counts: Counter[str] = Counter()
    findings = []
    for found in _findings(data, content_type):
        counts[found.rule] += 1
        if counts[found.rule] <= _MAX_FINDINGS_A_RULE:
            findings.append(found)
    return sorted(findings, key=lambda found: found.line)


def _findings(data: bytes, content_type: str | None) -> Iterator[Finding]:
    lines = read_lines(data)
    yield from _file(data, lines)
    if content_type is not None and not _is_text(content_type, data):
        yield finding("content-type", 0)
    first = next((at for at, line in enumerate(lines) if heading_text(line, 2) is not None), len(lines))
    yield from _opening(lines[:first])
    yield from _sections(lines[first:], first + 1)
    for number, line in enumerate(lines, 1):
        if visible(line) != line.replace("\xa0", " "):
            yield finding("invisible", number)
        if "<" in line and _HTML.search(_CODE.sub("", line[:_MAX_LINE])):
            yield finding("html", number)


def _is_text(content_type: str, data: bytes) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type in _MEDIA_TYPES and (data.isascii() or bool(_CHARSET.search(content_type)))


def _file(data: bytes, lines: list[str]) -> Iterator[Finding]:
    if data.startswith(_BOM):
        yield finding("bom", 1)
    if b"\r" in data:
        yield finding("line-ends", data.count(b"\n", 0, data.index(b"\r")) + 1)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield finding("utf-8", data.count(b"\n", 0, error.start) + 1)
    if sum(map(len, lines)) + len(lines) - 1 >= MAX_CHARS or len(data) > MAX_BYTES:
        yield finding("length", 0)


def _opening(lines: list[str]) -> Iterator[Finding]:
    """What is before the first section: name, summary, paragraphs."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if not filled or not heading_text(lines[filled[0]], 1):
        yield finding("name", filled[0] + 1 if filled else 1)
        return
    name, *others = filled
    if not _is_read(lines):
        yield finding("opening", name + 1)
    fence = ""
    for at in others:
        opened = _FENCE.match(lines[at])
        if opened and fence in ("", opened[1]):
            fence = "" if fence else opened[1]
        if lines[at].startswith("##"):
            yield finding("heading", at + 1)
        elif heading_text(lines[at], 1) is not None and not fence:
            yield finding("second-name", at + 1)
    yield from _summary(lines, others)


def _summary(lines: list[str], others: list[int]) -> Iterator[Finding]:
    """The summary, and the paragraphs after it; `others` are the lines below the name that are not empty."""
    if not others or not lines[others[0]].startswith(">"):
        yield finding("summary", 0)
        return
    after = others[0] + 1
    while after < len(lines) and lines[after].startswith(">"):
        yield finding("summary-lines", after + 1)
        after += 1
    if after > others[-1]:
        yield finding("details", 0)


def _is_read(lines: list[str]) -> bool:
    """Whether the reference parser finds the name in `lines`, with which the file begins.

    It searches for `^#\\s*(.+?$)\\n+(?:^>\\s*(.+?$)$)?\\n+(.*)`, in which a dot is any character.
    """
    after_name = "\n".join(lines).strip()[2:]
    quote = after_name.find("\n>")
    return "\n\n" in after_name or (quote >= 0 and "\n" in after_name[quote + 3 :])


def _sections(lines: list[str], number: int) -> Iterator[Finding]:
    """The sections in `lines`, the first of which is line `number` of the file."""
    heads: list[tuple[int, str]] = []
    names, urls = set[str](), set[str]()
    is_empty = False
    for at, line in enumerate(lines, number):
        title = heading_text(line, 2)
        if title is None and not line.strip():
            continue
        if title is not None:
            if is_empty:
                yield finding("empty-section", heads[-1][0])
            if not title or title in names:
                yield finding("section-name", at)
            heads.append((at, title))
            names.add(title)
        elif (link := _LINK.match(line)) is not None:
            yield from (finding(rule, at) for rule in _broken(link, urls))
            urls.add(link["url"])
        else:
            yield finding(_no_link(line), at)
        is_empty = title is not None
    if is_empty:
        yield finding("empty-section", heads[-1][0])
    yield from (finding("optional-last", at) for at, title in heads[:-1] if title == OPTIONAL)


def _no_link(line: str) -> str:
    """The rule that a line of a section breaks if it is no link."""
    if heading_text(line, 1) is not None:
        return "second-name"
    return "subheading" if line.startswith("###") else "link"


def _broken(link: re.Match[str], urls: set[str]) -> Iterator[str]:
    """The rules that a link breaks."""
    title, url, rest = unescape(link["title"]), link["url"], link["rest"]
    if not title.strip():
        yield "title"
    if "[" in title:
        yield "title-brackets"
    if len(title) > TITLE_CHARS:
        yield "title-length"
    if rest.strip() and not rest.startswith(":"):
        yield "note-colon"
    if len(unescape(rest[1:].strip())) > NOTE_CHARS:
        yield "note-length"
    if not url.lower().startswith(("http://", "https://")):
        yield "absolute-url"
    elif safe_url(url) != url:
        yield "url-characters"
    if url in urls:
        yield "duplicate-url"
