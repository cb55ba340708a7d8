"""Of an article, drops what stands around it: teasers, comments, calls to subscribe.

Which parts those are is trafilatura's to say, which was made for news and blogs; how the others become Markdown is
ours.  On documentation it loses code, tables and headings, so only a page that looks like an article is shown to it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from msgspec import Struct

from llmstxt_sched.extraction import selectors
from llmstxt_sched.extraction.content.main_content import selectors_of
from llmstxt_sched.extraction.dom.tree import Element, Tree

BESIDE = "beside the article"
# In characters of the source and of the text, and in elements.  Articles are smaller, and trafilatura takes seconds for
# what is much larger.
_MAX_PAGE, _MAX_TEXT, _MAX_ELEMENTS = 2_000_000, 150_000, 15_000
# A page with a larger share of its text in code and tables is documentation, whatever it says of itself.
_MAX_CODE = 0.15
# A shorter text, in characters, with a smaller share of the main content has missed the article, and so has any with
# next to nothing of it.
_MIN_CHARS, _MIN_SHARE, _LEAST_SHARE = 500, 0.25, 0.05
# Read as one part.
_WHOLE = frozenset([*selectors.CODE_BLOCKS, "table"])
# A part belongs to the article if this share of its runs of so many words does; a table's cells are in another order.
_RUN = 4
_MIN_FOUND, _MIN_FOUND_IN_TABLE = 0.5, 0.3
# A shorter text, in characters, may stand in another by chance: it has to be a line of its own.
_MIN_PART = 12
# The main content is another element if it has less than half of the article: the innermost with nearly all of it.
_MIN_HELD, _NEARLY_ALL = 0.5, 0.9
_WORD = re.compile(r"\w+")


_OF_DOCUMENTATION, _OF_ARTICLES = frozenset(selectors.OF_DOCUMENTATION), frozenset(selectors.OF_ARTICLES)


class _Article(Struct, frozen=True):
    """The text of an article: without white space, the words of its lines, and its runs of words."""

    squeezed: str
    lines: frozenset[tuple[str, ...]]
    runs: frozenset[tuple[str, ...]]

    def has(self, text: str, words: list[str], share: float) -> bool:
        """Whether the text with these words is in the article, or this share of its runs of words."""
        runs = _runs(words)
        if runs:
            return sum(run in self.runs for run in runs) >= share * len(runs)
        squeezed = "".join(text.split())
        return tuple(words) in self.lines or (len(squeezed) >= _MIN_PART and squeezed in self.squeezed)


class _Part(Struct, eq=False):
    """A block without others in it, or else `nodes` are what stands between the blocks of `holder`."""

    holder: Element
    nodes: list[Element | str]
    words: int
    is_kept: bool

    def is_in(self, node: Element) -> bool:
        return node is self.holder or node.holds(self.holder)

    def drop(self) -> None:
        if not self.nodes:
            self.holder.drop(BESIDE)
        children = self.holder.children
        for node in self.nodes:
            if isinstance(node, Element):
                node.drop(BESIDE)
        texts = {id(node) for node in self.nodes if isinstance(node, str)}
        children[:] = [" " if id(child) in texts else child for child in children]


def looks_like_article(tree: Tree, main: Element, text: str, *, says_so: bool) -> bool:
    """Whether the page is shown to trafilatura; `text` is its source, `says_so` what its <head> says."""
    if len(text) > _MAX_PAGE or main.chars > _MAX_TEXT or len(tree.order) > _MAX_ELEMENTS:
        return False
    code = sum(node.chars for node in tree.within(main) if node.tag in _WHOLE)
    if code > _MAX_CODE * main.chars:
        return False
    names = {name for node in tree.within(tree.body) if node.attrs and node.chars for name in selectors_of(node.start)}
    if not _OF_DOCUMENTATION.isdisjoint(names):
        return False
    return says_so or not _OF_ARTICLES.isdisjoint(names) or _is_dated(tree)


def _is_dated(tree: Tree) -> bool:
    """Whether there is an <article> with a date, which those of generators of documentation do not have."""
    articles = [node for node in tree.within(tree.body) if node.tag == "article"]
    return any(inner.tag == "time" for node in articles for inner in tree.order[node.at + 1 : node.end])


def drop_beside_article(tree: Tree, main: Element, text: str) -> Element:
    """Drop what is not part of the article; the element that holds it, which is `main` as a rule.

    `text` is the page's source.  Nothing is dropped where no article was found.
    """
    article = _find_article(text, main.chars)
    if article is None:
        return main
    parts = [_part(article, holder, nodes) for holder, nodes in _split(tree.body)]
    main = _holder(main, [part for part in parts if part.is_kept])
    parts = [part for part in parts if part.is_in(main)]
    _keep_between(parts)
    for part in parts:
        if not part.is_kept:
            part.drop()
    return main


def _find_article(text: str, chars: int) -> _Article | None:
    """The article of the page; None if what was found is too little of the `chars` of the main content."""
    extracted = _extract(text)
    squeezed = "".join(extracted.split())
    if len(squeezed) < (_LEAST_SHARE if len(squeezed) >= _MIN_CHARS else _MIN_SHARE) * chars or not squeezed:
        return None
    lines = frozenset(tuple(_WORD.findall(line)) for line in extracted.split("\n"))
    return _Article(squeezed, lines, frozenset(_runs(_WORD.findall(extracted))))


def _extract(text: str) -> str:
    """What trafilatura finds, '' if it finds nothing or fails."""
    # Imported here, since that takes a third of a second of each worker process, most of which never meet an article.
    import trafilatura

    # What it says about a page is for nobody to act on.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(text, fast=True, include_comments=False) or ""
    except Exception:  # noqa: BLE001 - the page is then read as any other
        return ""


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _split(root: Element) -> Iterator[tuple[Element, list[Element | str]]]:
    """The parts of `root`, in the page's order; a table and a block of code are one."""
    ahead = [(root, iter(root.children))]
    run: list[Element | str] = []
    while ahead:
        holder, children = ahead[-1]
        node = next(children, None)
        if isinstance(node, str) or (node is not None and not node.is_block and not node.dropped):
            run.append(node)
            continue
        if node is not None and node.dropped:
            continue
        if any(part.strip() if isinstance(part, str) else part.chars for part in run):
            yield holder, run
        run = []
        if node is None:
            ahead.pop()
        elif node.tag in _WHOLE or not any(inner.is_block for inner in node.elements()):
            if node.chars:
                yield node, []
        else:
            ahead.append((node, iter(node.children)))


def _part(article: _Article, holder: Element, nodes: list[Element | str]) -> _Part:
    text = " ".join(n if isinstance(n, str) else n.text() for n in nodes) if nodes else holder.text()
    words = _WORD.findall(text)
    share = _MIN_FOUND_IN_TABLE if holder.tag == "table" else _MIN_FOUND
    return _Part(holder, nodes, len(words), article.has(text, words, share))


def _holder(main: Element, kept: list[_Part]) -> Element:
    """`main`, or the innermost element with nearly all that is kept where `main` has less than half of it."""
    total = sum(part.words for part in kept)
    if sum(part.words for part in kept if part.is_in(main)) >= _MIN_HELD * total:
        return main
    largest = max(kept, key=lambda part: part.words).holder
    for node in (largest, *largest.ancestors()):
        held = sum(part.words for part in kept if part.is_in(node))
        if node.tag not in selectors.PARTS and held >= _NEARLY_ALL * total:
            return node
    return main


def _keep_between(parts: list[_Part]) -> None:
    """Keep the title, and between parts that are kept, headings before one, and code and tables between two."""
    before = False
    for at, part in enumerate(parts):
        tag = "" if part.nodes else part.holder.tag
        after = at + 1 < len(parts) and parts[at + 1].is_kept
        is_heading = tag in selectors.HEADINGS and after and before
        is_between = tag in _WHOLE and after and at > 0 and parts[at - 1].is_kept
        part.is_kept = part.is_kept or tag == "h1" or is_heading or is_between
        before = before or part.is_kept
