"""Judges an element by its class, its id or its role, and by what speaks against that in what it holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, takewhile
from operator import attrgetter
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.by_name.links_around import is_bar, is_mostly_links, leads_on
from llmstxt_sched.extraction.content.by_name.name_verdicts import (
    BY_NAME,
    NAVIGATION,
    PAGE_TOOL,
    SHOWN_IN_PRINT,
    SOURCE_LISTING,
    is_banner,
    verdict_of_classes,
    verdict_of_id,
)
from llmstxt_sched.extraction.content.by_name.site_menus import is_menu_of_groups, is_trail_of_yard
from llmstxt_sched.extraction.content.by_name.small_print import is_place_in_source, is_small_print, names_language
from llmstxt_sched.extraction.content.furniture import NAVIGATION_LINK_DENSITY, is_foot_of_page, is_furniture
from llmstxt_sched.extraction.content.own_contents import said_before
from llmstxt_sched.extraction.content.tools.page_tools import MAX_TOOL_TEXT, is_label_of_contents
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something

# What a page that is a table of contents consists of.
_CONTENTS: Final = frozenset(["ul", "ol", "dl"])
# Elements that are looked at of a list of links.
_MAX_INSIDE: Final = 1000
# The first elements of a page of Doxygen, among which its title and its contents are, and those of its head.
_MAX_BESIDE: Final = 20
# What begins a line with what to see as well, and the characters of a long one.
_SEE_ALSO, _MAX_SEE_ALSO = re.compile(r"see also ?:", re.IGNORECASE), 1000
# The name of a part's head, without which it may say more.
_HEADER: Final = re.compile(r"(?:^|[-_])header(?=$|[-_])", re.IGNORECASE)
# What says it where it is all of the class.
_NAMES: Final = frozenset([selectors.CODE_LABEL, selectors.NODE, selectors.LABEL_OF_JAZZY])
# In characters, "No description" in any language.
_MAX_SAYS_NOTHING: Final = 40
# Titles of a page that are looked at.
_MAX_TITLES: Final = 3
# What says of a <div> alone that it may be no content.
_NAMES_OF_DIVS: Final = frozenset(
    [
        *selectors.SMALL_PRINT,
        *selectors.FOOT_NAMES,
        selectors.PROMPT,
        selectors.PLACE_IN_SOURCE,
        selectors.FILE_OF_PKGDOWN,
    ]
)
# The names of a table's columns are no more.
_MAX_HEADS: Final = 20


@Question
def is_judged(start: StartTag) -> bool:
    """Whether an element that begins so may be no content for its class, its id or its role."""
    names, identifier = start.get("class"), start.get("id")
    return (
        bool(names and (verdict_of_classes(names) or names in _NAMES))
        or (start.name == "div" and not _NAMES_OF_DIVS.isdisjoint(start.classes))
        or (start.name == "table" and selectors.INFO_OF_HADDOCK in start.classes)
        or (start.name == "small" and selectors.NOT_INDEXED in start.classes)
        or bool(identifier and (identifier in ("footer", selectors.LIST_OF_DOCCO) or verdict_of_classes(identifier)))
        or start.get("role") == "banner"
        or may_be_button(start)
        or counts_readers(start)
    )


@Question
def may_be_button(start: StartTag) -> bool:
    """Whether the role of an element that begins so says that it is a button, or its class that it copies code."""
    if start.name in selectors.LABELLED_BY_BUTTON:
        return False
    is_text = start.name in selectors.PARAGRAPHS or start.name in selectors.CODE_SPANS
    return start.get("role") == "button" or (not is_text and any(map(selectors.COPY_NAMES.search, start.classes)))


@Question
def counts_readers(start: StartTag) -> bool:
    """Whether the class of an element that begins so says that it counts readers or what they think."""
    return any(map(selectors.COUNTER_NAMES.fullmatch, start.classes))


def kind_by_name(tree: Tree, node: Element, total: int) -> str:
    """The kind of an element that its class, its id or its place says is no content; else ''."""
    return _kind_of_holder(tree, node) or _kind_of_any(tree, node, total)


def _kind_of_any(tree: Tree, node: Element, total: int) -> str:
    tag, attrs = node.tag, node.attrs
    if "rel" in attrs and tag == "a" and not selectors.SEQUENCE.isdisjoint(node.get("rel").lower().split()):
        # The versions before a specification are listed, and have the same word.
        return NAVIGATION if node.parent is None or node.parent.tag != "dd" else ""
    names = node.start.attrs.get("class")
    if names and (is_all_of_formula(node) or _is_of_fraction(node) or _is_see_also(node)):
        return ""
    if names and (tag not in selectors.ROOTS or not selectors.HEADINGS_OF_FEET.isdisjoint(node.classes)):
        kind = _judged(tree, node, verdict_of_classes(names), total)
        if kind:
            return kind
        if names_language(node, names):
            return PAGE_TOOL
    names = node.start.attrs.get("id")
    if names == "footer" and node.parent is tree.body:
        return names if node.chars * 2 <= total else ""
    # Generators make ids from headings and names in code: what has a heading, or is code, is not dropped for its id.
    if names and tag in selectors.CONTAINERS and verdict_of_id(names) and node.ancestor(["pre"]) is None:
        if _is_rest(tree, node):
            return NAVIGATION
        kind = _judged(tree, node, verdict_of_id(names), total)
        if kind and not _is_labelled(tree, node, names) and not tree.has(node, selectors.HEADINGS):
            return kind
    may_be = tag in selectors.FURNITURE or attrs.get("role") == "banner"
    return tag if may_be and is_furniture(tree, node, total) else ""


def _is_labelled(tree: Tree, node: Element, name: str) -> bool:
    """Whether an id is no name but an author's label: docutils sets one for the paragraph or table below it."""
    is_block = node.tag in ("p", "table")
    if selectors.CHAT_NAMES.match(name.lower()):
        # A window for chats is no paragraph, and no link leads to it.
        return is_block or name in tree.fragments
    return is_block and node.link_density <= NAVIGATION_LINK_DENSITY and not is_banner(name.lower())


def _kind_of_holder(tree: Tree, node: Element) -> str:
    """The kind of what has a name that says so of a <div>, a <section> or a table alone, or of links."""
    if node.get("id") == selectors.LIST_OF_DOCCO:
        return NAVIGATION if node.link_density > NAVIGATION_LINK_DENSITY else ""
    if node.tag == "table":
        return _kind_of_table(tree, node)
    if node.tag == "section":
        # jazzy's.
        return "footer" if node.get("id") == "footer" and is_foot_of_page(tree, node) else ""
    if node.tag == "small" and selectors.NOT_INDEXED in node.classes:
        return PAGE_TOOL
    if node.tag == "header":
        is_byline = node.parent is not None and node.parent.get("id") == selectors.FRONTMATTER
        # Many a site calls the head of any box as Writerside does its page's.
        is_head = selectors.HEADER_OF_WRITERSIDE in node.classes and selectors.OF_WRITERSIDE in tree.body.attrs
        return "header" if is_byline or is_head else ""
    if node.tag != "div":
        return ""
    if node.get("class") == selectors.NODE:
        return NAVIGATION if is_bar(tree, node) else ""
    if is_menu_of_groups(tree, node) or is_trail_of_yard(node):
        return NAVIGATION
    # YARD's has an id, and is in the element around the content.
    is_foot = node.get("id") == "footer" or not selectors.FOOT_NAMES.isdisjoint(node.classes)
    if is_foot and is_foot_of_page(tree, node):
        return "footer"
    return PAGE_TOOL if is_small_print(tree, node) or is_place_in_source(node) else ""


def _kind_of_table(tree: Tree, table: Element) -> str:
    if selectors.INFO_OF_HADDOCK in table.classes:
        is_beside = table.parent is not None and table.parent.get("id") == selectors.HEAD_OF_HADDOCK
        return PAGE_TOOL if is_beside else ""
    return NAVIGATION if NAVIGATION in table.classes and is_bar(tree, table) else ""


def is_all_of_formula(node: Element) -> bool:
    """Whether KaTeX drew the formula and wrote nothing beside it that says the same."""
    if selectors.KATEX_DRAWN not in node.classes or node.parent is None:
        return False
    return all(beside is node for beside in node.parent.children if isinstance(beside, Element))


def _is_of_fraction(node: Element) -> bool:
    """Whether it is the sign without which a fraction would be another number."""
    around = node.parent
    outer = around.parent if around is not None else None
    return any(holder is not None and not selectors.FRACTIONS.isdisjoint(holder.classes) for holder in (around, outer))


def _is_see_also(node: Element) -> bool:
    return (
        node.tag == "ul"
        and node.parent is not None
        and node.parent.tag == "dd"
        and not selectors.SEE_ALSO.isdisjoint(node.classes)
    )


def _judged(tree: Tree, node: Element, verdict: str, total: int) -> str:
    """`verdict`, if the element's content does not speak against it; else ''."""
    if not verdict or (node.tag == "a" and (_is_heading_text(node) or _is_named_place(node) or _is_explained(node))):
        return ""
    if verdict == SOURCE_LISTING:
        return verdict if _is_shown_by_button(node) else ""
    if verdict == SHOWN_IN_PRINT:
        # A panel that a script shows on demand, for which it has more than a class, is printed as well.
        if node.label or len(node.attrs) > 1 or node.ancestor(["details"]) is not None:
            return ""
        verdict = BY_NAME
    # Some themes use such a name for the wrapper of the whole page: an element with most of the text stays.
    is_small = node.chars * 2 <= total
    if verdict == BY_NAME:
        is_text = (node.tag == "td" and _is_of_column(tree, node)) or _is_about_comments(tree, node)
        is_text = is_text or _is_called_so_alone(node)
        return verdict if (is_small or is_mostly_links(tree, node)) and not is_text else ""
    # On a page of next to nothing else the way to the next one is most of it.
    is_beside = is_small or is_bar(tree, node)
    if node.tag not in selectors.CONTAINERS or not is_beside or not is_mostly_links(tree, node) or _is_row(node, total):
        return ""
    is_content = selectors.TOCTREE in node.get("class") or tree.has(node, selectors.LIST_CONTENT)
    is_content = is_content or _is_menu_of_texinfo(tree, node) or lists_children(tree, node)
    is_content = is_content or _is_below_title_of_doxygen(node) or _is_list_in_item(node) or _says_see_also(node)
    is_content = is_content or _is_head_of_part(tree, node, total) or _is_of_page_of_contents(tree, node)
    names = {name for inner in islice(tree.within(node), _MAX_INSIDE) for name in inner.classes}
    is_content = is_content or selectors.DOXYGEN_HEAD in names or not selectors.TAG_LABELS.isdisjoint(names)
    return "" if is_content else verdict


def _is_of_page_of_contents(tree: Tree, node: Element) -> bool:
    """Whether it is a list below the page's title, which says that the page is a table of contents.

    Right below that it may be the page's own, if it leads to places in the page.
    """
    titles = tree.tagged("h1") if node.tag in _CONTENTS else []
    around = titles[0].parent if len(titles) == 1 else None
    is_below = around is not None and around.holds(node) and titles[0].at < node.at
    if not is_below or not is_label_of_contents(titles[0]):
        return False
    hrefs = [inner.get("href").strip() for inner in islice(tree.within(node), _MAX_INSIDE) if inner.tag == "a"]
    return not all(href[:1] == "#" for href in hrefs) or said_before(node) is not titles[0]


def _is_called_so_alone(node: Element) -> bool:
    """Whether the class is Doctum's or JSDoc's, but not the element.

    It may be a list without descriptions, or a post that is tagged "source".
    """
    if selectors.SAYS_NOTHING in node.classes:
        return node.tag not in selectors.PARAGRAPHS_OF_DOCTUM or node.chars > _MAX_SAYS_NOTHING
    return selectors.SOURCE_OF_JSDOC in node.classes and node.tag not in selectors.TERMS_OF_JSDOC


def _is_about_comments(tree: Tree, node: Element) -> bool:
    """Whether it is a section of a page about comments, and none with comments of its readers."""
    if selectors.COMMENTS.isdisjoint((*node.classes, node.get("id").lower())) or tree.has(node, selectors.OF_COMMENTS):
        return False
    titles = tree.tagged("h1")[:_MAX_TITLES]
    return any("comment" in title.words().lower() for title in titles if title.chars <= MAX_TOOL_TEXT)


def _says_see_also(node: Element) -> bool:
    """Whether it is a line of links to what to see as well, set as large as a header, as in HAProxy's manual."""
    is_header = any(name.endswith("header") for name in node.classes)
    return is_header and node.chars <= _MAX_SEE_ALSO and _SEE_ALSO.match(node.words()) is not None


def _is_head_of_part(tree: Tree, node: Element, total: int) -> bool:
    """Whether it is the title of a small part of the page, such as a card, above its text; titles may be links."""
    part = node.parent
    if part is None or part.chars * 2 > total or part.link_density > NAVIGATION_LINK_DENSITY:
        return False
    titles = tree.tagged("h1")
    if titles and node.at < titles[0].at:
        # The site's name, above a line on what that is.
        return False
    suspect = [name for name in (*node.classes, node.get("id")) if selectors.SUSPECT_NAMES.search(name)]
    if any(selectors.SUSPECT_NAMES.search(_HEADER.sub("", name)) for name in suspect):
        return False
    if not suspect or next(filter(says_something, islice(part.children, _MAX_BESIDE)), None) is not node:
        return False
    tags = [inner.tag for inner in islice(tree.within(node), _MAX_BESIDE)]
    is_titled = tags.count("a") == 1 or not selectors.HEADINGS.isdisjoint(tags)
    return is_titled and part.chars > node.chars and not leads_on(tree, node)


def _is_list_in_item(node: Element) -> bool:
    """Whether it goes on a list of the same name that stays, being most of the page: HeVeA's contents of a manual."""
    item = node.parent
    around = item.parent if item is not None and item.tag == "li" else None
    return around is not None and node.tag in ("ol", "ul") and around.get("class") == node.get("class") != ""


def _is_below_title_of_doxygen(node: Element) -> bool:
    """Whether the element is the contents of a page of Doxygen, which may be links alone."""
    if "contents" not in node.classes or node.parent is None:
        return False
    heads = [part for part in islice(node.parent.elements(), _MAX_BESIDE) if "header" in part.classes]
    inside = [inner for head in heads for inner in islice(head.elements(), _MAX_BESIDE)]
    return any(selectors.DOXYGEN_HEAD in inner.classes for inner in inside)


def lists_children(tree: Tree, node: Element) -> bool:
    """Whether the links lead to the topics below the page, as DITA's related links may."""
    if selectors.RELATED not in node.classes:
        return False
    inside = islice(tree.within(node), _MAX_INSIDE)
    return any(not selectors.CHILD_LINKS.isdisjoint(inner.classes) for inner in inside)


def _is_of_column(tree: Tree, cell: Element) -> bool:
    """Whether the table has a column that is called like the cell's class."""
    table = cell.ancestor(["table"]) or cell
    heads = tree.tagged("th")
    first = bisect_left(heads, table.at, key=attrgetter("at"))
    own = takewhile(table.holds, islice(heads, first, first + _MAX_HEADS))
    return any(head.chars <= MAX_TOOL_TEXT and head.words().lower() in cell.classes for head in own)


def _is_menu_of_texinfo(tree: Tree, node: Element) -> bool:
    """Whether the links lead to the pages below this one, which Texinfo numbers."""
    return any(inner.get("accesskey").isdigit() for inner in tree.within(node) if inner.tag == "a")


def _is_row(node: Element, total: int) -> bool:
    """Whether the element is a row of a list of links which is most of the page (`toc-h2` in `toc`)."""
    around = node.parent
    if around is None or around.chars * 2 <= total or around.link_density <= NAVIGATION_LINK_DENSITY:
        return False
    return any(own.startswith(name) for own in node.classes for name in around.classes)


def _is_rest(tree: Tree, node: Element) -> bool:
    """Whether the element is little more than the navigation in it, which is dropped, and has no title of the page."""
    inside = tree.order[node.at + 1 : node.end] if node.chars <= MAX_TOOL_TEXT else []
    is_around = any(part.dropped == NAVIGATION and part.tag != "a" for part in inside)
    return is_around and not any(part.tag == "h1" and _is_title(tree, part) for part in inside)


def _is_title(tree: Tree, heading: Element) -> bool:
    """Whether the page's <title> begins with the heading; one that is a link is the site's name."""
    words = heading.words()
    said = " ".join(title.words() for title in tree.tagged("title")[:1])
    return heading.link_chars == 0 and bool(words) and said.startswith(words)


def _is_shown_by_button(listing: Element) -> bool:
    """Whether one of the elements beside it is the button that shows the listing, or what it is unfolded by says so."""
    if listing.tag == "details":
        summary = next(listing.elements(), listing)
        words = summary.words(["a"])
        # Examples may be unfolded so as well.
        is_of_source = summary.tag == "summary" and selectors.SAYS_SOURCE.search(words) is not None
        return is_of_source and selectors.UNFOLDS.fullmatch(words) is not None
    siblings = listing.parent.children if listing.parent is not None else []
    return any(isinstance(node, Element) and selectors.SOURCE_BUTTON in node.classes for node in siblings)


def _is_heading_text(link: Element) -> bool:
    """Whether the link holds the whole text of its heading: some themes make the entire heading its own permalink."""
    parent = link.parent
    return parent is not None and parent.tag in selectors.HEADINGS and link.chars > 2 and link.chars == parent.chars


def _is_named_place(link: Element) -> bool:
    """Whether a permalink is no mark beside a text, but the text itself, such as an option's name."""
    text = "" if selectors.OWN_PLACES.isdisjoint(link.classes) else link.words()
    return bool(re.search(r"\w", text)) and not selectors.PERMALINK_TEXT.fullmatch(text)


def _is_explained(link: Element) -> bool:
    """Whether it is a word of the text, on which MadCap Flare opens what it means."""
    return selectors.EXPLAINED in link.classes
