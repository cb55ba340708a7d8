"""The parts of a page, each of which belongs to the article as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.article.article_text import ArticleText, words_of
from llmstxt_sched.extraction.dom.tree import Element

BESIDE: Final = "beside the article"
# Read as one part.
WHOLE: Final = frozenset([*selectors.CODE_BLOCKS, "table"])
# A part belongs to the article if this share of its runs of words does; a table's cells are in another order.
_MIN_FOUND, _MIN_FOUND_IN_TABLE = 0.5, 0.3


class Part:
    """A block without others in it, or what stands between blocks: the children of `holder` from `start` to `end`."""

    __slots__ = ("end", "holder", "is_kept", "start", "words")

    def __init__(self, holder: Element, start: int, end: int) -> None:
        self.holder = holder
        self.start = start
        self.end = end
        self.words = 0
        self.is_kept = False

    @property
    def tag(self) -> str:
        """The tag of a block; '' for what stands between blocks."""
        return "" if self.end else self.holder.tag

    @property
    def around(self) -> Element | None:
        """The element that the part is directly in."""
        return self.holder if self.end else self.holder.parent

    @property
    def nodes(self) -> list[Element | str]:
        """The block, or what stands between blocks."""
        if not self.end:
            return [self.holder]
        between = self.holder.children[self.start : self.end]
        return [node for node in between if isinstance(node, str) or not node.dropped]

    @property
    def text(self) -> str:
        """All of its text."""
        return " ".join(node if isinstance(node, str) else node.text() for node in self.nodes)

    def is_in(self, node: Element) -> bool:
        """Whether it is the node or in it."""
        return node is self.holder or node.holds(self.holder)

    def drop(self) -> int:
        """Drop it; the number of texts among what is dropped that are in no element of their own."""
        texts = [node for node in self.nodes if isinstance(node, str) and not node.isspace()]
        for node in self.nodes:
            if isinstance(node, Element):
                node.drop(BESIDE)
        between = self.holder.children[self.start : self.end]
        self.holder.children[self.start : self.end] = [" " if isinstance(node, str) else node for node in between]
        return len(texts)


def split(root: Element) -> Iterator[Part]:
    """The parts of `root`, in the page's order; a table and a block of code are one."""
    ahead = [(root, 0)]
    start = 0
    while ahead:
        holder, at = ahead.pop()
        node = holder.children[at] if at < len(holder.children) else None
        ahead += [(holder, at + 1)] if node is not None else []
        if isinstance(node, str) or (node is not None and (node.dropped or not node.is_block)):
            continue
        between = Part(holder, start, at)
        if at > start and any(part.strip() if isinstance(part, str) else part.chars for part in between.nodes):
            yield between
        start = at + 1
        if node is None:
            start = ahead[-1][1] if ahead else 0
        elif node.tag in WHOLE or not any(inner.is_block for inner in node.elements()):
            if node.chars:
                yield Part(node, 0, 0)
        else:
            ahead.append((node, 0))
            start = 0


def part_of(article: ArticleText, part: Part) -> Part:
    """The part, which is kept if it is in the article."""
    text = part.text
    words = words_of(text)
    part.words = len(words)
    part.is_kept = article.has(text, words, _MIN_FOUND_IN_TABLE if part.tag == "table" else _MIN_FOUND)
    return part
