"""Writes what is left of a page as HTML, for a library that reads pages itself."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Final

from llmstxt_sched.extraction.dom.start_tag import ADDRESS, StartTag
from llmstxt_sched.extraction.dom.tree import Element

_PICTURES: Final = frozenset(["img", "source"])


def as_html(root: Element) -> str:
    """`root` as a page of its own, without what is dropped, pictures and addresses of links.

    A picture's address may be all of it, which should not be remembered with its start tag.
    """
    parts = ["<html>"]
    opened: list[Element] = []
    ahead: list[Element | str] = [root]
    while ahead:
        node = ahead.pop()
        if isinstance(node, str):
            parts.append(escape(node, quote=False))
        elif opened and opened[-1] is node:
            opened.pop()
            parts.append(f"</{node.tag}>")
        elif not node.dropped and node.tag not in _PICTURES:
            parts.append(f"<{node.tag}{_attributes(node.start)}>")
            if not node.start.is_closed_at_once:
                opened.append(node)
                ahead.append(node)
            ahead.extend(reversed(_spaced_alike(node) if node.is_block and node.tag != "pre" else node.children))
    parts.append("</html>")
    return "".join(parts)


def _spaced_alike(block: Element) -> list[Element | str]:
    """What a block holds, without white space at its edges and beside other blocks: it differs between two builds."""
    parts: list[Element | str] = []
    is_at_edge = True
    for child in block.children:
        if isinstance(child, str):
            words = " ".join(child.split())
            before = " " if child[:1].isspace() and not is_at_edge else ""
            after = " " if words and child[-1:].isspace() else ""
            parts.append(f"{before}{words}{after}")
            is_at_edge = is_at_edge and not words
        else:
            if child.is_block:
                _end_line(parts)
            parts.append(child)
            is_at_edge = child.is_block
    _end_line(parts)
    return parts


def _end_line(parts: list[Element | str]) -> None:
    last = parts[-1] if parts else None
    if isinstance(last, str):
        parts[-1] = last.rstrip()


@lru_cache(maxsize=4096)
def _attributes(start: StartTag) -> str:
    attrs = start.attrs.items()
    return "".join([f' {name}="{escape(value or "")}"' for name, value in attrs if name not in ADDRESS])
