"""How much of a page's prose an element has: its text without that of links."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction.dom.tree import Element

# What has less than this share of the page's prose is a piece of its content.
_MAX_PIECE: Final = 0.1


def is_less_than_half(node: Element, body: Element) -> bool:
    """Whether the element has less than half of the page's prose."""
    return prose_chars(node) * 2 < prose_chars(body)


def is_piece(node: Element, body: Element) -> bool:
    """Whether the element has so little of the page's prose that it is one of many alike, such as an algorithm."""
    return prose_chars(node) < prose_chars(body) * _MAX_PIECE


def prose_chars(node: Element) -> int:
    """The characters of the element's text that are no link's."""
    return node.chars - node.link_chars
