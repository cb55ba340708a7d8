"""Keeps what is seen in an element that hides only what inherits its style, such as `font-size:0` around columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.visibility.hidden import inherited_by, is_seen_again
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost

# Elements that are looked at of one that is hidden: such may nest by the hundreds.
_MAX_INSIDE: Final = 2000
_TEXT: Final = StartTag("span", {})

Looked = set[tuple[Element, frozenset[str]]]


def keep_seen_again(tree: Tree, node: Element, kind: str, looked: Looked) -> bool:
    """Drop only what is not seen of a hidden element, as `kind`; False if that is all, or a page yet to be shown.

    `looked` are the elements that were looked through, each for the properties that hide what it holds.
    """
    names = inherited_by(node)
    if not names:
        return False
    if (node, names) in looked:
        return node.chars > 0
    inside = islice(tree.within(node), _MAX_INSIDE)
    seen = dict.fromkeys(outermost([inner for inner in inside if is_seen_again(inner, names)]))
    chars = sum(inner.chars for inner in seen)
    if not chars or (chars * 2 < node.chars and tree.has(node, selectors.MARKS_OF_PAGES)):
        return False
    path = _path(seen, node)
    for outer in path:
        outer.children = [_kept(tree, child, outer, kind) for child in outer.children]
        for child in outer.elements():
            if child not in path and child not in seen:
                _drop(child, kind)
    looked.update((outer, names) for outer in path)
    return True


def _drop(node: Element, kind: str) -> None:
    if node.start.is_unread:
        # Its text was never counted.
        node.dropped = kind
    else:
        node.drop(kind)


def _path(seen: Iterable[Element], node: Element) -> dict[Element, None]:
    """The elements from `node` to those that are seen in it, without these."""
    path = {node: None}
    for inner in seen:
        outer = inner.parent
        # Each is climbed once, however deep they nest.
        while outer is not None and outer not in path:
            path[outer] = None
            outer = outer.parent
    return path


def _kept(tree: Tree, child: Element | str, parent: Element, kind: str) -> Element | str:
    """A child of an element that is not seen: a text as an element that is dropped."""
    if not isinstance(child, str) or child.isspace():
        return child
    hidden = Element(_TEXT, {}, parent, parent.at, len(child.strip()))
    hidden.children = [child]
    hidden.drop(kind)
    tree.hidden_texts.append(hidden)
    return hidden
