"""Reads a page that its site serves as Markdown: beside its text and title also its links.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from msgspec.structs import replace

from llmstxt_sched.crawler.site_markdown.markdown_head import read_head
from llmstxt_sched.crawler.site_markdown.raw_html import with_escaped_beginnings, without_unseen
from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction.dom.charset import decode
from llmstxt_sched.extraction.injections import find_injection
from llmstxt_sched.extraction.links import MOST_LINKS, absolute
from llmstxt_sched.extraction.model import Content, content_sha256

# YAML before the text: read as Markdown, it would be a rule and a heading.
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?=[\w-]+[ \t]*:)((?:(?!---[ \t]*\n).*\n)*)---[ \t]*(?:\n+|\Z)")
_FRONT_TEXT = r"^{}[ \t]*:[ \t]*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\"'>|\n][^\n]*))"
_FRONT_TITLE = re.compile(_FRONT_TEXT.format("title"), re.MULTILINE)
_FRONT_DESCRIPTION = re.compile(_FRONT_TEXT.format("description"), re.MULTILINE)
_MAX_TITLE = 1000
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_CODE_SPAN = r"`[^`\n]*`"
_INLINE_TARGET = r"[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*"
# Inline links, reference definitions and autolinks (CommonMark 6.3, 4.7 and 6.5), but for those in code.
_LINK = re.compile(
    rf"{_CODE_SPAN}|(\]\(\s*<?)({_INLINE_TARGET})|^( {{0,3}}\[[^\[\]\n]+\]:\s*<?)([^\s<>]+)|<(https?://[^\s<>]+)>",
    re.MULTILINE,
)
_COMMENT = re.compile(rf"{_CODE_SPAN}|<!--[\s\S]*?-->")
_COMMENT_END = "-->"
# A line that is alone above its underline (CommonMark 4.3), and begins neither a list, a quotation nor a table.
_UNDERLINED = re.compile(
    r"(?:(?<=\n\n)|\A\n?) {0,3}((?![-*+>#|=]|\d{1,9}[.)])\S[^\n]{0,998}?)[ \t]*\n {0,3}(=+|-+)[ \t]*$", re.MULTILINE
)
_RELATIVE = re.compile(r"(?![a-zA-Z][a-zA-Z0-9+.-]*:|#)")


def read_markdown_page(body: bytes, url: str, content_type: str) -> Content:
    """Read the Markdown page `body`, fetched from `url`: its links become absolute; comments and what is hidden go.

    Headings are written with `#`, as in the other pages.
    """
    text, title, description = visible(decode(body, content_type)), "", ""
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        title, description = (_front_text(front[1], each) for each in (_FRONT_TITLE, _FRONT_DESCRIPTION))
    injection = visible(find_injection([text]))
    text = "".join(part if is_code else _cleaned(part, url) for part, is_code in _parts(text))
    head = read_head(text, url)
    return Content(
        replace(head, h1=head.h1 or title, description=description),
        text,
        content_sha256(text),
        tuple(_links(text, url)),
        injection=injection,
    )


def _front_text(front: str, named: re.Pattern[str]) -> str:
    found = named.search(front)
    return (found[1] or found[2] or found[3]).strip()[:_MAX_TITLE] if found else ""


def find_targets(markdown: str) -> Iterator[str]:
    """The targets of the links in `markdown`, as written and in order; not those of images, and none in code."""
    for part, is_code in _parts(markdown):
        if not is_code:
            found = (link[2] or link[4] or link[5] for link in _LINK.finditer(_IMAGE.sub("", part)))
            yield from filter(None, found)


def _links(markdown: str, url: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for target in find_targets(markdown):
        address = absolute(url, target)
        if address and address != url:
            found.setdefault(address)
        if len(found) == MOST_LINKS:
            break
    return found


def _cleaned(prose: str, url: str) -> str:
    # What follows the last end of a comment cannot hold one, and would be searched again from each beginning.
    end = prose.rfind(_COMMENT_END) + len(_COMMENT_END) if _COMMENT_END in prose else 0
    shown = _COMMENT.sub(lambda found: found[0] if found[0][0] == "`" else "", prose[:end]) + prose[end:]
    shown = _UNDERLINED.sub(_as_atx, with_escaped_beginnings(without_unseen(shown)))
    return _LINK.sub(lambda link: _with_absolute_target(link, url), shown)


def _as_atx(heading: re.Match[str]) -> str:
    return f"{'#' if heading[2][0] == '=' else '##'} {heading[1]}"


def _with_absolute_target(link: re.Match[str], url: str) -> str:
    before, target = (link[1], link[2]) if link[1] else (link[3], link[4])
    if not before or not _RELATIVE.match(target):
        return link[0]
    try:
        address = urljoin(url, target)
    except ValueError:
        return link[0]
    return f"{before}{address}"


def _parts(markdown: str) -> Iterator[tuple[str, bool]]:
    """`markdown` in parts, each with whether it is fenced code (CommonMark 4.5)."""
    fence, lines = "", list[str]()
    for line in markdown.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if not fence and mark:
            yield "".join(lines), False
            fence, lines = mark[1], [line]
            continue
        lines.append(line)
        if fence and mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
            yield "".join(lines), True
            fence, lines = "", []
    yield "".join(lines), bool(fence)
