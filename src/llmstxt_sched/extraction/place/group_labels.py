"""Reads what the groups around a link in a navigation are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, elements_among, elements_in, says_something
from llmstxt_sched.extraction.place.breadcrumbs import LABEL_CHARS, is_breadcrumbs

# Limits that no real page reaches, so that a hostile page cannot make the search quadratic.
_MAX_SIBLINGS: Final = 12
_MAX_LEVELS: Final = 40
LISTS: Final = frozenset(["ul", "ol"])
# What may stand in a label without being part of it, such as a choice of the version.
_CHOICES: Final = selectors.UNREAD | {"select"}
# A button as well, which may stand beside the label, but also around it.
_CHOICES_AND_BUTTONS: Final = _CHOICES | {"button"}
# Opens the links for which a bar has no room, whatever groups they belong to.
_LEFT_OVER: Final = re.compile(
    r"(?:show )?more|mehr|plus|m\u00e1s|mais|altro|meer|mer|\u0435\u0449\u0451|\u66f4\u591a|"
    r"\u305d\u306e\u4ed6|\ub354 ?\ubcf4\uae30",
    re.IGNORECASE,
)
# Holds more than a label, such as TypeDoc's settings.
_FOLD: Final = "details"
# An item that is no more than a name, with marks around it, has so many elements at most.
MAX_IN_ITEM: Final = 6
# An item that is nothing but one element has so many children at most, with the white space around it.
MAX_AROUND_ONE: Final = 3
# So many links make a row; and what the label above it may be.
_MIN_IN_ROW, _MAX_IN_ROW = 2, 60
_ROW_LABELS: Final = selectors.HEADINGS | {"p", "strong", "b", "dt", "summary"}
# In the names of a navigation.  With another word before it, it names what has a navigation beside it.
_NAVIGATION_NAME: Final = re.compile(
    r"(?<!with-)(?<!with_)(?<!with)(?<!has-)(?<!has_)(?<!has)(?<!no-)(?<!no_)(?:sidebar|sidenav|menu|navbar-nav)"
)
# Links that skip a menu, for screen readers, and the version that is described: no names of groups.
_NO_LABEL: Final = re.compile(r"(?:skip|jump) (?:navigation|to|past)\b|version:? v?\d[\w.+-]*\Z", re.IGNORECASE)
# The number of pages in a group, and in the class of its element.
_NUMBER, _COUNT_NAMES = re.compile(r"\(?\d{1,4}\)?"), re.compile(r"count|badge")
# The classes of a site's name, and of what it says of itself beside it.
_OF_SITE: Final = re.compile(
    r"(?:site|brand|logo|blog|navbar)[-_]*(?:title|sub-?title|name|brand|tag-?line|slogan|desc(?:ription)?)|tag-?line|slogan",
    re.IGNORECASE,
)
# In the classes of a mark such as "New" after a label.  "Label" is not among them: so the label itself is called.
_BADGE_NAME: Final = re.compile(r"(?:^|[-_])(?:badge|pill|chip|lozenge)(?:$|[-_])")
# Shown beside a label on demand: Oxygen's description of the page.
_TIP_NAME: Final = re.compile(r"tool-?tip")
# The number of a chapter, as mdBook and Sphinx write it before its name, and the marks that Docusaurus 1 and menus of
# text have there.
_BEFORE_NAME: Final = re.compile(r"(?:\d{1,3}\.)+\d{0,3}\s+|\u203a\s*|[+*\-\u2212\u2013\u2022]\s+")
# Arrows beside a label that opens a column.
_SIGNS: Final = " <>\u2039\u203a\u00ab\u00bb"
# So many elements of a list are looked at for links to other pages.
_MAX_IN_LIST: Final = 1000


def labels_of(link: Element, holder: Element | None = None) -> list[str]:
    """The labels from the outermost navigation, or from `holder`, down to the link.

    The page of a group itself belongs to that group, so the link's own text is added if it has pages below it.
    """
    labels: list[str] = []
    child = link
    around = list(around_in_body(link))
    outermost = max((at for at, node in enumerate(around) if node is holder or is_navigation(node)), default=-1)
    for node in around[: outermost + 1]:
        # Docusaurus has the link in a box with the button that opens the group.
        is_named = child is link or (child.tag == "div" and link.parent is child)
        if node.tag == "li" and is_named and _has_pages_below(node):
            labels.append(_name_of(link))
        for label in _labels_before(child) if child is not link or link.tag == "li" else _label_of_row(link):
            if label and (not labels or labels[-1] != label) and label != _name_of(link):
                labels.append(label)
        child = node
    labels.reverse()
    return [_BEFORE_NAME.sub("", label, count=1) if _BEFORE_NAME.match(label) else label for label in labels]


def is_navigation(node: Element) -> bool:
    """Whether the element is a navigation of the site, by its tag, its role or its names."""
    if node.tag in ("nav", "aside"):
        return not is_breadcrumbs(node.start)
    names = f"{node.get('class')} {node.get('id')}".lower()
    return node.get("role") == "navigation" or _NAVIGATION_NAME.search(names) is not None


def around_in_body(node: Element) -> Iterator[Element]:
    """The elements around `node`, innermost first, up to the body or the main content: no navigation is around that."""
    return islice(takewhile(_may_be_in_navigation, node.ancestors()), _MAX_LEVELS)


def _may_be_in_navigation(node: Element) -> bool:
    return node.tag not in ("body", "html", "main") and node.get("role") != "main"


def _has_pages_below(item: Element) -> bool:
    """Whether a list inside the item, or in an item of its own after it, links to other pages than this one."""
    lists = [node for node in elements_in(item) if node.tag in LISTS] or [*_list_after(item)]
    return any(
        node.tag == "a" and node.get("href") and not node.get("href").startswith("#")
        for holder in lists[:1]
        for node in elements_in(holder)
    )


def _list_after(item: Element) -> Iterator[Element]:
    siblings = item.parent.children if item.parent is not None else []
    after = siblings[siblings.index(item) + 1 :] if item in siblings else []
    following = next(elements_among(after), None)
    if following is not None and _is_sublist(following):
        yield from filter(lambda node: node.tag in LISTS, following.elements())


def _is_sublist(item: Element) -> bool:
    """Whether a list's item is no more than a list of what is below the item before, as in mdBook."""
    inner = [node for node in item.children if isinstance(node, Element) or node.strip()]
    return item.tag == "li" and bool(inner) and all(isinstance(node, Element) and node.tag in LISTS for node in inner)


def _siblings_before(node: Element, most: int) -> Iterator[Element]:
    """The elements before `node`, nearest first, at most `most`."""
    siblings = node.parent.children if node.parent is not None else []
    before = reversed(siblings[: siblings.index(node)] if node in siblings else [])
    return islice(elements_among(before), most)


def _labels_before(node: Element) -> list[str]:
    """The labels above `node`, the innermost first."""
    if node.tag == "li":
        above = next(_siblings_before(node, 1), None) if _is_sublist(node) else None
        chapter = next(filter(lambda inner: inner.tag == "a", elements_in(above)), above) if above else None
        return [_name_of(chapter)[:LABEL_CHARS] if chapter else "", _part_title(node)]
    if _lists_places_of_page(node):
        return []
    siblings = _siblings_before(node, _MAX_SIBLINGS)
    if _has_own_heading(node):
        # What stands above a list before it names that list: the last group, below which Alabaster has another part.
        siblings = takewhile(lambda sibling: sibling.tag not in LISTS, siblings)
    nearest = next(
        filter(lambda sibling: sibling.tag in selectors.LABEL_TAGS and not _is_unseen(sibling), siblings), None
    )
    return [_as_label(nearest, node)] if nearest is not None else [_text_before(node)]


def _has_own_heading(node: Element) -> bool:
    """Whether it is no list, and a heading is among the first that it holds."""
    inner = islice(node.elements(), MAX_AROUND_ONE) if node.tag not in LISTS else ()
    return any(part.tag in selectors.HEADINGS for part in inner)


def _label_of_row(link: Element) -> list[str]:
    """The label above a row of links that are in no list, as Hexo's site has them: nothing but links is between."""
    if link.parent is None or link.parent.tag == "li":
        return []
    # One alone is beside the words for it, as the sign after a page's name is.
    if len(list(islice(filter(lambda part: part.tag == "a", link.parent.elements()), _MIN_IN_ROW))) < _MIN_IN_ROW:
        return []
    before = next(filter(lambda sibling: sibling.tag != "a", _siblings_before(link, _MAX_IN_ROW)), None)
    return [_as_label(before, link)] if before is not None and before.tag in _ROW_LABELS else []


def _text_before(node: Element) -> str:
    """The text that an item of a list begins with, where no element names the list in it."""
    item = node.parent
    if node.tag not in LISTS or item is None or item.tag != "li":
        return ""
    texts = takewhile(lambda child: isinstance(child, str), item.children)
    text = " ".join(" ".join(str(each) for each in texts).split())
    return text if len(text) <= LABEL_CHARS else ""


def _lists_places_of_page(node: Element) -> bool:
    """Whether it is a list of a page and places in it, as Erlang's menu has it below the page's name: no group's."""
    if node.tag not in LISTS or node.parent is None or node.parent.tag != "li":
        return False
    # One that is below the page's link is the page's, and what holds both is a group.
    links = [part.get("href").strip() for item in islice(node.elements(), _MAX_IN_LIST) for part in _links_of(item)]
    pages = {link.partition("#")[0] for link in links}
    return len(pages) == 1 and not pages.isdisjoint(links) and any("#" in link for link in links)


def _links_of(item: Element) -> Iterator[Element]:
    return filter(lambda part: part.tag == "a", islice(item.elements(), MAX_AROUND_ONE))


def _as_label(sibling: Element, node: Element) -> str:
    names, kind = node.get("class").split(), sibling.get("class").split()
    # A sibling with the same tag and class is another entry, not the label above.
    if (sibling.tag == node.tag and names[:1] == kind[:1]) or selectors.UNSEEN_LABEL in kind or _is_search(sibling):
        return ""
    if sum(part.is_block and part.chars > 0 for part in sibling.elements()) > 1:
        # A box with several texts is no label: NexT's has the author's name and what the site is about.
        return ""
    text = sibling.words(without=_CHOICES_AND_BUTTONS)
    if _NO_LABEL.match(text) or any(map(_OF_SITE.fullmatch, kind)):
        return ""
    if _LEFT_OVER.fullmatch(text) and not selectors.OPENERS.isdisjoint(kind):
        return ""
    if not any(map(str.isalpha, text)):
        # Beside a button that is the label, a number or a sign is none.
        text = sibling.words(without=_CHOICES)
    inside = [*elements_in(sibling)]
    links = sum(inner.tag == "a" for inner in inside)
    for version in [inner for inner in inside if selectors.VERSION in inner.classes][:1]:
        name = text.removesuffix(version.words()).rstrip()
        text = text if name.lower() in selectors.OF_VERSIONS else name
    for tip in [inner for inner in inside if any(map(_TIP_NAME.search, inner.classes))][:1]:
        text = text.removesuffix(tip.words()).rstrip() or text
    for count in filter(_is_count, inside[-1:]):
        text = text.removesuffix(count.words()).rstrip() or text
    text = _without_marks(text, inside)
    is_said = any(map(str.isalnum, text)) and selectors.LABELS_OF_CONTENTS.fullmatch(text.strip(_SIGNS)) is None
    is_said = is_said and text.lower().rstrip(":\uff1a ") not in selectors.HOME_LABELS and len(text) <= LABEL_CHARS
    return text if is_said and links <= 1 and not any(inner.tag == _FOLD for inner in inside) else ""


def _name_of(link: Element) -> str:
    return _without_marks(link.words(selectors.UNREAD), elements_in(link))


def _without_marks(text: str, inside: Iterable[Element]) -> str:
    """A label without what a badge says after it, and what only a screen reader says before or after it."""
    for mark in inside:
        is_unseen = not selectors.UNSEEN_LABELS.isdisjoint(mark.classes)
        if is_unseen or any(map(_BADGE_NAME.search, mark.classes)):
            said = mark.words()
            # A label may end as the badge before it, as that of "REST API" after "API".
            rest = text if text.startswith(said) and _is_first(mark) else text.removesuffix(said)
            rest = rest.removeprefix(said) if rest == text and is_unseen else rest
            text = rest.strip() if any(map(str.isalpha, rest)) else text
    return text


def _is_first(node: Element) -> bool:
    """Whether nothing is said before it in what holds it."""
    beside = node.parent.children if node.parent is not None else []
    return not any(map(says_something, takewhile(lambda child: child is not node, beside)))


def _is_count(node: Element) -> bool:
    """Whether it is the number of pages in a group, which stands after the group's heading or is called so."""
    if _NUMBER.fullmatch(node.words()) is None:
        return False
    beside = elements_among(node.parent.children[:_MAX_SIBLINGS] if node.parent is not None else [])
    is_behind = any(part.tag in selectors.HEADINGS for part in beside)
    return is_behind or any(map(_COUNT_NAMES.search, node.classes))


def _is_unseen(sibling: Element) -> bool:
    """Whether all that it says is the name of a button for screen readers, as Furo has it after a group's link."""
    is_small = sibling.chars > 0 and sibling.end - sibling.at <= MAX_IN_ITEM
    # A heading is no button: unseen as well it says what the group is.
    if not is_small or sibling.tag in selectors.HEADINGS:
        return False
    unseen = [node for node in elements_in(sibling) if not selectors.UNSEEN_LABELS.isdisjoint(node.classes)]
    return bool(unseen) and sibling.words() == unseen[0].words()


def _is_search(node: Element) -> bool:
    """Whether the site is searched there, or in it, as beside the site's name in the theme of Read the Docs."""
    is_named = "search" in node.get("id").lower()
    return is_named or any(inner.get("role") == "search" for inner in (node, *islice(elements_in(node), _MAX_SIBLINGS)))


def _part_title(item: Element) -> str:
    """The text of the nearest preceding item of the list that is a heading of those that follow; else ''."""
    if _is_part_title(item):
        return ""
    for sibling in _siblings_before(item, _MAX_SIBLINGS * 20):
        if _is_part_title(sibling):
            return _without_marks(sibling.words(without=_CHOICES), elements_in(sibling))[:LABEL_CHARS]
    return ""


def _is_part_title(item: Element) -> bool:
    """Whether an item of a list is a heading in it: by its class, as in mdBook, or as it holds nothing else."""
    if not selectors.PART_TITLES.isdisjoint(item.classes):
        return True
    if item.link_chars == 0 and any(map(selectors.UNLINKED_TITLES.fullmatch, item.classes)):
        return True
    only = only_element(item)
    return only is not None and only.tag in selectors.HEADINGS


def only_element(item: Element) -> Element | None:
    """The element that is all that the item holds, if there is one."""
    if len(item.children) > MAX_AROUND_ONE:
        return None
    inner = [node for node in item.children if isinstance(node, Element) or node.strip()]
    only = inner[0] if len(inner) == 1 else None
    return only if isinstance(only, Element) else None
