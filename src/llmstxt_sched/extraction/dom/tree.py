"""A page as a tree of plain Python objects.

Every step asks for the tags, attributes, texts and sizes of the same elements.  A node of the parser makes a new object
for each answer; these have theirs at hand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.white_space import without_breaks


class Element:
    """An element of the page.

    `attrs` has its address, which its start tag may have not.  `children` are elements and texts.  `dropped` is the
    kind of what is no content, '' for content.  `chars` is the number of characters of its text, `link_chars` of those
    in links; what is dropped does not count.  `is_block` tells whether it is laid out as a block.  `label` is the name
    of a tab, where the element is the tab's panel.
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
        "start",
        "tag",
    )

    def __init__(
        self,
        start: StartTag,
        attrs: dict[str, str | None],
        parent: Element | None,
        at: int = 0,
        chars: int = 0,
        link_chars: int = 0,
    ) -> None:
        self.start = start
        self.tag = start.name
        self.attrs = attrs
        self.parent = parent
        self.children: list[Element | str] = []
        self.dropped = self.label = ""
        self.at = at
        self.end = 0
        self.chars = chars
        self.link_chars = link_chars
        self.is_block = start.is_block

    def add_text(self, text: str) -> None:
        """Put a text at its end, if there is any."""
        # White space says nothing, and would hide from `link_density` that a text is nothing but links.
        self.chars += len(text.strip())
        if text:
            self.children.append(text)

    def close(self, end: int) -> None:
        """End it where all that it holds is known, and count that in the element around it.

        `end` is the place in the page's order after the last element in it.
        """
        self.end = end
        if self.tag == "a":
            self.link_chars = self.chars
        parent = self.parent
        if parent is not None and not self.dropped and not self.start.is_unread:
            if self.chars:
                parent.chars += self.chars
                parent.link_chars += self.link_chars
            if self.is_block:
                parent.is_block = True

    def get(self, name: str) -> str:
        """The value of an attribute; '' if it has none."""
        return self.attrs.get(name) or ""

    @property
    def classes(self) -> frozenset[str]:
        """Its classes, in lower case."""
        return self.start.classes

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
        for child in self.children:
            if isinstance(child, Element) and not child.dropped:
                yield child

    def ancestor(self, tags: Collection[str]) -> Element | None:
        """The innermost element with one of these tags around it."""
        return next(filter(lambda outer: outer.tag in tags, self.ancestors()), None)

    @property
    def only_text(self) -> str | None:
        """What it holds, if that is nothing but one text."""
        children = self.children
        if len(children) == 1:
            only = children[0]
            if isinstance(only, str):
                return only
        return None

    def text(self, without: Collection[str] = ()) -> str:
        """Its text, with a space where a block or a line ends, without what is dropped and elements of these tags."""
        texts: list[str] = []
        ahead: list[Element | str] = [self]
        while ahead:
            node = ahead.pop()
            if isinstance(node, str):
                texts.append(node)
            elif node is self or not (node.dropped or node.tag in without):
                if node.is_block or node.tag == "br":
                    texts.append(" ")
                    ahead.append(" ")
                ahead += node.children[::-1]
        return "".join(texts)

    def words(self, without: Collection[str] = ()) -> str:
        """Its `text` on one line, each run of white space collapsed to one space."""
        only = self.only_text
        return " ".join((self.text(without) if only is None else without_breaks(only)).split())

    def drop(self, kind: str) -> None:
        """Count it among what is no content, for the reason `kind`."""
        self.dropped = kind
        self._count(-1)

    def show(self) -> None:
        """Take it back among the content."""
        self.dropped = ""
        self._count(1)

    def _count(self, sign: int) -> None:
        """Count its text in the elements around it, or no longer: all of it as a link's in and around a link."""
        link_chars = self.link_chars
        for node in self.ancestors():
            if node.tag == "a":
                link_chars = self.chars
            node.chars += sign * self.chars
            node.link_chars += sign * link_chars


Alike = dict[StartTag, list[Element]]


class Tree:
    """A page: all its elements in the page's order; `order[e.at + 1 : e.end]` are those in the element `e`.

    `alike` are the same elements by their start tags.  `kept` are the outermost elements that the project
    says are the page's content, `picked` those of its selectors that matched something.  `hidden_texts` hold texts that
    are dropped beside elements that stay.
    """

    def __init__(self, order: list[Element], kept: Iterable[Element] = (), alike: Alike | None = None) -> None:
        self.root = order[0]
        self.order = order
        self._alike = alike or _grouped(order)
        self._by_name: defaultdict[str, list[list[Element]]] = defaultdict(list)
        self._having: defaultdict[str, list[StartTag]] = defaultdict(list)
        for start, nodes in self._alike.items():
            self._by_name[start.name].append(nodes)
            for name in start.attrs:
                self._having[name].append(start)
        self._fragments: frozenset[str] | None = None
        self._nests_tables: bool | None = None
        self.hidden_texts: list[Element] = []
        self.picked: tuple[str, ...] = ()
        self.kept: list[Element] = []
        for node in kept:
            if not any(outer.holds(node) for outer in self.kept[-1:]):
                self.kept.append(node)

    @property
    def body(self) -> Element:
        """The page's <body>, else its root."""
        return next(filter(lambda child: child.tag == "body", self.root.elements()), self.root)

    @property
    def fragments(self) -> frozenset[str]:
        """The ids that the page's own links lead to."""
        if self._fragments is None:
            hrefs = [link.get("href") for link in self.tagged("a")]
            self._fragments = frozenset(href[1:] for href in hrefs if href.startswith("#"))
        return self._fragments

    @property
    def nests_tables(self) -> bool:
        """Whether a table of the page is in another one."""
        if self._nests_tables is None:
            tables = self.tagged("table")
            self._nests_tables = any(outer.holds(inner) for outer, inner in pairwise(tables))
        return self._nests_tables

    def having(self, name: str) -> list[StartTag]:
        """The start tags with this attribute."""
        return self._having.get(name, [])

    def tagged(self, *names: str) -> list[Element]:
        """All elements of these names, in the page's order, dropped or not."""
        return self._merged(self._named(names))

    def named_like(self, pattern: re.Pattern[str]) -> list[Element]:
        """All elements whose whole name the pattern matches, in the page's order, dropped or not."""
        return self.tagged(*[name for name in self._by_name if pattern.fullmatch(name)])

    def add_tagged(self, node: Element) -> None:
        """Find an element by its new name as well."""
        self._by_name[node.tag].append([node])

    def where(self, question: Question, having: Iterable[str], names: Iterable[str] = ()) -> list[Element]:
        """All elements of these names, and those whose start tag is asked for, in the page's order, dropped or not.

        Only start tags with one of the attributes `having` are asked about.
        """
        lists = [self._having[name] for name in having if name in self._having]
        asked = lists[0] if len(lists) == 1 else dict.fromkeys(start for starts in lists for start in starts)
        found = [self._alike[start] for start in asked if question.fits(start) and start.name not in names]
        return self._merged(found + self._named(names))

    def _named(self, names: Iterable[str]) -> list[list[Element]]:
        return [nodes for name in names if name in self._by_name for nodes in self._by_name[name]]

    def _merged(self, groups: list[list[Element]]) -> list[Element]:
        if len(groups) == 1:
            return groups[0]
        order = self.order
        return [order[at] for at in sorted([node.at for nodes in groups for node in nodes])]

    def within(self, node: Element) -> Iterator[Element]:
        """The elements in `node`, without those that are dropped, or get dropped meanwhile, and what they hold."""
        order, at, end = self.order, node.at + 1, node.end
        while at < end:
            inner = order[at]
            if not inner.dropped:
                yield inner
            at = inner.end if inner.dropped else at + 1

    def first(self, node: Element, tags: Collection[str]) -> Element | None:
        """The first element with one of these tags `within` the node."""
        return next(filter(lambda inner: inner.tag in tags, self.within(node)), None)

    def has(self, node: Element, tags: Collection[str]) -> bool:
        """Whether there is an element with one of these tags `within` the node."""
        return self.first(node, tags) is not None

    def free(self) -> None:
        """Let go of all elements, which else would keep each other until the garbage collector finds them."""
        nothing: list[Element | str] = []
        for node in self.order:
            node.children = nothing


def elements_among(nodes: Iterable[Element | str]) -> Iterator[Element]:
    """Those of `nodes` that are elements, dropped or not."""
    for node in nodes:
        if isinstance(node, Element):
            yield node


def says_something(part: Element | str) -> bool:
    """Whether it is a text, or has one that is not left out."""
    return bool(part.strip()) if isinstance(part, str) else part.chars > 0 and not part.dropped


def elements_in(node: Element) -> Iterator[Element]:
    """All elements in `node`, in the page's order, dropped or not."""
    ahead = [child for child in reversed(node.children) if isinstance(child, Element)]
    while ahead:
        inner = ahead.pop()
        yield inner
        ahead += [child for child in reversed(inner.children) if isinstance(child, Element)]


def outermost(nodes: Iterable[Element]) -> Iterator[Element]:
    """Those of `nodes`, which are in the page's order, that are in no other of them."""
    end = 0
    for node in nodes:
        if node.at >= end:
            end = node.end
            yield node


def shown(nodes: Iterable[Element], root: Element) -> Iterator[Element]:
    """Those of `nodes`, which are in the page's order, that `Tree.within` finds in `root`."""
    known, begin, end = {root}, root.at, root.end
    for node in nodes:
        if node.dropped or not begin < node.at < end:
            continue
        outer = node.parent
        if outer not in known:
            path = list[Element]()
            while outer is not None and outer not in known and not outer.dropped:
                path.append(outer)
                outer = outer.parent
            if outer not in known:
                continue
            known.update(path)
        yield node


def in_order(root: Element) -> list[Element]:
    """`root` and all elements in it, measured, in the page's order."""
    order: list[Element] = []
    ahead = [root]
    while ahead:
        node = ahead.pop()
        node.at = len(order)
        order.append(node)
        ahead += [child for child in reversed(node.children) if isinstance(child, Element)]
    for node in reversed(order):
        node.close(max(node.end, node.at + 1))
        if node.parent is not None:
            node.parent.end = max(node.parent.end, node.end)
    return order


def _grouped(order: list[Element]) -> Alike:
    found: defaultdict[StartTag, list[Element]] = defaultdict(list)
    for node in order:
        found[node.start].append(node)
    return found
