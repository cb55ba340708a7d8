"""Tells an index of posts, each of them an article that may stand there in full, from a page that is an article."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, shown

_ARTICLE: Final = "article"
# The heading of a post is a link to it: this share of its text at least.
_MIN_LINKED: Final = 0.5
# The posts have at least this share of the text of what holds them; those below an article are teasers.
_MIN_SHARE: Final = 0.5
_MIN_POSTS: Final = 2


def around_posts(tree: Tree, node: Element) -> Element | None:
    """What holds several posts of which the element is one, or is in one; else None."""
    post = node if node.tag == _ARTICLE else node.ancestor([_ARTICLE])
    around = post.parent if post is not None else None
    return around if around is not None and holds_posts(tree, around) else None


def holds_posts(tree: Tree, node: Element) -> bool:
    """Whether the element is mostly posts: articles that begin with a heading that leads to them."""
    posts = [*outermost(shown(tree.tagged(_ARTICLE), node))]
    if len(posts) < _MIN_POSTS or sum(post.chars for post in posts) < node.chars * _MIN_SHARE:
        return False
    said = " ".join(title.words() for title in tree.tagged("title")[:1])
    level = ""
    for post in posts:
        heading = tree.first(post, selectors.HEADINGS)
        if heading is None or heading.link_density < _MIN_LINKED or level not in ("", heading.tag):
            return False
        if f" {heading.words()} " in f" {said} ":
            # The title of an article may lead to itself.
            return False
        level = heading.tag
    return True
