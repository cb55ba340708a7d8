"""What a list holds: its items, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element

# What shows nothing where nothing is in it.
_BOXES: Final = frozenset(["div", "p"])


def parts_of_list(node: Element) -> Iterator[Element | list[Element | str]]:
    """The items of a list, and what stands between them without being one, as LDoc writes what is returned."""
    run: list[Element | str] = []
    for child in node.children:
        if isinstance(child, Element) and child.dropped:
            continue
        if isinstance(child, Element) and child.is_block:
            if not all(map(_is_space, run)):
                yield run
            run = []
            if child.tag not in _BOXES or child.chars or next(child.elements(), None) is not None:
                yield child
        else:
            run.append(child)
    if not all(map(_is_space, run)):
        yield run


def _is_space(part: Element | str) -> bool:
    return not part.strip() if isinstance(part, str) else part.tag == "br"
