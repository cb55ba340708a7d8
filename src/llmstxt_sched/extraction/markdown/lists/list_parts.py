"""What a list holds: its items, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator

from llmstxt_sched.extraction.dom.tree import Element


def parts_of_list(node: Element) -> Iterator[Element | list[Element | str]]:
    """The items of a list, and what stands between them without being one, as LDoc writes what is returned."""
    run: list[Element | str] = []
    for child in node.children:
        if isinstance(child, Element) and child.dropped:
            continue
        if isinstance(child, Element) and child.is_block:
            if any(not isinstance(part, str) or part.strip() for part in run):
                yield run
            run = []
            yield child
        else:
            run.append(child)
    if any(not isinstance(part, str) or part.strip() for part in run):
        yield run
