"""Finds the element of a page that holds its main content."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from llmstxt_sched.extraction import selectors
from llmstxt_sched.extraction.boilerplate import link_density

# An element is the main content only if no other match of its selector has more than this share of its text.
_MAX_RIVAL_SHARE = 0.5


def find_main_content(body: LexborNode) -> LexborNode:
    """The element of `body` that holds the main content; `body` itself if none stands out.

    Boilerplate must have been removed from `body`.
    """
    docbook = _docbook(body)
    if docbook is not None:
        return docbook
    for selector in selectors.MAIN:
        found = [(len(node.text(strip=True)), node) for node in body.css(selector)]
        found = [pair for pair in found if pair[0]]
        if not found:
            continue
        size, node = max(found, key=lambda pair: pair[0])
        rivals = [other for other in found if other[1] != node and not _holds(node, other[1])]
        if all(other <= size * _MAX_RIVAL_SHARE for other, _ in rivals):
            return node
    return _by_score(body)


def _docbook(body: LexborNode) -> LexborNode | None:
    """The outermost element below `body` that holds a DocBook title page, which is DocBook's main content."""
    title = body.css_first(selectors.DOCBOOK_TITLE)
    if title is None:
        return None
    node = title
    while node.parent is not None and node.parent != body:
        node = node.parent
        if node.tag not in ("div", "section", "article"):
            return None
    return node


def _holds(outer: LexborNode, inner: LexborNode) -> bool:
    node = inner.parent
    while node is not None:
        if node == outer:
            return True
        node = node.parent
    return False


def _by_score(body: LexborNode) -> LexborNode:
    """The element with the highest score for its paragraphs, or an ancestor that adds enough prose."""
    scores: dict[LexborNode, float] = {}
    for paragraph in body.css(selectors.PARAGRAPHS):
        text = paragraph.text(strip=True)
        parent = paragraph.parent
        if len(text) < 25 or parent is None:
            continue
        score = (1 + text.count(",") + min(len(text) / 100, 3)) * (1 - link_density(paragraph))
        scores[parent] = scores.get(parent, 0) + score
        if parent.parent is not None:
            scores[parent.parent] = scores.get(parent.parent, 0) + score / 2
    if not scores:
        return body
    return _climbed(max(scores, key=lambda node: scores[node]), body)


def _climbed(node: LexborNode, body: LexborNode) -> LexborNode:
    """The ancestor reached from `node` by going up while each parent adds at least a tenth of prose."""
    while node != body and node.parent is not None:
        parent = node.parent
        gained = _prose_chars(parent) - _prose_chars(node)
        if parent.tag == "html" or gained < 0.1 * _prose_chars(node):
            return node
        node = parent
    return node


def _prose_chars(node: LexborNode) -> float:
    """How many characters of the element's text are not in links."""
    return len(node.text(strip=True)) * (1 - min(link_density(node), 1))
