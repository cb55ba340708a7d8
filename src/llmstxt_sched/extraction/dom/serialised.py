"""Reads the elements of a page out of what the parser writes of it.

Asking the parser for each node, its name, its attributes and its text makes an object a question.  What it writes is
HTML in which every `<` begins a tag and the next `>` ends it, but in comments and in the text of scripts, and no end
tag is missing (HTML standard, section 13.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.nesting import MAX_DEPTH, too_deep
from llmstxt_sched.extraction.dom.start_tag import RAW, StartTags, unescape
from llmstxt_sched.extraction.dom.tree import TOKEN_MARK, Element

_TOKEN = re.compile(rf'<span class="(?:{selectors.TOKENS})">([^<]*)</span>')
# The number of open elements, the root among them, in which nothing more may stand.
_DEEPEST = MAX_DEPTH + 2


def read_serialised(html: str) -> list[Element] | None:
    """The elements of `html`, in the page's order and measured; None if a strange name in it makes it ambiguous.

    Raises FetchFailed("parse_error") if they nest too deeply.
    """
    order: list[Element] = []
    parent: Element | None = None
    end_tag = ""
    depth = 0
    starts = StartTags()
    pieces = iter(_without_tokens(html).split("<"))
    next(pieces)
    for piece in pieces:
        written, end, text = piece.partition(">")
        if written == end_tag and parent is not None:
            if depth >= _DEEPEST and parent.children:
                raise too_deep()
            parent.close(len(order))
            parent = parent.parent
            end_tag = parent.start.end_tag if parent is not None else ""
            depth -= 1
        elif written[:1] == "!":
            text = _after_comment(piece, pieces)
        else:
            start = starts[written] if end else None
            if start is None or (parent is None and order):
                return None
            element = Element(start, parent, len(order))
            order.append(element)
            if parent is not None:
                parent.children.append(element)
            if start.is_closed_at_once:
                text = _close(element, text, pieces, len(order))
            else:
                parent, end_tag = element, start.end_tag
                depth += 1
        if text and parent is not None:
            parent.add_text(unescape(text) if "&" in text else text)
    return order if parent is None and order else None


def _without_tokens(html: str) -> str:
    """`html` with a mark for each tag around a token of code, which says nothing but its colour."""
    if "</pre>" not in html:
        return html
    parts = html.split("</pre>")
    for at, part in enumerate(parts[:-1]):
        before, begin, code = part.rpartition("<pre")
        parts[at] = f"{before}{begin}{TOKEN_MARK.join(_TOKEN.split(code))}"
    return "</pre>".join(parts)


def _close(element: Element, text: str, pieces: Iterator[str], end: int) -> str:
    """Close a void element, or one whose text is written as it is; the text that follows it."""
    if element.tag in RAW:
        raw, text = _raw_text(text, pieces, f"/{element.tag}>")
        element.add_text(raw)
    element.close(end)
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
