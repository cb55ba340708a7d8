"""Removes from Markdown the raw HTML that its reader does not see: scripts, styles, hidden elements.  Pure.

What begins and never ends would hide all that follows, also of other pages: its beginning is escaped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from llmstxt_sched.extraction.content.visibility.unseen_styles import hides

# Passed over are what is escaped and spans of code (CommonMark 2.4 and 6.1); what begins in a line that is indented or
# quoted may be code (4.4), and stays.
_TOKEN = re.compile(
    r"\\<|(?<!`)(`{1,5})(?!`)[^\n]{0,500}?(?<!`)\1(?!`)|\n(?P<code> {4}|\t| {0,3}>)?|"
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:\s[^<>]*)?)>"
)
_UNREAD = frozenset(["script", "style", "template"])
_EMPTY = frozenset(["br", "hr", "img", "input", "link", "meta", "source", "wbr"])
_ATTRIBUTE = re.compile(r"""\s([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
# The beginnings of blocks of HTML that go on to their end, or else to that of the text (CommonMark 4.6).
_BEGINNING = re.compile(
    r"\\<|(?<!`)(`{1,5})(?!`)[^\n]{0,500}?(?<!`)\1(?!`)|"
    r"<(?P<kind>!--|\?|!\[CDATA\[|(?:script|pre|style|textarea)(?=[\s>]))",
    re.IGNORECASE,
)
_ENDS = {"!--": "-->", "?": "?>", "![cdata[": "]]>"}


class _Begin(NamedTuple):
    at: int
    is_unseen: bool


def without_unseen(markdown: str) -> str:
    """`markdown`, in which there is no fenced code, without what is not shown of its HTML.

    An element that does not end stays: its text may be all that follows.
    """
    if "<" not in markdown:
        return markdown
    kept, copied = list[str](), 0
    for start, end in sorted(_unseen(markdown)):
        if start >= copied:
            kept.append(markdown[copied:start])
            copied = end
    return "".join([*kept, markdown[copied:]])


def with_escaped_beginnings(markdown: str) -> str:
    """`markdown`, in which there is no fenced code, with a backslash before each HTML that begins and has no end."""
    if "<" not in markdown:
        return markdown
    lowered, last = markdown.lower(), dict[str, int]()

    def escaped(found: re.Match[str]) -> str:
        kind = (found["kind"] or "").lower()
        if not kind:
            return found[0]
        end = _ENDS.get(kind, f"</{kind}")
        if end not in last:
            last[end] = lowered.rfind(end)
        return found[0] if last[end] >= found.end() else f"\\{found[0]}"

    return _BEGINNING.sub(escaped, markdown)


def _unseen(markdown: str) -> list[tuple[int, int]]:
    """Where elements that are not shown begin and end."""
    found, is_code = list[tuple[int, int]](), False
    starts: dict[str, list[_Begin]] = defaultdict(list)
    for token in _TOKEN.finditer(f"\n{markdown}"):
        if token[0][0] == "\n":
            is_code = token["code"] is not None
        elif token["name"]:
            name = token["name"].lower()
            if not token["end"]:
                starts[name].append(_Begin(token.start() - 1, not is_code and _is_unseen(name, token["attributes"])))
            elif starts[name]:
                start = starts[name].pop()
                found += [(start.at, token.end() - 1)] if start.is_unseen else []
    return found


def _is_unseen(name: str, written: str) -> bool:
    if name in _EMPTY or written.endswith("/"):
        return False
    attributes = {
        each[1].lower(): each[2] or each[3] or each[4] or "" for each in reversed([*_ATTRIBUTE.finditer(written)])
    }
    is_hidden = attributes.get("hidden", "until-found") != "until-found"
    return name in _UNREAD or is_hidden or hides(attributes.get("style", ""))
