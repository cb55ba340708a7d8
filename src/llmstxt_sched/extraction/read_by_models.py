"""Looks for orders to a model in all that a model may read of a page, also where our Markdown leaves it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.visibility.unseen import HIDDEN
from llmstxt_sched.extraction.dom.tree import Element
from llmstxt_sched.extraction.head.metadata import Metadata
from llmstxt_sched.extraction.injections import find_injection, find_unseen_order

# What holds no words of the page.
_SOURCES: Final = frozenset(["head", "script", "style", "svg"])


def injection_in(dropped: list[Element], main: Element, markdown: str, metadata: Metadata) -> str:
    """A passage of the page that addresses a model, or ''; `dropped` is what of it is not in its `markdown`."""
    found = find_injection(_read_by_models(dropped, main, markdown, metadata))
    return found or find_unseen_order([node.text(selectors.CODE_BLOCKS) for node in dropped if node.dropped == HIDDEN])


def _read_by_models(dropped: list[Element], main: Element, markdown: str, metadata: Metadata) -> Iterator[str]:
    """What a model may read of the page, if not from us: orders stand where no reader looks, or in a page's foot."""
    # Only of Markdown is a number sign the mark of a heading, and not where it is escaped.
    yield markdown.replace("\\#", " ")
    yield from map(_without_signs, (metadata.description, metadata.og_description, metadata.title))
    for node in dropped:
        if node.tag not in _SOURCES:
            yield _without_signs(node.text())
    inner = main
    for outer in main.ancestors():
        for beside in outer.elements():
            if beside is not inner and beside.tag not in _SOURCES:
                yield _without_signs(beside.text())
        inner = outer


def _without_signs(text: str) -> str:
    return text.replace("#", " ")
