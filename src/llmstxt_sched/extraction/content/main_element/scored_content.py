"""Finds the main content where no name tells it: by its paragraphs, then up to what has the rest and the title."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.main_element.page_title import (
    MAX_LINKS_BESIDE,
    begins,
    is_name_of_site,
    is_of_menu,
    named_as_page,
    only_h1,
)
from llmstxt_sched.extraction.content.main_element.posts import around_posts
from llmstxt_sched.extraction.content.main_element.prose import is_less_than_half, is_piece, prose_chars
from llmstxt_sched.extraction.content.main_element.sections import with_lists, with_sections
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, shown

_MIN_PARAGRAPH: Final = 25
# Fewer characters of prose beside an element say nothing of it; so many elements beside it are looked at.
MIN_BESIDE, MAX_BESIDE = 200, 60
# What may stand between links.
_MAX_SIGNS: Final = 10
# Fewer links may be those of a text.
_MIN_MENU: Final = 5
# A parent is taken in if it adds this share of prose.
_MIN_GAIN: Final = 0.1


def find_by_score(tree: Tree) -> Element:
    """The element with the highest score for its paragraphs, or an ancestor that adds enough prose or the title."""
    body = tree.body
    inside = [*tree.within(body)]
    commas = _commas_of(inside)
    scores: dict[Element, float] = {}
    for node in inside:
        parent = node.parent
        if node.tag not in selectors.PARAGRAPHS or node.chars < _MIN_PARAGRAPH or parent is None:
            continue
        score = (1 + commas[node] + min(node.chars / 100, 3)) * (1 - node.link_density)
        scores[parent] = scores.get(parent, 0) + score
        if parent.parent is not None:
            scores[parent.parent] = scores.get(parent.parent, 0) + score / 2
    if not scores:
        return _empty_landmark(tree) or body
    node = _climbed(max(scores, key=lambda node: scores[node]), body)
    posts = around_posts(tree, node)
    found = posts or _with_its_headings(tree, with_sections(node, body))
    return _with_text_before(with_lists(tree, _among_sections(_around_title(tree, found))))


def _empty_landmark(tree: Tree) -> Element | None:
    """What says that it is the main content and is empty, as on pages for searching, where nothing else is a text."""
    landmarks = [node for node in tree.order if node.tag == "main" or node.get("role") == "main"]
    if any(node.chars or tree.has(node, ["img"]) for node in landmarks):
        return None
    headers = [*outermost(shown(tree.tagged("header"), tree.body))]
    beside = tree.body.chars - sum(header.chars for header in headers)
    prose = prose_chars(tree.body) - sum(map(prose_chars, headers))
    # A table or a list may be what such a page says, and brief.
    if beside > MIN_BESIDE or prose > _MAX_SIGNS:
        return None
    # A title may stand above it, but for that of the site.
    titles = [title for title in shown(tree.tagged("h1", "h2"), tree.body) if title.ancestor(["header"]) is None]
    return None if titles else next(shown(landmarks, tree.body), None)


def _commas_of(nodes: list[Element]) -> dict[Element, int]:
    """How many commas each of `nodes`, which are in the page's order, holds: they may be in one another by hundreds."""
    found = dict.fromkeys(nodes, 0)
    for node in reversed(nodes):
        found[node] += sum([child.count(",") for child in node.children if isinstance(child, str)])
        if node.parent in found:
            found[node.parent] += found[node]
    return found


def _climbed(node: Element, body: Element) -> Element:
    """The ancestor reached from `node` by going up while each parent adds enough prose, and out of lists and tables."""
    for outer in node.ancestors():
        if node is body or outer.tag == "html":
            break
        gained = prose_chars(outer) - prose_chars(node)
        is_part = node.tag in selectors.PARTS or (node.tag in selectors.FORMATTING and _is_split(outer, node, gained))
        if gained >= _MIN_GAIN * prose_chars(node) or is_part:
            node = outer
        elif (outer.chars > node.chars or not is_less_than_half(node, body)) and not is_piece(node, body):
            # What is around it and nothing else may stand beside the rest of the page.
            break
    return node


def _is_split(outer: Element, node: Element, gained: int) -> bool:
    """Whether an element for a few words, with a page's blocks in it, has `gained` enough of a text beside it.

    It was never closed, so a parser ends it and begins it again wherever a block ends.
    """
    return gained > MIN_BESIDE or outer.chars == node.chars


def _with_its_headings(tree: Tree, node: Element) -> Element:
    """`node`, or its outermost ancestor with a heading before it, and no menu: however brief, the page begins there.

    A heading below the body itself may be the site's.
    """
    inner = found = node
    for outer in takewhile(tree.body.holds, node.ancestors()):
        beside = [part for part in islice(outer.elements(), MAX_BESIDE) if part is not inner]
        if outer.link_density > MAX_LINKS_BESIDE or any(_is_menu(tree, part) for part in beside):
            break
        before = [part for part in beside if part.at < inner.at and part.tag in selectors.HEADINGS]
        if any(heading.link_density <= MAX_LINKS_BESIDE for heading in before):
            found = outer
        inner = outer
    return found


def _with_text_before(node: Element) -> Element:
    """`node`, or its outermost ancestor in which a text in no element of its own stands before it: a page's beginning.

    A menu consists of links, and the line of a header is brief.
    """
    inner = found = node
    for outer in node.ancestors():
        before = outer.children[: outer.children.index(inner)]
        chars = sum(len(part.strip()) for part in before if isinstance(part, str))
        if chars > MIN_BESIDE and outer.link_density <= MAX_LINKS_BESIDE:
            found = outer
        inner = outer
    return found


def _among_sections(node: Element) -> Element:
    """`node`, or what holds it where it is one of several sections of the same name: each tells a part of the page."""
    section = node
    while section.tag != "section" and section.parent is not None and section.parent.chars == node.chars:
        section = section.parent
    around = section.parent
    if section.tag != "section" or around is None:
        return node
    parts = islice(around.elements(), MAX_BESIDE)
    alike = [part for part in parts if part.tag == section.tag and part.classes == section.classes]
    telling = [part for part in alike if prose_chars(part) >= _MIN_PARAGRAPH and part.link_density <= MAX_LINKS_BESIDE]
    return around if len(telling) > 1 else node


def _around_title(tree: Tree, node: Element) -> Element:
    """`node`, or its first ancestor that holds the page's title."""
    said = " ".join(title.words() for title in tree.tagged("title")[:1])
    title = only_h1(tree, tree.body) or named_as_page(tree, said) or _title_without_h1(tree, node, said)
    if title is None or node.holds(title):
        return node
    for outer in node.ancestors():
        if outer.holds(title):
            return node if title.tag != "h1" and _holds_menu(tree, outer, node) else outer
    return node


def _title_without_h1(tree: Tree, node: Element, said: str) -> Element | None:
    """The first heading of a page without one of level 1, if the page's <title> begins with it, and it is no link."""
    first = tree.first(tree.body, selectors.HEADINGS)
    if first is None or tree.first(tree.body, ["h1"]) is not None or not begins(said, first):
        return None
    is_other = is_of_menu(first, node) or is_name_of_site(tree, first, node, said, selectors.HEADINGS)
    return None if is_other else first


def _holds_menu(tree: Tree, outer: Element, node: Element) -> bool:
    """Whether what is around the content is mostly links, or has a part before it that is links to other pages."""
    before = takewhile(lambda part: part.at < node.at and not part.holds(node), outer.elements())
    return outer.link_density > MAX_LINKS_BESIDE or any(_is_menu(tree, part) for part in before)


def _is_menu(tree: Tree, part: Element) -> bool:
    """Whether the part is mostly links, and none of these leads to a place in a page."""
    if part.link_density <= MAX_LINKS_BESIDE:
        return False
    links = [inner for inner in tree.within(part) if inner.tag == "a" and inner.chars]
    return len(links) >= _MIN_MENU and not any("#" in link.get("href") for link in links)
