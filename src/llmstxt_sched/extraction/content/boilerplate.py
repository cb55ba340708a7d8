"""Drops what is never a page's content: scripts, navigation, banners, buttons, invisible elements.

Each is marked with its kind, and stays in the tree: `Tree.within` and `Element.text` pass over it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.hidden import is_hidden
from llmstxt_sched.extraction.content.images import source_of
from llmstxt_sched.extraction.content.page_tools import MAX_TOOL_TEXT, is_page_tool
from llmstxt_sched.extraction.content.tabs import label_tabs
from llmstxt_sched.extraction.dom.parse import BY_PROJECT
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

HIDDEN = "hidden text"
_BY_NAME, _NAVIGATION, _PAGE_TOOL = "boilerplate", "navigation", "page tool"
_NOSCRIPT, _SOURCE = "noscript", "source listing"
# An element with a larger share of its text in links is navigation.
_NAVIGATION_LINK_DENSITY = 0.6
# A page with fewer characters than this, and than its <noscript> has, has nothing else.
_NOTHING_ELSE = 100
_WORDS = re.compile(r"\w\w")


def drop_boilerplate(tree: Tree) -> None:
    """Drop everything in the page's body that is never content, but nothing that the project keeps."""
    kept = {outer for node in tree.kept for outer in (node, *node.ancestors())}
    if kept:
        _drop_all_but(tree, kept)
    label_tabs(tree)
    _drop_unseen(tree, tree.body, kept)
    if tree.body.chars < _NOTHING_ELSE:
        _show_noscripts(tree, kept)
    total = tree.body.chars
    for node in shown(tree.where(_is_judged, selectors.JUDGED_BY_TAG), tree.body):
        has_name = node.attrs or node.tag in selectors.FURNITURE
        kind = (_kind_by_name(tree, node, total) if has_name else "") or _kind_by_text(tree, node)
        if kind and node not in kept:
            node.drop(kind)


@lru_cache(maxsize=4096)
def _may_be_unseen(start: StartTag) -> bool:
    return not selectors.TELLING.isdisjoint(start.attrs)


@lru_cache(maxsize=4096)
def _is_judged(start: StartTag) -> bool:
    """Whether an element that begins so may be no content for its class, its id or its role."""
    names, identifier = start.get("class"), start.get("id")
    return (
        bool(names and (_verdict(names) or names == selectors.CODE_LABEL))
        or bool(identifier and (identifier == "footer" or _verdict(identifier)))
        or start.get("role") == "banner"
    )


def drop_banner(tree: Tree, self_links: list[Element]) -> None:
    """Drop the first of several level-1 headings if it alone leads to another page: then it is the site's name."""
    titles = [*shown(tree.tagged("h1"), tree.body)]
    banners = [node for node in titles if _leads_away(tree, node) and not any(map(node.holds, self_links))]
    if len(titles) > 1 and banners == titles[:1]:
        banners[0].drop(_BY_NAME)


def _leads_away(tree: Tree, heading: Element) -> bool:
    """Whether all of a heading's text is in links, and none of them to a place in the page itself."""
    hrefs = [inner.get("href").strip() for inner in tree.within(heading) if inner.tag == "a"]
    return heading.link_density == 1 and bool(hrefs) and all(href and href[0] != "#" for href in hrefs)


def _drop_all_but(tree: Tree, kept: set[Element]) -> None:
    """Drop what the project does not keep; `kept` are the elements that it does, and those around them."""
    around = kept.difference(tree.kept)
    for node in around:
        node.children = [child for child in node.children if isinstance(child, Element)]
        for child in node.elements():
            if child not in kept and child.tag != "head":
                child.drop(BY_PROJECT)


def _drop_unseen(tree: Tree, root: Element, kept: set[Element]) -> None:
    for node in shown(tree.where(_may_be_unseen, selectors.UNSEEN_BY_TAG), root):
        kind = _kind_by_markup(tree, node)
        if kind and node not in kept:
            if node.tag in selectors.UNREAD:
                node.dropped = kind
            else:
                node.drop(kind)


def _kind_by_markup(tree: Tree, node: Element) -> str:
    """The kind of an element that its tag, role or style says is no content; else ''."""
    tag, attrs = node.tag, node.attrs
    kind = selectors.NEVER_CONTENT.get(tag, "")
    if kind:
        return "" if _is_read(tree, node) else kind
    if "role" in attrs and attrs["role"] in selectors.NEVER_CONTENT_ROLES:
        return _NAVIGATION
    if "aria-modal" in attrs and attrs["aria-modal"] == "true":
        return _NAVIGATION
    # MediaWiki hides the picture of a formula from screen readers, which have the formula.
    is_formula = tag == "img" and not selectors.FORMULA_NAMES.isdisjoint(node.classes)
    return HIDDEN if not is_formula and is_hidden(node) else ""


def _is_read(tree: Tree, node: Element) -> bool:
    """Whether an element whose tag is mostly none of the content belongs to it."""
    if node.tag == "script":
        return node.get("type").startswith(selectors.TEX_TYPE)
    if node.tag == "button":
        return _is_in_sentence(node)
    return node.tag == _NOSCRIPT and _is_late_picture(tree, node)


def _is_in_sentence(button: Element) -> bool:
    """Whether the button's words are part of a heading or a sentence."""
    if not button.chars:
        return False
    for around in button.ancestors():
        if around.tag in selectors.LABELLED_BY_BUTTON:
            return True
        if around.is_block and around.tag not in ("button", "span"):
            return any(isinstance(child, str) and _WORDS.search(child) for child in around.children)
    return False


def _is_late_picture(tree: Tree, noscript: Element) -> bool:
    """Whether it holds only the picture that an <img> before it, with a placeholder, gets by a script."""
    inner = list(noscript.elements())
    if [node.tag for node in inner] != ["img"] or not inner[0].get("alt"):
        return False
    before = tree.order[noscript.at - 1]
    if before.parent is not noscript.parent or before.tag != "img":
        return True
    if source_of(before):
        return False
    before.dropped = "placeholder"
    return True


def _show_noscripts(tree: Tree, kept: set[Element]) -> None:
    for node in tree.tagged(_NOSCRIPT):
        text = node.words()
        is_request = selectors.ENABLE_SCRIPTS.search(text) and len(text) < 3 * MAX_TOOL_TEXT
        if node.dropped == _NOSCRIPT and len(text) > tree.body.chars and not is_request:
            node.show()
            _drop_unseen(tree, node, kept)


def _kind_by_name(tree: Tree, node: Element, total: int) -> str:
    """The kind of an element that its class, its id or its place says is no content; else ''."""
    tag, attrs = node.tag, node.attrs
    if "rel" in attrs and tag == "a" and not selectors.SEQUENCE.isdisjoint(node.get("rel").lower().split()):
        return _NAVIGATION
    names = attrs.get("class")
    if names and tag not in selectors.ROOTS:
        kind = _judged(tree, node, _verdict(names), total)
        if kind:
            return kind
        if names == selectors.CODE_LABEL and selectors.LANGUAGE_CLASS.search(
            node.parent.get("class") if node.parent else ""
        ):
            return _PAGE_TOOL
    names = attrs.get("id")
    if names == "footer" and node.parent is tree.body:
        return names if node.chars * 2 <= total else ""
    # Generators make ids from headings: what has a heading is not dropped for its id.
    if names and tag in selectors.CONTAINERS and _verdict_of_id(names):
        if _is_rest(tree, node):
            return _NAVIGATION
        kind = _judged(tree, node, _verdict_of_id(names), total)
        if kind and not _has(tree, node, selectors.HEADINGS):
            return kind
    is_furniture = tag in selectors.FURNITURE or attrs.get("role") == "banner"
    return tag if is_furniture and _is_furniture(tree, node, total) else ""


@lru_cache(maxsize=4096)
def _verdict(names: str) -> str:
    """Judge an element by its classes or id: _SOURCE, _BY_NAME, _NAVIGATION if it is mostly links, '' for none."""
    lowered = names.lower().split()
    if not selectors.SOURCE_LISTINGS.isdisjoint(lowered):
        return _SOURCE
    if not selectors.NOT_CONTENT.isdisjoint(lowered):
        return _BY_NAME
    if any(selectors.COOKIE_NAMES.match(name) or selectors.AD_NAMES.match(name) for name in lowered):
        return _BY_NAME
    return _NAVIGATION if any(map(selectors.SUSPECT_NAMES.search, lowered)) else ""


def _verdict_of_id(name: str) -> str:
    """The same by an id alone."""
    verdict = _verdict(name)
    return verdict if verdict != _NAVIGATION or selectors.SUSPECT_IDS.search(name) else ""


def _judged(tree: Tree, node: Element, verdict: str, total: int) -> str:
    """`verdict`, if the element's content does not speak against it; else ''."""
    if not verdict or (node.tag == "a" and (_is_heading_text(node) or _is_named_place(node))):
        return ""
    if verdict == _SOURCE:
        return verdict if _is_shown_by_button(node) else ""
    # Some themes use such a name for the wrapper of the whole page: an element with most of the text stays.
    is_small = node.chars * 2 <= total
    if verdict == _BY_NAME:
        return verdict if is_small or _is_links(tree, node) else ""
    if node.tag not in selectors.CONTAINERS or not is_small or not _is_links(tree, node) or _is_row(node, total):
        return ""
    is_content = selectors.TOCTREE in node.get("class") or _has(tree, node, selectors.LIST_CONTENT)
    is_content = is_content or _is_menu_of_texinfo(tree, node)
    has_title = any(selectors.DOXYGEN_HEAD in inner.classes for inner in tree.within(node))
    return "" if is_content or has_title else verdict


def _is_menu_of_texinfo(tree: Tree, node: Element) -> bool:
    """Whether the links lead to the pages below this one, which Texinfo numbers."""
    return any(inner.get("accesskey").isdigit() for inner in tree.within(node) if inner.tag == "a")


def _is_row(node: Element, total: int) -> bool:
    """Whether the element is a row of a list of links which is most of the page (`toc-h2` in `toc`)."""
    around = node.parent
    if around is None or around.chars * 2 <= total or around.link_density <= _NAVIGATION_LINK_DENSITY:
        return False
    return any(own.startswith(name) for own in node.classes for name in around.classes)


def _is_rest(tree: Tree, node: Element) -> bool:
    """Whether the element is little more than the navigation in it, which is dropped."""
    inner = (tree.order[at] for at in range(node.at + 1, node.end))
    return node.chars <= MAX_TOOL_TEXT and any(part.dropped == _NAVIGATION and part.tag != "a" for part in inner)


def _is_links(tree: Tree, node: Element) -> bool:
    return node.link_density > _NAVIGATION_LINK_DENSITY or _leads_on(tree, node)


def _leads_on(tree: Tree, node: Element) -> bool:
    """Whether all links in the element lead to the pages around this one, as Texinfo's do."""
    links = tree.tagged("a")
    first = bisect_left(links, node.at, key=attrgetter("at"))
    if first == len(links) or not node.holds(links[first]):
        # Most have no link at all, which is found out here without a walk: such elements may nest by the hundreds.
        return False
    has_link = False
    for inner in tree.within(node):
        if inner.tag == "a":
            has_link = True
            if inner.get("rel") not in selectors.AROUND:
                return False
    return has_link


def _is_shown_by_button(listing: Element) -> bool:
    """Whether one of the elements beside it is the button that shows the listing."""
    siblings = listing.parent.children if listing.parent is not None else []
    return any(isinstance(node, Element) and selectors.SOURCE_BUTTON in node.classes for node in siblings)


def _is_heading_text(link: Element) -> bool:
    """Whether the link holds the whole text of its heading: some themes make the entire heading its own permalink."""
    parent = link.parent
    return parent is not None and parent.tag in selectors.HEADINGS and link.chars > 2 and link.chars == parent.chars


def _is_named_place(link: Element) -> bool:
    """Whether a permalink is no mark beside a text, but the text itself: mandoc makes one of each option's name."""
    text = "" if selectors.PERMALINKS.isdisjoint(link.classes) else link.words()
    return bool(re.search(r"\w", text)) and not selectors.PERMALINK_TEXT.fullmatch(text)


def _has(tree: Tree, node: Element, tags: Iterable[str]) -> bool:
    return any(inner.tag in tags for inner in tree.within(node))


def _is_furniture(tree: Tree, node: Element, total: int) -> bool:
    """Whether an element that belongs to the page as a whole is no content."""
    tag, is_small = node.tag, node.chars * 2 <= total
    if tag == "form":
        return node.chars * 4 <= total
    if tag == "aside":
        is_note = selectors.NOTE_NAMES.search(node.get("class")) or node.get("role") in selectors.NOTE_ROLES
        return not is_note and node.link_density > _NAVIGATION_LINK_DENSITY / 2
    if tag == "footer":
        return is_small and not _is_note(tree, node)
    if node.get("role") == "banner" or (tag == "header" and _is_page_header(node)):
        is_title = _has(tree, node, ("h1",)) and not _has_navigation(tree, node)
        return is_small and not (tag == "header" and is_title)
    return False


def _is_page_header(header: Element) -> bool:
    around = list(header.ancestors())[:2]
    return around[0].tag == "body" or (around[0].tag == "div" and around[1].tag == "body")


def _has_navigation(tree: Tree, header: Element) -> bool:
    elements = tree.order[header.at + 1 : header.end]
    return any(node.tag in ("nav", "ul") or node.get("role") == "search" for node in elements)


def _is_note(tree: Tree, footer: Element) -> bool:
    """Whether the footer is that of a quotation or of a section, or holds footnotes (HTML standard, section 4.3.8)."""
    around = next((node for node in footer.ancestors() if node.tag in selectors.HAVE_FOOTERS), None)
    if around is None:
        return False
    if around.tag in ("blockquote", "figure"):
        return True
    if any(inner.get("id") in tree.fragments for inner in tree.within(footer) if "id" in inner.attrs):
        return True
    heading = next((inner.tag for inner in tree.within(around) if inner.tag in selectors.HEADINGS), "h1")
    return around.tag in ("section", "article") and heading != "h1" and footer.link_density < 0.3


def _kind_by_text(tree: Tree, node: Element) -> str:
    """The kind of an element whose text says that it is a tool of the page, or of a cell of mere links; else ''."""
    if node.tag in selectors.SHORT_TEXTS:
        if is_page_tool(node):
            return _PAGE_TOOL
    elif node.tag == "td" and node.link_density > 0.9 and _is_link_cell(tree, node):
        return _NAVIGATION
    return ""


def _is_link_cell(tree: Tree, cell: Element) -> bool:
    """Whether the cell is the navigation in a table that lays out the page."""
    table = next((node for node in cell.ancestors() if node.tag == "table"), None)
    row = cell.parent
    if table is None or row is None or _has(tree, table, ("th",)):
        return False
    others = (other for other in row.elements() if other is not cell and other.link_density < _NAVIGATION_LINK_DENSITY)
    if not any(_has(tree, other, selectors.CELL_CONTENT) for other in others):
        return False
    links = sum(inner.tag == "a" for inner in tree.within(cell))
    # In a line they are a signature or a sentence.
    return links >= 3 and sum(inner.is_block or inner.tag == "br" for inner in tree.within(cell)) >= links - 1
