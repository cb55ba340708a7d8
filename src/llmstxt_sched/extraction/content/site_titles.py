"""Drops level-1 headings that are not the page's own: the site's name, and a title that a theme writes twice."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice, pairwise, takewhile
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.by_name.name_verdicts import BY_NAME
from llmstxt_sched.extraction.content.main_element.page_title import parts_of_title
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

# A page with more level-1 headings is a text in parts.
_MAX_TITLES: Final = 1000
# Elements above one that are looked at.
_MAX_ABOVE: Final = 100
# In elements and characters, what is between two titles that is no more than a line, and what none has.
_MAX_BETWEEN, _MAX_LINE = 100, 200
_CONTENT: Final = ("main", "article")
_STOPS: Final = (".", "!", "?", "\u3002")
_NO_LINE: Final = selectors.HEADINGS | selectors.CODE_BLOCKS | frozenset(["dl", "ol", "table", "ul", "img"])


def drop_banner(tree: Tree, self_links: list[Element], said: str) -> None:
    """Drop the first of several level-1 headings if it alone leads to another page: then it is the site's name.

    So it is where the page's <title>, which is `said`, says nothing of it, and no more than the heading right below it,
    and where the <title> says it last.
    """
    titles = [*shown(tree.tagged("h1"), tree.body)]
    if len(titles) == 1 and _is_above_title(tree, titles[0], said):
        titles[0].drop(BY_NAME)
    # Both may be thousands.
    places = [link.at for link in self_links]
    banners = [node for node in titles if _leads_away(tree, node) and not _holds_one(node, places)]
    if banners and banners == titles[:1] and (len(titles) > 1 or _is_last_part(titles[0], said)):
        banners[0].drop(BY_NAME)


def _holds_one(node: Element, places: list[int]) -> bool:
    """Whether one of the elements at these places, which are in the page's order, is in `node`."""
    following = bisect_right(places, node.at)
    return following < len(places) and places[following] < node.end


def _is_last_part(heading: Element, said: str) -> bool:
    """Whether it is what <title> says behind the page's own title: lists of posts may have no heading of theirs.

    In the content it is what the page is about, such as a project, with a link to where that is.
    """
    if heading.ancestor(_CONTENT) is not None:
        return False
    first, *others = parts_of_title(said)
    return others[-1:] == [heading.words()] != [first]


def _is_above_title(tree: Tree, heading: Element, said: str) -> bool:
    words = heading.words().casefold()
    if not words or not said or words in said.casefold() or said.casefold() in words:
        return False
    headings = shown(tree.tagged(*selectors.HEADINGS), tree.body)
    below = next(filter(lambda node: node.at > heading.at, headings), None)
    return below is not None and below.words() == said and _has_nothing_between(heading, below)


def _leads_away(tree: Tree, heading: Element) -> bool:
    """Whether all of a heading's text is in links, and none of them to a place in the page itself."""
    hrefs = [inner.get("href").strip() for inner in tree.within(heading) if inner.tag == "a"]
    return heading.link_density == 1 and bool(hrefs) and all(href and href[0] != "#" for href in hrefs)


def drop_unseen_titles(tree: Tree, kept: set[Element]) -> None:
    """Drop the level-1 headings for screen readers alone, which name a part of the site, where others are seen."""
    titles = [*islice(shown(tree.tagged("h1"), tree.body), _MAX_TITLES)]
    unseen = [title for title in titles if not selectors.UNSEEN_LABELS.isdisjoint(title.classes)]
    if len(unseen) < len(titles):
        for title in unseen:
            if title not in kept:
                title.drop(BY_NAME)


def drop_site_name(tree: Tree, main: Element, said: str) -> None:
    """Drop what stands above a page's title where it is a link alone, and what <title>, which is `said`, ends with.

    That is the site's name, as MkDocs' Ivory and others have it on small screens.
    """
    first = next(shown(tree.tagged("h1"), main), None)
    if first is None:
        return
    above = islice(takewhile(lambda node: node.at < first.at, tree.within(main)), _MAX_ABOVE)
    for link in [node for node in above if node.tag == "a" and 0 < node.chars <= _MAX_LINE]:
        around, words = link.parent, link.words()
        is_alone = around is not None and around.chars == link.chars and not around.holds(first)
        if is_alone and said.endswith(words) and not said[: -len(words)].rstrip()[-1:].isalnum():
            link.drop(BY_NAME)


def drop_repeated_title(tree: Tree, kept: set[Element]) -> None:
    """Drop a level-1 heading where the next says the same with a line between: a theme's title above the text's."""
    # The site's name may stand before both.
    for first, second in pairwise(islice(shown(tree.tagged("h1"), tree.body), 3)):
        is_same = 0 < first.chars == second.chars and first.words() == second.words()
        if is_same and first not in kept and _has_nothing_between(first, second):
            first.drop(BY_NAME)
        elif is_same and second not in kept and _is_line_between(tree, first, second):
            # What stands below the first is about the page.
            second.drop(BY_NAME)


def _is_line_between(tree: Tree, first: Element, second: Element) -> bool:
    """Whether no more than a line, and no sentence, stands between two titles: a subtitle, the version of a package."""
    between = tree.order[first.end : second.at]
    if len(between) > _MAX_BETWEEN:
        return False
    chars = end = 0
    for node in between:
        if node.at < end or node.holds(second):
            continue
        if node.dropped or node.start.is_unread:
            end = node.end
            continue
        if node.tag in _NO_LINE:
            return False
        chars, end = chars + node.chars, node.end
        if any(inner.tag in _NO_LINE for inner in tree.within(node)) or node.words().endswith(_STOPS):
            return False
    return chars <= _MAX_LINE


def _has_nothing_between(first: Element, second: Element) -> bool:
    """Whether no text stands between two elements, neither of which holds the other, nor a picture."""
    inner = first
    for around in first.ancestors():
        if not _is_next(around.children[around.children.index(inner) + 1 :], second):
            return False
        if around.holds(second):
            return True
        inner = around
    return False


def _is_next(parts: list[Element | str], node: Element) -> bool:
    """Whether no part has a text before the node, if it is in one of them at all."""
    ahead = parts[::-1]
    while ahead:
        part = ahead.pop()
        if part is node:
            return True
        if isinstance(part, str):
            if part.strip():
                return False
        elif not part.dropped:
            if part.tag == "img" or (part.chars and not part.holds(node)):
                return False
            ahead += part.children[::-1]
    return True
