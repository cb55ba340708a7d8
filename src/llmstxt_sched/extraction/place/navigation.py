"""Finds the group of the site's own navigation that a page belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from llmstxt_sched.documents.model import SECTION_SEPARATOR
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among, elements_in, says_something
from llmstxt_sched.extraction.links import Addresses
from llmstxt_sched.extraction.place.breadcrumbs import LABEL_CHARS, find_breadcrumbs, is_breadcrumbs
from llmstxt_sched.extraction.place.language_switch import switches_language

# Limits that no real page reaches, so that a hostile page cannot make the search quadratic.
_MAX_SELF_LINKS: Final = 12
_MAX_ASKED: Final = 3 * _MAX_SELF_LINKS
_MAX_SIBLINGS: Final = 12
_MAX_LEVELS: Final = 40
# A navigation of documentation has so many links.
_MIN_LINKS: Final = 5
_LISTS: Final = frozenset(["ul", "ol"])
# What a label may hold that is no part of it: a choice of the version.
_CHOICES: Final = selectors.UNREAD | {"select"}
# With a button beside it, which may as well be around it.
_CHOICES_AND_BUTTONS: Final = _CHOICES | {"button"}
# What opens the links of a bar for which there is no room in it, in whatever groups those are.
_LEFT_OVER: Final = re.compile(
    r"(?:show )?more|mehr|plus|m\u00e1s|mais|altro|meer|mer|\u0435\u0449\u0451|\u66f4\u591a|"
    r"\u305d\u306e\u4ed6|\ub354 ?\ubcf4\uae30",
    re.IGNORECASE,
)
# What holds more than a label, such as TypeDoc's settings.
_FOLD: Final = "details"
# So many elements has an item that is no more than a name, with marks around it.
_MAX_IN_ITEM: Final = 6
# So many children has an item that is nothing but one element, with the white space around it.
_MAX_AROUND_ONE: Final = 3
# What a button has that is switched on and off, such as the light and dark colours of Nefertiti's.
_SWITCHED: Final = "aria-pressed"
# So many links are in a row, and what a label above one is.
_MIN_IN_ROW, _MAX_IN_ROW = 2, 60
_ROW_LABELS: Final = selectors.HEADINGS | {"p", "strong", "b", "dt", "summary"}
# In the names of a navigation; what has one beside it is called so as well, with another word before it.
_NAVIGATION_NAME: Final = re.compile(
    r"(?<!with-)(?<!with_)(?<!with)(?<!has-)(?<!has_)(?<!has)(?<!no-)(?<!no_)(?:sidebar|sidenav|menu|navbar-nav)"
)
# What passes over a menu, in words that only a screen reader says, and which version is described: no groups.
_NO_LABEL: Final = re.compile(r"(?:skip|jump) (?:navigation|to|past)\b|version:? v?\d[\w.+-]*\Z", re.IGNORECASE)
# What Texinfo calls the first page of a manual, and what it is in: no part of that.
_TOPS: Final = frozenset(["Top", "(dir)"])
# The number of pages in a group, and what it is called.
_NUMBER, _COUNT_NAMES = re.compile(r"\(?\d{1,4}\)?"), re.compile(r"count|badge")
# What the site is called, and what it says of itself beside that.
_OF_SITE: Final = re.compile(
    r"(?:site|brand|logo|blog|navbar)[-_]*(?:title|sub-?title|name|brand|tag-?line|slogan|desc(?:ription)?)|tag-?line|slogan",
    re.IGNORECASE,
)
# In the classes of a mark such as "New" behind a label; what is called a label is the label itself.
_BADGE_NAME: Final = re.compile(r"(?:^|[-_])(?:badge|pill|chip|lozenge)(?:$|[-_])")
# What is shown beside a label on demand: what the page says of itself, as Oxygen has it.
_TIP_NAME: Final = re.compile(r"tool-?tip")
# The number of a chapter, as mdBook and Sphinx write it before its name, and the marks that Docusaurus 1 and menus of
# text have there.
_BEFORE_NAME: Final = re.compile(r"(?:\d{1,3}\.)+\d{0,3}\s+|\u203a\s*|[+*\-\u2212\u2013\u2022]\s+")
# What stands beside a label that opens a column.
_SIGNS: Final = " <>\u2039\u203a\u00ab\u00bb"
# So many elements of a list are looked at for links to other pages.
_MAX_IN_LIST: Final = 1000


def find_section(tree: Tree, self_links: list[Element], addresses: Addresses) -> tuple[str, int]:
    """The labels of the page's place in the site, outermost first, joined with SECTION_SEPARATOR, and its rank there.

    The rank grows from page to page of one navigation, and is 0 where it is not known.

    They are those of the groups around the page's link to itself (one of `self_links`, what is marked as the current
    page, or a current item's link without an address) in a navigation, else those down to the group that is marked as
    the current one, else those around an item of the page's name that is no link, else the page's breadcrumbs, else its
    parent by <link rel=up>, else ''.  Links in a choice of languages do not count.
    """
    marked, known = tree.where(_is_marked, ["aria-current"]), frozenset(self_links)
    current = [node for node in marked if node.get("aria-current").lower() == "page" and node not in known]
    # Sphinx has such a link for the page; elsewhere each of many groups may have one, that opens it.
    links = [link for link in _places(tree, [*self_links, *current], addresses) if not _opens_menu(link)]
    own = [link for link in links if link.get("href").strip() != "#" or link.get("aria-current").lower() == "page"]
    to_nothing = _links_to_nothing(tree)
    pages = [link for link in to_nothing if link.parent is not None and _only_element(link.parent) is link]
    # Maven marks both where a group of what it generates repeats a page.
    for candidates in (pages[:1], pages, own, links):
        best, rank = _longest(candidates)
        if best:
            return SECTION_SEPARATOR.join(best), rank
    best = _trail(tree, marked, addresses)
    for candidates in [] if best else [to_nothing, _items_of_page(tree)]:
        best, rank = _longest(candidates)
        if best:
            return SECTION_SEPARATOR.join(best), rank
    best = best or find_breadcrumbs(tree, {*self_links, *current}, addresses) or _parent_title(tree)
    return SECTION_SEPARATOR.join(best), 0


def _opens_menu(link: Element) -> bool:
    """Whether a link to a place in the page says that it opens a group, as Bootstrap's do, or is switched on and off.

    Then it is none to the page.
    """
    href = link.get("href").strip()
    if (href and not href.startswith("#")) or link.get("aria-current").lower() == "page":
        return False
    is_switch = _SWITCHED in link.attrs or not link.attrs.keys().isdisjoint(selectors.OPENING)
    return is_switch or not selectors.OPENERS.isdisjoint(link.classes)


def _links_to_nothing(tree: Tree) -> list[Element]:
    """The links without an address that items marked as the current one begin with, as Maven has them."""
    items = tree.where(_is_current_item, ["class"])
    links = [node for item in items[:_MAX_ASKED] for node in elements_among(item.children[:_MAX_AROUND_ONE])]
    return [link for link in links if link.tag == "a" and "href" not in link.attrs]


def _items_of_page(tree: Tree) -> list[Element]:
    """The items of lists that are called as the page is, and are no links, as some make that of the page itself."""
    items = [node for node in tree.tagged("li", "dd") if node.link_chars == 0 and 0 < node.chars <= LABEL_CHARS]
    headings = {node.words().casefold() for node in tree.tagged("h1")[:_MAX_SELF_LINKS]}
    title = " ".join(node.words().casefold() for node in tree.tagged("title")[:1])
    named = [node for node in items if node.end - node.at <= _MAX_IN_ITEM and _is_named(node, headings, title)]
    return named[:_MAX_SELF_LINKS]


def _is_named(item: Element, headings: set[str], title: str) -> bool:
    text = item.words(selectors.UNREAD).casefold()
    rest = title.removeprefix(text)
    # A title that goes on with another word is another name: "Class Hierarchy" is not that of an item "Class".
    return text in headings or (rest != title and not rest.lstrip()[:1].isalnum())


@Question
def _is_current_item(start: StartTag) -> bool:
    return start.name == "li" and not selectors.CURRENT_ITEMS.isdisjoint(start.classes)


def _places(tree: Tree, links: list[Element], addresses: Addresses) -> list[Element]:
    """Those of the first `links` that stand for a place in the site, and not for its language."""
    return [link for link in links[:_MAX_ASKED] if not switches_language(tree, link, addresses)]


def is_in_contents(self_links: Sequence[Element]) -> bool:
    """Whether a navigation of documentation, which is a list in groups, leads to the page itself."""
    # What a script opens leads to "#".
    links = filter(lambda link: not link.get("href").strip().startswith("#"), self_links[:_MAX_SELF_LINKS])
    return any(map(_is_of_groups, filter(_in_navigation, links)))


def _is_of_groups(link: Element) -> bool:
    """Whether the outermost list around the link holds many, in lists or below headings of their own.

    The newest posts of a blog are one list, and a menu in a header is that of any site.
    """
    around = list(_ancestors(link))
    lists = [node for node in around if node.tag in _LISTS]
    if not lists or any(node.tag == "header" for node in around):
        return False
    tags = Counter([node.tag for node in elements_in(lists[-1])])
    return tags["a"] >= _MIN_LINKS and not tags.keys().isdisjoint(_LISTS | selectors.HEADINGS)


def _longest(links: list[Element]) -> tuple[list[str], int]:
    """The most labels that one of the first links in a navigation has, and how far it is from that one's beginning."""
    inner = list(filter(_in_navigation, links[:_MAX_SELF_LINKS]))
    labels = [labels_of(link) for link in inner]
    best = max(range(len(labels)), key=lambda at: len(labels[at]), default=0)
    if not labels or not labels[best]:
        return [], 0
    around = list(filter(_is_navigation, _ancestors(inner[best])))
    return labels[best], inner[best].at - around[-1].at


@Question
def _is_marked(start: StartTag) -> bool:
    return "aria-current" in start.attrs


def labels_of(link: Element, holder: Element | None = None) -> list[str]:
    """The labels from the outermost navigation, or from `holder`, down to the link.

    The page of a group itself belongs to that group, so the link's own text is added if it has pages below it.
    """
    labels: list[str] = []
    child = link
    around = list(_ancestors(link))
    outermost = max((at for at, node in enumerate(around) if node is holder or _is_navigation(node)), default=-1)
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


def _trail(tree: Tree, marked: Iterable[Element], addresses: Addresses) -> list[str]:
    """The labels down to the innermost group that a navigation marks as the one in which the page lies."""
    groups = [node for node in marked if node.get("aria-current").lower() in ("true", "location")]
    groups = _places(tree, groups[-_MAX_SELF_LINKS:], addresses)
    trails = [[*labels_of(node), _said_once(node)] for node in groups if _in_navigation(node)]
    fitting = [trail for trail in trails if 0 < len(trail[-1]) <= LABEL_CHARS]
    return max(fitting, key=len, default=[])


def _said_once(node: Element) -> str:
    """The text of a link, which Nextra says twice: once unseen, in bold, so that it is wide enough for both."""
    text, inner = node.words(selectors.UNREAD), [child.words(selectors.UNREAD) for child in islice(node.elements(), 3)]
    is_twice = len(inner) == 2 and inner[0] == inner[1] and text in ("".join(inner), " ".join(inner))
    return inner[0] if is_twice else text


def _in_navigation(link: Element) -> bool:
    return any(_is_navigation(node) for node in _ancestors(link))


def _is_navigation(node: Element) -> bool:
    if node.tag in ("nav", "aside"):
        return not is_breadcrumbs(node.start)
    names = f"{node.get('class')} {node.get('id')}".lower()
    return node.get("role") == "navigation" or _NAVIGATION_NAME.search(names) is not None


def _ancestors(node: Element) -> Iterator[Element]:
    """What is around the node in the page's body, up to the main content: no navigation is around that."""
    return islice(takewhile(_may_be_in_navigation, node.ancestors()), _MAX_LEVELS)


def _may_be_in_navigation(node: Element) -> bool:
    return node.tag not in ("body", "html", "main") and node.get("role") != "main"


def _has_pages_below(item: Element) -> bool:
    """Whether a list inside the item, or in an item of its own after it, links to other pages than this one."""
    lists = [node for node in elements_in(item) if node.tag in _LISTS] or [*_list_after(item)]
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
        yield from filter(lambda node: node.tag in _LISTS, following.elements())


def _is_sublist(item: Element) -> bool:
    """Whether a list's item is no more than a list of what is below the item before, as in mdBook."""
    inner = [node for node in item.children if isinstance(node, Element) or node.strip()]
    return item.tag == "li" and bool(inner) and all(isinstance(node, Element) and node.tag in _LISTS for node in inner)


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
        siblings = takewhile(lambda sibling: sibling.tag not in _LISTS, siblings)
    nearest = next(
        filter(lambda sibling: sibling.tag in selectors.LABEL_TAGS and not _is_unseen(sibling), siblings), None
    )
    return [_as_label(nearest, node)] if nearest is not None else [_text_before(node)]


def _has_own_heading(node: Element) -> bool:
    """Whether it is no list, and a heading is among the first that it holds."""
    inner = islice(node.elements(), _MAX_AROUND_ONE) if node.tag not in _LISTS else ()
    return any(part.tag in selectors.HEADINGS for part in inner)


def _label_of_row(link: Element) -> list[str]:
    """The label above a row of links that are in no list, as Hexo's site has them: nothing but links is between."""
    if link.parent is None or link.parent.tag == "li":
        return []
    # One alone is beside the words for it, as the sign behind a page's name is.
    if len(list(islice(filter(lambda part: part.tag == "a", link.parent.elements()), _MIN_IN_ROW))) < _MIN_IN_ROW:
        return []
    before = next(filter(lambda sibling: sibling.tag != "a", _siblings_before(link, _MAX_IN_ROW)), None)
    return [_as_label(before, link)] if before is not None and before.tag in _ROW_LABELS else []


def _text_before(node: Element) -> str:
    """The text that an item of a list begins with, where no element names the list in it."""
    item = node.parent
    if node.tag not in _LISTS or item is None or item.tag != "li":
        return ""
    texts = takewhile(lambda child: isinstance(child, str), item.children)
    text = " ".join(" ".join(str(each) for each in texts).split())
    return text if len(text) <= LABEL_CHARS else ""


def _lists_places_of_page(node: Element) -> bool:
    """Whether it is a list of a page and places in it, as Erlang's menu has it below the page's name: no group's."""
    if node.tag not in _LISTS or node.parent is None or node.parent.tag != "li":
        return False
    # One that is below the page's link is the page's, and what holds both is a group.
    links = [part.get("href").strip() for item in islice(node.elements(), _MAX_IN_LIST) for part in _links_of(item)]
    pages = {link.partition("#")[0] for link in links}
    return len(pages) == 1 and not pages.isdisjoint(links) and any("#" in link for link in links)


def _links_of(item: Element) -> Iterator[Element]:
    return filter(lambda part: part.tag == "a", islice(item.elements(), _MAX_AROUND_ONE))


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
    """A label without what a badge says behind it, and what only a screen reader says before or behind it."""
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
    """Whether it is the number of pages in a group, which stands behind the group's heading or is called so."""
    if _NUMBER.fullmatch(node.words()) is None:
        return False
    beside = elements_among(node.parent.children[:_MAX_SIBLINGS] if node.parent is not None else [])
    is_behind = any(part.tag in selectors.HEADINGS for part in beside)
    return is_behind or any(map(_COUNT_NAMES.search, node.classes))


def _is_unseen(sibling: Element) -> bool:
    """Whether all that it says is the name of a button for screen readers, as Furo has it behind a group's link."""
    is_small = sibling.chars > 0 and sibling.end - sibling.at <= _MAX_IN_ITEM
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
    only = _only_element(item)
    return only is not None and only.tag in selectors.HEADINGS


def _only_element(item: Element) -> Element | None:
    """The element that the item consists of."""
    if len(item.children) > _MAX_AROUND_ONE:
        return None
    inner = [node for node in item.children if isinstance(node, Element) or node.strip()]
    only = inner[0] if len(inner) == 1 else None
    return only if isinstance(only, Element) else None


def _parent_title(tree: Tree) -> list[str]:
    ups = [node for node in tree.tagged("link") if node.get("rel") == "up" and node.get("title")]
    ups = ups or [node for node in tree.tagged("a") if node.get("accesskey") == "u" and node.get("title")]
    text = " ".join(ups[0].get("title").split()) if ups else ""
    return [text] if 0 < len(text) <= 2 * LABEL_CHARS and text not in _TOPS else []
