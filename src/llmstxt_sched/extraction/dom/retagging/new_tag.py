"""Gives an element another tag."""

from __future__ import annotations

from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element


def name(node: Element, tag: str) -> None:
    """Make the element one of the name `tag`, with its attributes."""
    node.start = StartTag(tag, node.start.attrs)
    node.tag, node.is_block = tag, True
