"""Tells an article from other pages: only what looks like one is shown to trafilatura.

On documentation that loses code, tables and headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.article.parts import WHOLE
from llmstxt_sched.extraction.content.main_element.main_content import may_be_main, selectors_of
from llmstxt_sched.extraction.content.main_element.posts import holds_posts
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, shown
from llmstxt_sched.extraction.place.navigation import is_in_contents
from llmstxt_sched.extraction.volatile import UPDATED, UPDATED_ABROAD

# In characters of the source and of the text, and in elements.  Articles are smaller, and trafilatura takes seconds for
# what is much larger.
_MAX_PAGE, _MAX_TEXT, _MAX_ELEMENTS = 2_000_000, 150_000, 15_000
# A page with a larger share of its text in code and tables is documentation, whatever it says of itself.
_MAX_CODE: Final = 0.15
# A page is mostly a list if so much of its text is links in lists.
_MOST_IN_LISTS: Final = 0.6
_LISTS: Final = ("ol", "ul")
# The name of news that says least, and the elements of a text about commands and keys.
_BYLINE, _TECHNICAL = "byline", frozenset(["code", "kbd", "samp"])
# The class of a post; a teaser of another has a larger share of its text in links.
_POST, _MAX_LINKS_IN_POST = ".post", 0.5
# What schema.org calls the date of an update, and how long a line with one is, in characters.
_MODIFIED, _MAX_LINE = "dateModified", 140
# Its names for what several write, and for questions that the page asks and answers itself.
_DISCUSSION: Final = re.compile(r"schema\.org/(?:DiscussionForumPosting|QAPage|Question)\b", re.IGNORECASE)
_OWN_QUESTIONS: Final = re.compile(r"schema\.org/FAQPage\b", re.IGNORECASE)
_OF_DOCUMENTATION, _OF_ARTICLES = frozenset(selectors.OF_DOCUMENTATION), frozenset(selectors.OF_ARTICLES)


def looks_like_article(
    tree: Tree, main: Element, text: str, *, says_so: bool, self_links: Sequence[Element] = ()
) -> bool:
    """Whether the page is shown to trafilatura; `text` is its source, `says_so` what its <head> says.

    `self_links` are its links to itself.
    """
    if len(text) > _MAX_PAGE or main.chars > _MAX_TEXT or len(tree.order) > _MAX_ELEMENTS:
        return False
    # The answers of others do not belong to an article, but are all of such a page.
    asked = outermost(tree.where(_has_questions, ["itemtype"]))
    if any(_DISCUSSION.search(node.get("itemtype")) for node in asked):
        return False
    code = sum(node.chars for node in shown(tree.tagged(*WHOLE), main))
    if code > _MAX_CODE * main.chars:
        return False
    marked = shown(tree.where(may_be_main, selectors.MAIN_ATTRIBUTES), tree.body)
    names = {name for node in marked if node.chars for name in selectors_of(node.start)}
    if not _OF_DOCUMENTATION.isdisjoint(names) or any(
        selectors.READ_THE_DOCS in node.classes for node in main.ancestors()
    ):
        return False
    if _POST in names and _is_thread(tree, main):
        names.discard(_POST)
    is_said = says_so or not _OF_ARTICLES.isdisjoint(names) or _is_dated(tree) or _is_of_news(tree, main)
    # Themes of documentation say of each page that it is an article.
    return is_said and not is_in_contents(self_links) and not (_is_list(tree, main) or holds_posts(tree, main))


def _is_thread(tree: Tree, main: Element) -> bool:
    """Whether there are several posts beside each other, each with a text of its own, as forums have them."""
    posts = [node for node in shown(tree.where(_is_post, ["class"]), main) if node.link_density <= _MAX_LINKS_IN_POST]
    return max(Counter([post.parent for post in outermost(posts)]).values(), default=0) > 1


@Question
def _is_post(start: StartTag) -> bool:
    return _POST[1:] in start.classes


def _is_list(tree: Tree, main: Element) -> bool:
    """Whether the page is an index: hardly more than lists of links."""
    linked = end = 0
    for node in shown(tree.tagged(*_LISTS), main):
        if node.at >= end:
            end = node.end
            linked += node.link_chars
    return linked > _MOST_IN_LISTS * main.chars


def _is_dated(tree: Tree) -> bool:
    """Whether there is an <article> with a date, where generators of documentation have at most that of an update."""
    if not tree.tagged("time"):
        return False
    articles = [node for node in tree.within(tree.body) if node.tag == "article"]
    times = [inner for node in articles for inner in tree.order[node.at + 1 : node.end] if inner.tag == "time"]
    return not all(map(_is_of_update, times))


def _is_of_update(time: Element) -> bool:
    """Whether the line that the date stands in says no more than when the page was changed last."""
    line = next(filter(lambda outer: outer.is_block, time.ancestors()), time)
    if time.get("itemprop") == _MODIFIED or line.chars > _MAX_LINE:
        return time.get("itemprop") == _MODIFIED
    return any(pattern.fullmatch(line.words()) for pattern in (UPDATED, UPDATED_ABROAD))


def _is_of_news(tree: Tree, main: Element) -> bool:
    """Whether the names of the page's parts are those of news, and no code is in its main content."""
    inside = {node.tag for node in tree.within(main)}
    if not inside.isdisjoint(selectors.CODE_BLOCKS):
        return False
    # Instructions may have a byline as well.
    left_out = _BYLINE if not inside.isdisjoint(_TECHNICAL) else ""
    named = filter(_has_class_of_news, tree.having("class"))
    if any(_is_of_news_but(left_out, start.classes) for start in named):
        return True
    with_id = [node for node in tree.where(_has_id_of_news, ["id"]) if _is_of_news_but(left_out, [node.get("id")])]
    return any(_is_of_no_heading(tree, node) for node in with_id)


def _is_of_news_but(left_out: str, names: Iterable[str]) -> bool:
    """Whether one of the names is of news for another word than that which is left out."""
    found = [selectors.NEWS_NAMES.search(name) for name in names if _is_name_of_news(name)]
    return any(match is not None and match[0].lower() != left_out for match in found)


@Question
def _has_questions(start: StartTag) -> bool:
    said = start.get("itemtype")
    return any(pattern.search(said) for pattern in (_DISCUSSION, _OWN_QUESTIONS))


@Question
def _has_class_of_news(start: StartTag) -> bool:
    return any(map(_is_name_of_news, start.classes)) if selectors.NEWS_NAMES.search(start.get("class")) else False


@Question
def _has_id_of_news(start: StartTag) -> bool:
    return _is_name_of_news(start.get("id"))


def _is_name_of_news(name: str) -> bool:
    return selectors.NEWS_NAMES.search(name) is not None and selectors.CONTROL_NAMES.search(name) is None


def _is_of_no_heading(tree: Tree, node: Element) -> bool:
    """Whether the element's id is not one that a generator of documentation made from a heading."""
    return all(part.tag not in selectors.HEADINGS for part in (node, *tree.within(node)))
