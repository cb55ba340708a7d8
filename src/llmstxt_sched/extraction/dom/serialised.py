"""Reads the elements of a page out of what the parser writes of it.

Asking the parser for each node, its name, its attributes and its text makes an object a question.  What it writes is
HTML in which every `<` begins a tag and the next `>` ends it, but in comments and in the text of scripts, and no end
tag is missing (HTML standard, section 13.3).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.nesting import MAX_DEPTH, too_deep
from llmstxt_sched.extraction.dom.start_tag import RAW, StartTag, start_tag, unescape
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.remembered import MAX_REMEMBERED

_SPAN: Final = '<span class="'
_TOKEN: Final = re.compile(rf'{_SPAN}(?:{selectors.TOKENS})">([^<]*)</span>')
# A page has no NULs.
_TOKEN_MARK: Final = "\0"  # noqa: S105 - a token of code is meant
_FOREIGN: Final = frozenset(["math", "svg"])
# What is around the root.
_NOTHING: Final = StartTag("", {})
# In characters; a longer text is not copied for each of its comments.
_MAX_JOINED: Final = 1000
# The number of open elements, the root among them, in which nothing more may stand.
_DEEPEST: Final = MAX_DEPTH + 2


class _Start:
    """What an element is made of: its start tag, its attributes, and the elements alike, to which it is added.

    The target of a link says nothing of what the element is: links that are otherwise alike share one start tag.
    """

    __slots__ = ("alike", "attrs", "tag")

    def __init__(self, tag: StartTag, attrs: dict[str, str | None], alike: list[Element]) -> None:
        self.tag = tag
        self.attrs = attrs
        self.alike = alike


def read_serialised(html: str) -> Tree | None:
    """The tree of the page `html`; None if what is in it makes it ambiguous.

    Raises FetchFailed("parse_error") if they nest too deeply.
    """
    around = parent = Element(_NOTHING, {}, None)
    order: list[Element] = []
    # The characters that were read so far, and those of them in links; an open element has what was read before it.
    chars = link_chars = depth = 0
    end_tag = ""
    starts, groups = dict[str, _Start](), dict[StartTag, list[Element]]()
    pieces = iter(_without_tokens(html).split("<"))
    next(pieces)
    for piece in pieces:
        if depth and piece.startswith(end_tag):
            text = piece[len(end_tag) :]
            if depth >= _DEEPEST and parent.children:
                raise too_deep()
            parent.end = len(order)
            parent.chars = chars - parent.chars
            parent.link_chars = link_chars - parent.link_chars
            if parent.start.is_counted_apart:
                chars, link_chars = _count(parent, chars, link_chars)
            parent = parent.parent or around
            end_tag = parent.start.end_tag
            depth -= 1
        elif piece[:1] == "!":
            text, added = _go_on(parent, _after_comment(piece, pieces))
            chars += added
        else:
            # A text has no such character, so that one at the end is the tag's.
            written, end, text = (piece[:-1], ">", "") if piece[-1:] == ">" else piece.partition(">")
            found = (starts.get(written) or _first_start(written, starts, groups)) if end else None
            if found is None:
                return None
            start = found.tag
            element = Element(start, found.attrs, parent, len(order), chars, link_chars)
            order.append(element)
            found.alike.append(element)
            parent.children.append(element)
            if start.is_block and not parent.is_block:
                _hold_block(parent)
            if start.is_closed_at_once:
                text = _close_at_once(element, text, pieces)
                chars += 0 if start.is_unread else element.chars
            else:
                parent, end_tag = element, start.end_tag
                depth += 1
        if text:
            chars += _add(parent, unescape(text) if "&" in text else text)
    return Tree(order, alike=groups) if not depth and _take_out(around) else None


def _first_start(written: str, starts: dict[str, _Start], groups: dict[StartTag, list[Element]]) -> _Start | None:
    """Read a start tag when it is met for the first time; None if the text is no start tag."""
    before, has_address, rest = written.partition(' href="')
    # Not in the value of another attribute.
    if has_address and before.count('"') % 2 == 0:
        href, _, after = rest.partition('"')
        address: dict[str, str | None] = {"href": unescape(href)}
        tag = start_tag(before + after)
    else:
        tag, address = start_tag(written), {}
    if tag is None:
        return None
    attrs = tag.attrs | address if address else tag.attrs
    tag = tag if len(written) <= MAX_REMEMBERED else tag.cut()
    found = starts[written] = _Start(tag, attrs, groups.setdefault(tag, []))
    return found


def _count(node: Element, chars: int, link_chars: int) -> tuple[int, int]:
    """The characters that were read so far, and those in links, at the end of a link or of what nobody reads."""
    if node.start.is_unread:
        return chars - node.chars, link_chars - node.link_chars
    others = link_chars - node.link_chars
    node.link_chars = node.chars
    return chars, others + node.chars


def _take_out(around: Element) -> bool:
    """Take what is around the root away from it; False if there are several roots, or none."""
    roots = [node for node in around.children if isinstance(node, Element)]
    if len(roots) != 1:
        return False
    roots[0].parent = None
    return True


def _hold_block(node: Element | None) -> None:
    """Lay out an element as a block, for the one in it, and with it those around it that show its text."""
    while node is not None and not node.is_block:
        node.is_block = True
        node = None if node.start.is_unread else node.parent


def _add(parent: Element, text: str) -> int:
    """Put a text, in which _TOKEN_MARK may stand around tokens of code, at the end of an element; its characters."""
    # White space says nothing, and would hide from `link_density` that a text is nothing but links.
    if _TOKEN_MARK in text:
        tokens = text.split(_TOKEN_MARK)
        text, chars = "".join(tokens), sum(map(len, map(str.strip, tokens)))
    else:
        chars = len(text.strip())
    if text:
        parent.children.append(text)
    return chars


def _go_on(parent: Element, text: str) -> tuple[str, int]:
    """Put a text after a comment at the end of the text before it, as pages that React has written have many.

    Returns what is left to be added of it, and the characters that were.
    """
    before = parent.children[-1] if parent.children else None
    if not text or not isinstance(before, str) or len(before) > _MAX_JOINED or _TOKEN_MARK in text:
        return text, 0
    parent.children[-1] = joined = before + unescape(text)
    return "", len(joined.strip()) - len(before.strip())


def _without_tokens(html: str) -> str:
    """`html` with a mark for each tag around a token of code, which says nothing but its colour."""
    if _SPAN not in html:
        return html
    parts = html.split("</pre>")
    for at, part in enumerate(parts[:-1]):
        before, begin, code = part.rpartition("<pre")
        parts[at] = f"{before}{begin}{_TOKEN_MARK.join(_TOKEN.split(code))}"
    return "</pre>".join(parts)


def _close_at_once(element: Element, text: str, pieces: Iterator[str]) -> str:
    """Close a void element, or one whose text is written as it is; the text that follows it."""
    element.end = element.at + 1
    element.chars = element.link_chars = 0
    if element.tag in RAW:
        raw, text = _raw_text(text, pieces, f"/{element.tag}>")
        element.chars = _add(element, raw)
        if "<" in raw and any(outer.tag in _FOREIGN for outer in element.ancestors()):
            # There it may hold elements (HTML standard, section 13.2.6.5).  Without its end, the page is ambiguous.
            deque(pieces, maxlen=0)
    return text


def _after_comment(piece: str, pieces: Iterator[str]) -> str:
    """The text that follows the comment which begins in `piece`."""
    while "-->" not in piece:
        piece = next(pieces, "-->")
    return piece.partition("-->")[2]


def _raw_text(text: str, pieces: Iterator[str], end: str) -> tuple[str, str]:
    """The text of an element that begins with `text` and has the end tag `end`, and the text that follows it."""
    parts = [text]
    for piece in pieces:
        if piece.startswith(end):
            return "<".join(parts), piece[len(end) :]
        parts.append(piece)
    return "<".join(parts), ""
