"""Rejects large pages whose elements nest too deeply, before they are parsed.

lexbor takes quadratic time for unclosed elements: 97 KB of `<div>` take over a second, 488 KB over 40 seconds.  How
deep a smaller page is shows once it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from llmstxt_sched.errors import FetchFailed

MAX_DEPTH: Final = 512
SMALL_CHARS: Final = 128 * 1024
_NAME_OR_COMMENT: Final = re.compile(r"<(/?[a-zA-Z][^\s/>]*|!--)")
# Elements whose content is text up to their end tag (HTML standard, section 13.1.2).
_RAW: Final = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"])
# Void elements, and those closed by their next start tag, which cannot nest in themselves.
_FLAT_NAMES: Final = """
    area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody
    tfoot colgroup caption option optgroup rp rt html head body
"""
_FLAT: Final = frozenset(_FLAT_NAMES.split())
_NAME: Final = re.compile(r"<(/?[a-zA-Z][^\s/>]*)")


def check_nesting(text: str) -> None:
    """Raise FetchFailed("parse_error") if the page is large and its elements nest deeper than MAX_DEPTH."""
    # From cheap to expensive.  Each level needs a start tag, so counting tags accepts most pages; counting those in
    # scripts and comments too accepts nearly all others.
    if len(text) <= SMALL_CHARS or text.count("<") - text.count("</") <= MAX_DEPTH:
        return
    if _may_be_deep(_NAME.findall(text)) and _is_deep(_real_tags(text)):
        raise too_deep()


def too_deep() -> FetchFailed:
    """The error of a page whose elements nest too deeply."""
    return FetchFailed("parse_error", f"its elements nest deeper than {MAX_DEPTH}")


def _may_be_deep(tags: list[str]) -> bool:
    """Whether more than MAX_DEPTH elements are open at once if an end tag closes no more than its own."""
    open_tags: dict[str, int] = {}
    depth = 0
    for tag in tags:
        if tag[0] != "/":
            if tag not in _FLAT:
                open_tags[tag] = open_tags.get(tag, 0) + 1
                depth += 1
                if depth > MAX_DEPTH:
                    return True
        elif open_tags.get(tag[1:]):
            open_tags[tag[1:]] -= 1
            depth -= 1
    return False


def _is_deep(tags: Iterable[str]) -> bool:
    open_tags: list[str] = []
    counts: dict[str, int] = {}
    for tag in tags:
        name = tag.lower()
        if name[0] != "/":
            if name not in _FLAT:
                open_tags.append(name)
                counts[name] = counts.get(name, 0) + 1
                if len(open_tags) > MAX_DEPTH:
                    return True
        elif counts.get(name[1:]):
            last = ""
            while last != name[1:]:
                last = open_tags.pop()
                counts[last] -= 1
    return False


def _real_tags(text: str) -> Iterator[str]:
    """The tags outside comments and raw text, each as `name` or `/name`."""
    position = 0
    while (match := _NAME_OR_COMMENT.search(text, position)) is not None:
        position = match.end()
        name = match[1].lower()
        if name == "!--":
            end = text.find("-->", position)
            position = len(text) if end < 0 else end + 3
        elif name in _RAW:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(text, position)
            position = closing.start() if closing else len(text)
        else:
            yield name
