"""Finds the links of a page in Markdown.  Pure.

A module of its own because the crawl's process loads it, and not the rest of what reads pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
CODE_SPAN = r"`[^`\n]*`"
_INLINE_TARGET = r"[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*"
# Inline links, reference definitions and autolinks (CommonMark 6.3, 4.7 and 6.5), but for those in code.
_LINK = re.compile(
    rf"{CODE_SPAN}|(\]\(\s*<?)({_INLINE_TARGET})|^( {{0,3}}\[[^\[\]\n]+\]:\s*<?)([^\s<>]+)|<(https?://[^\s<>]+)>",
    re.MULTILINE,
)
_RELATIVE = re.compile(r"(?![a-zA-Z][a-zA-Z0-9+.-]*:|#)")


def find_targets(markdown: str) -> Iterator[str]:
    """The targets of the links in `markdown`, as written and in order; not those of images, and none in code."""
    for part, is_code in parts_of(markdown):
        if not is_code:
            found = (link[2] or link[4] or link[5] for link in _LINK.finditer(_IMAGE.sub("", part)))
            yield from filter(None, found)


def with_absolute_targets(prose: str, url: str) -> str:
    """`prose`, which stands at `url`, with absolute addresses in its links."""
    return _LINK.sub(lambda link: _with_absolute_target(link, url), prose)


def parts_of(markdown: str) -> Iterator[tuple[str, bool]]:
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


def _with_absolute_target(link: re.Match[str], url: str) -> str:
    before, target = (link[1], link[2]) if link[1] else (link[3], link[4])
    if not before or not _RELATIVE.match(target):
        return link[0]
    try:
        address = urljoin(url, target)
    except ValueError:
        return link[0]
    return f"{before}{address}"
