"""A page as a tree of plain Python objects.

Every step asks for the tags, attributes, texts and sizes of the same elements.  A node of the parser makes a new object
for each answer; these have theirs at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from llmstxt_sched.extraction import selectors


class Element:
    """An element of the page.

    `children` are elements and texts.  `dropped` is the kind of what is no content, '' for content.  `chars` is the
    number of characters of its text, `link_chars` of those in links; what is dropped does not count.  `is_block` tells
    whether it is laid out as a block.  `label` is the name of a tab, where the element is the tab's panel.
    """

    __slots__ = (
        "at",
        "attrs",
        "chars",
        "children",
        "dropped",
        "end",
        "is_block",
        "label",
        "link_chars",
        "parent",
        "tag",
    )

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: Element | None) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.children: list[Element | str] = []
        self.dropped = self.label = ""
        self.at = self.end = self.chars = self.link_chars = 0
        self.is_block = tag in selectors.BLOCKS

    def add_text(self, text: str) -> None:
        """Put a text at its end."""
        self.children.append(text)
        if not text.isspace():
            # White space says nothing, and would hide from `link_density` that a text is nothing but links.
            self.chars += len(text.strip())

    def get(self, name: str) -> str:
        """The value of an attribute; '' if it has none."""
        return self.attrs.get(name) or ""

    @property
    def classes(self) -> frozenset[str]:
        """Its classes, in lower case."""
        names = self.attrs.get("class")
        return _split_names(names) if names else frozenset()

    @property
    def link_density(self) -> float:
        """The share of its text that is in links, from 0 to 1; 1 if it has no text."""
        return self.link_chars / self.chars if self.chars else 1.0

    def holds(self, other: Element) -> bool:
        """Whether `other` is in this element."""
        return self.at < other.at < self.end

    def ancestors(self) -> Iterator[Element]:
        """The elements around it, innermost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def elements(self) -> Iterator[Element]:
        """The elements that it holds directly, without those that are dropped."""
        return (child for child in self.children if isinstance(child, Element) and not child.dropped)

    def text(self) -> str:
        """Its text without what is dropped, with a space where a block or a line ends."""
        texts: list[str] = []
        ahead: list[Element | str] = [self]
        while ahead:
            node = ahead.pop()
            if isinstance(node, str):
                texts.append(node)
            elif not node.dropped or node is self:
                if node.is_block or node.tag == "br":
                    texts.append(" ")
                    ahead.append(" ")
                ahead.extend(reversed(node.children))
        return "".join(texts)

    def words(self) -> str:
        """Its text on one line, each run of white space collapsed to one space."""
        only = self.children[0] if len(self.children) == 1 else None
        return " ".join((only if isinstance(only, str) else self.text()).split())

    def drop(self, kind: str) -> None:
        """Count it among what is no content, for the reason `kind`."""
        self.dropped = kind
        for node in self.ancestors():
            node.chars -= self.chars
            node.link_chars -= self.link_chars

    def show(self) -> None:
        """Take it back among the content."""
        self.dropped = ""
        for node in self.ancestors():
            node.chars += self.chars
            node.link_chars += self.link_chars


class Tree:
    """A page: all its elements in the page's order, of which `order[e.at + 1 : e.end]` are in the element `e`.

    `kept` are the outermost elements that the project says are the page's content.
    """

    def __init__(self, root: Element, order: list[Element] | None = None, kept: Iterable[Element] = ()) -> None:
        self.root = root
        self.order = order or _in_order(root)
        self.kept: list[Element] = []
        self._indexed: dict[str, list[Element]] = {tag: [] for tag in selectors.INDEXED}
        self._measure()
        for node in kept:
            if not any(outer.holds(node) for outer in self.kept[-1:]):
                self.kept.append(node)

    @property
    def body(self) -> Element:
        """The page's <body>, else its root."""
        return next((child for child in self.root.elements() if child.tag == "body"), self.root)

    @cached_property
    def fragments(self) -> frozenset[str]:
        """The ids that the page's own links lead to."""
        hrefs = (link.get("href") for link in self.tagged("a"))
        return frozenset(href[1:] for href in hrefs if href.startswith("#"))

    def tagged(self, *tags: str) -> list[Element]:
        """All elements of these tags, which are among INDEXED, in the page's order, dropped or not."""
        if len(tags) == 1:
            return self._indexed[tags[0]]
        return sorted((node for tag in tags for node in self._indexed[tag]), key=lambda node: node.at)

    def within(self, node: Element) -> Iterator[Element]:
        """The elements in `node`, without those that are dropped, or get dropped meanwhile, and what they hold."""
        order, at, end = self.order, node.at + 1, node.end
        while at < end:
            inner = order[at]
            if not inner.dropped:
                yield inner
            at = inner.end if inner.dropped else at + 1

    def _measure(self) -> None:
        """Set where each element ends and its sizes, and whether blocks are in what is none; index some."""
        indexed, unread = self._indexed, selectors.UNREAD
        at = len(self.order)
        for node in reversed(self.order):
            at -= 1
            node.at = at
            if node.end <= at:
                node.end = at + 1
            tag, parent = node.tag, node.parent
            if tag in indexed:
                indexed[tag].append(node)
            if tag == "a":
                node.link_chars = node.chars
            if parent is None:
                continue
            if parent.end < node.end:
                parent.end = node.end
            if tag not in unread and not node.dropped:
                parent.chars += node.chars
                parent.link_chars += node.link_chars
                if node.is_block:
                    parent.is_block = True
        for found in indexed.values():
            found.reverse()


def _in_order(root: Element) -> list[Element]:
    order: list[Element] = []
    ahead = [root]
    while ahead:
        node = ahead.pop()
        order.append(node)
        ahead += [child for child in reversed(node.children) if isinstance(child, Element)]
    return order


@lru_cache(maxsize=4096)
def _split_names(names: str) -> frozenset[str]:
    return frozenset(names.lower().split())
