"""Finds the element of a page that holds its main content."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.by_name.element_names import lists_children
from llmstxt_sched.extraction.content.main_element.page_title import (
    MAX_LINKS_BESIDE,
    may_be_title,
)
from llmstxt_sched.extraction.content.main_element.posts import around_posts
from llmstxt_sched.extraction.content.main_element.prose import is_less_than_half, is_piece, prose_chars
from llmstxt_sched.extraction.content.main_element.scored_content import (
    MAX_BESIDE,
    MIN_BESIDE,
    find_by_score,
)
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

# An element is the main content only if no other match of its selector has more than this share of its text.
_MAX_RIVAL_SHARE: Final = 0.5
# An element with a larger share of its text in links is the main content only if it has most of the page's prose.
_MAX_LINKS: Final = 0.8
# The content in the container of a theme has this share of its prose; the rest is beside it.
_MIN_INNER_PROSE: Final = 0.75
# A table's cell is the main content only if it has this share of the page's prose.
_MIN_CELL: Final = 0.25
# What stands amid so many times its prose in parts of a text is one of these.
_TIMES_BESIDE: Final = 2
# So many times the prose of what has the title, in more sections than these, are the rest of the page below it.
_TIMES_BELOW, _MIN_SECTIONS = 4, 2
# In characters: the label of a note.
_MAX_LABEL: Final = 40
# Where other elements of its kind beside it have this share of its prose, an element is not the main content.
_MAX_ALIKE: Final = 0.3
# The classes and ids in `selectors.MAIN`, which hardly any element has.
_MAIN_NAMES: Final = frozenset([re.split("[.#]", key)[-1] for key in selectors.MAIN])
_HOST: Final = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)


def find_main_content(tree: Tree) -> Element:
    """The element of the page's body that holds its main content; the body itself if none stands out.

    Boilerplate must have been dropped.
    """
    if _is_asciidoc(tree.body) or _is_bikeshed(tree) or selectors.ODOC in tree.body.classes:
        return tree.body
    return _with_end(tree, _docbook(tree) or _declared(tree) or find_by_score(tree))


def _is_in_head_of_doxygen(node: Element) -> bool:
    return node.parent is not None and selectors.DOXYGEN_HEAD in node.parent.classes


@Question
def _is_title_of_docbook(start: StartTag) -> bool:
    return selectors.DOCBOOK_TITLE in start.classes


@Question
def _is_end(start: StartTag) -> bool:
    return selectors.RELATED in start.classes or not selectors.FOOTNOTES.isdisjoint(start.classes)


def _is_asciidoc(body: Element) -> bool:
    """Whether the page is one of AsciiDoc, which has the name of a man page beside the rest of its content."""
    parts = {node.get("id") for node in body.elements()}
    return not selectors.ASCIIDOC_KINDS.isdisjoint(body.classes) and parts.issuperset(selectors.ASCIIDOC_PARTS)


def _is_bikeshed(tree: Tree) -> bool:
    filled = tree.having(selectors.FILLED_BY_BIKESHED)
    return selectors.ABSTRACT in [start.get(selectors.FILLED_BY_BIKESHED) for start in filled]


def _with_end(tree: Tree, main: Element) -> Element:
    """`main`, or its first ancestor that holds the page's footnotes too, or DITA's links to the topics below it."""
    for node in shown(tree.where(_is_end, ["class"]), tree.body):
        is_its = node.parent is main.parent and lists_children(tree, node)
        if not node.holds(main) and (is_its or selectors.RELATED not in node.classes):
            while not main.holds(node) and main is not node and main.parent is not None:
                main = main.parent
    return main


def _docbook(tree: Tree) -> Element | None:
    """The outermost element below the body that holds a DocBook title page, which is DocBook's main content."""
    for node in shown(tree.where(_is_title_of_docbook, ["class"]), tree.body):
        if node.tag == "div":
            around = [outer for outer in node.ancestors() if tree.body.holds(outer)]
            if not around or not all(outer.tag in selectors.DIVISIONS for outer in around):
                return None
            return next(filter(_holds_docbook, around), around[-1])
    return None


def _holds_docbook(node: Element) -> bool:
    return node.get("id") in selectors.DOCBOOK_HOLDERS


def _declared(tree: Tree) -> Element | None:
    found: dict[str, list[Element]] = {}
    for node in shown(tree.where(may_be_main, selectors.MAIN_ATTRIBUTES, selectors.MAIN_TAGS), tree.body):
        if node.chars and node.tag not in selectors.NEVER_MAIN:
            for selector in selectors_of(node.start):
                if selector not in selectors.MAIN_HOLDERS or _is_held(node, selectors.MAIN_HOLDERS[selector]):
                    found.setdefault(selector, []).append(node)
    # Whose lists of classes and files are nothing but links.
    is_doxygen = any(_is_in_head_of_doxygen(node) for node in tree.where(may_be_title, ["class"]))
    for selector in selectors.MAIN:
        matches = found.get(selector, [])
        if not matches:
            continue
        largest = max(matches, key=lambda node: node.chars)
        is_index = selector in selectors.LANDMARKS and tree.has(largest, ["h1"]) and not _has_rival(largest, found)
        is_index = is_index or (selector == selectors.DOXYGEN_CONTENTS and is_doxygen) or _is_of_scribble(largest)
        is_part = (_is_navigation(largest, tree.body) and not is_index) or _is_small_cell(largest, tree.body)
        is_part = is_part or (selector in selectors.OF_ANYTHING and _is_amid_text(tree, largest))
        is_part = is_part or (selector == ".content" and _is_of_block(largest)) or _is_function(largest)
        is_part = is_part or _is_of_inner_topic(largest)
        is_part = is_part or (selector in selectors.OF_ANYTHING and _is_part_without_heading(tree, largest))
        is_part = is_part or (selector in selectors.OF_ANYTHING and _is_first_of_sections(tree, largest))
        is_part = is_part or around_posts(tree, largest) is not None
        is_part = is_part or (selector in selectors.CLASSES_OF_ANYTHING and _is_label(tree, largest))
        if _stands_out(tree, largest, matches) and not is_part:
            largest = _with_its_header(largest)
            is_container = selector in selectors.CONTAINERS_OF_THEMES or _holds_navigation(largest)
            return _inner(largest, found) if is_container else largest
    return None


def _has_rival(node: Element, found: dict[str, list[Element]]) -> bool:
    """Whether another element that may be the main content stands beside the node, with more prose."""
    least = prose_chars(node)
    others = [other for matches in found.values() for other in matches if prose_chars(other) > least]
    return not all(other is node or other.holds(node) or node.holds(other) for other in others)


def _is_held(node: Element, holder: str) -> bool:
    return node.parent is not None and node.parent.get("id") == holder


def _with_its_header(node: Element) -> Element:
    """The article, or the section that it is the rest of, after the section's header, as in JSDoc's pages."""
    around = node.parent
    if node.tag != "article" or around is None or around.tag != "section":
        return node
    parts = list(around.elements())
    if node.chars == 0 or any(part.tag == "article" and part is not node for part in parts) or _has_title(node):
        return node
    before = takewhile(lambda part: part is not node, parts)
    return around if any(part.tag == "header" and part.link_density < _MAX_LINKS for part in before) else node


def _has_title(node: Element) -> bool:
    """Whether its first element, or that of a header in it, is a heading: it needs no header from around it."""
    first = next(node.elements(), None)
    if first is not None and first.tag == "header":
        first = next(first.elements(), None)
    return first is not None and first.tag in ("h1", "h2")


def _stands_out(tree: Tree, node: Element, matches: list[Element]) -> bool:
    """Whether none of the other `matches` has as much to say, nor have those of its kind beside it together.

    Those of which the heading leads to another page are teasers, if its own is of a higher level.
    """
    rivals = [other for other in matches if other is not node and not other.holds(node) and not node.holds(other)]
    if any(other.chars > node.chars * _MAX_RIVAL_SHARE for other in rivals):
        return False
    alike = [other for other in rivals if other.parent is node.parent and other.classes == node.classes]
    if len(alike) > 1 and sum(map(prose_chars, alike)) > prose_chars(node) * _MAX_ALIKE:
        # An article's title may stand above it.
        own, host = tree.first(node, selectors.HEADINGS) or tree.first(tree.body, ["h1"]), _host_of(tree)
        others = [other for other in alike if own is None or not _is_teaser(tree, other, own, host)]
        if sum(map(prose_chars, others)) > prose_chars(node) * _MAX_ALIKE:
            return False
    return sum(other.chars for other in alike) <= node.chars


def _is_teaser(tree: Tree, node: Element, own: Element, host: str) -> bool:
    """Whether the heading of an element, below the page's `own`, leads to other pages of the site on `host`."""
    heading = tree.first(node, selectors.HEADINGS)
    if heading is None or heading.tag <= own.tag or heading.link_density <= MAX_LINKS_BESIDE:
        return False
    hrefs = [inner.get("href").strip() for inner in tree.within(heading) if inner.tag == "a"]
    return bool(hrefs) and all(_leads_on(href, host) for href in hrefs)


def _leads_on(href: str, host: str) -> bool:
    """Whether a link leads to another page of the site on `host`, not to a place in one."""
    if not href or "#" in href:
        return False
    named = _HOST.match(href)
    return named[1].lower() == host if named else ":" not in href


def _host_of(tree: Tree) -> str:
    """The host that the page's canonical link names; without one no absolute link is surely the site's, so "-"."""
    links = [link for link in tree.tagged("link") if link.get("rel").lower() == "canonical"]
    named = _HOST.match(links[0].get("href").strip()) if links else None
    return named[1].lower() if named and named[1] else "-"


def _is_amid_text(tree: Tree, node: Element) -> bool:
    """Whether parts of a text, with more prose, stand beside the element, or beside what is nothing but it.

    What has the page's title is the page, however brief, if as much stands before it as after: the text around it is
    the site's then, for no page begins before its title.
    """
    body = tree.body
    title = next(filter(lambda heading: not heading.link_chars, shown(tree.tagged("h1"), body)), None)
    has_title = title is not None and node.holds(title)
    outer = node.parent
    while outer is not None and outer is not body and _is_all_of(outer, node):
        node, outer = outer, outer.parent
    if outer is None:
        return False
    beside = [part for part in islice(outer.elements(), MAX_BESIDE) if part is not node and _is_of_text(part)]
    prose = sum(map(prose_chars, beside))
    before = sum(prose_chars(part) for part in beside if part.at < node.at)
    if has_title and not before and any(_is_text_below(part, node) for part in islice(outer.elements(), MAX_BESIDE)):
        return True
    if not has_title and title is not None and outer.holds(title) and before > MIN_BESIDE:
        # Sections stand between the page's title and it.
        sections = [part for part in beside if title.end <= part.at < node.at and _heading_of(part) is not None]
        if len(sections) > _MIN_SECTIONS:
            return True
    is_amid = len(beside) > 1 and prose > max(MIN_BESIDE, _TIMES_BESIDE * prose_chars(node))
    return is_amid and not (has_title and before * 2 >= prose)


def _is_part_without_heading(tree: Tree, node: Element) -> bool:
    """Whether the element has no heading, and more prose is below other headings beside it, as in Bulma's `content`."""
    if prose_chars(tree.body) <= prose_chars(node) * 2 or tree.has(node, selectors.HEADINGS):
        return False
    headings = [part for part in shown(tree.tagged(*selectors.HEADINGS), tree.body) if part.tag != "h1"]
    return len([part for part in headings if part.link_density <= MAX_LINKS_BESIDE]) > _MIN_SECTIONS


def _is_first_of_sections(tree: Tree, node: Element) -> bool:
    """Whether most of the prose is in sections after the element, and the page's own links lead to several of them.

    On a page that describes all of an API the introduction may have a box of its own.
    """
    fragments = tree.fragments
    if len(fragments) <= _MIN_SECTIONS or prose_chars(tree.body) <= prose_chars(node) * _TIMES_BELOW:
        return False
    named = [
        part for part in tree.where(_may_be_section, ["id"]) if part.at >= node.end and part.get("id") in fragments
    ]
    sections = [part for part in shown(named, tree.body) if part.link_density <= MAX_LINKS_BESIDE and part.chars]
    headed = [part for part in islice(sections, MAX_BESIDE) if _heading_of(part) is not None]
    return len(headed) > _MIN_SECTIONS


@Question
def _may_be_section(start: StartTag) -> bool:
    return start.name in selectors.DIVISIONS or start.name in selectors.HEADINGS


def _is_all_of(outer: Element, node: Element) -> bool:
    """Whether it is nothing but the element in it, or nothing but its like."""
    if prose_chars(outer) <= prose_chars(node) + _MAX_LABEL:
        return True
    parts = list(islice(outer.elements(), MAX_BESIDE))
    return bool(node.classes) and all(part.tag == node.tag and part.classes == node.classes for part in parts)


def _is_text_below(part: Element, node: Element) -> bool:
    """Whether a box after the element, which has the page's title, has several sections with far more prose."""
    least = max(MIN_BESIDE, _TIMES_BELOW * prose_chars(node))
    if part.at < node.end or part.tag not in selectors.DIVISIONS or prose_chars(part) <= least:
        return False
    names = [*part.classes, part.get("id")]
    if any(map(selectors.SUSPECT_NAMES.search, names)) or not selectors.NOT_CONTENT.isdisjoint(names):
        return False
    headings = [_heading_of(each) for each in islice(part.elements(), MAX_BESIDE)]
    # Those of teasers are links.
    return sum(each is not None and each.link_density <= MAX_LINKS_BESIDE for each in headings) > _MIN_SECTIONS


def _heading_of(part: Element) -> Element | None:
    """The part, or what it begins with, if that is a heading."""
    first = _first_of(part) if part.tag in selectors.DIVISIONS else part
    return first if first is not None and first.tag in selectors.HEADINGS else None


def _first_of(part: Element) -> Element | None:
    """The first element in it that is more than a place to link to."""
    return next(filter(lambda inner: inner.chars > 0 or inner.tag != "a", islice(part.elements(), MAX_BESIDE)), None)


def _is_of_text(part: Element) -> bool:
    """Whether it is a part of a text: a block, one in a box of its own, or a section with its heading."""
    if part.tag in selectors.PARTS_OF_TEXT:
        return True
    first = _first_of(part)
    while first is not None and first.tag in selectors.DIVISIONS and first.chars == part.chars:
        part, first = first, _first_of(first)
    if first is None or part.tag not in selectors.DIVISIONS:
        return False
    return first.tag in selectors.HEADINGS or (first.tag in selectors.PARTS_OF_TEXT and first.chars == part.chars)


def _is_function(node: Element) -> bool:
    """Whether it is one of the functions of Erlang's documentation."""
    return node.parent is not None and selectors.ERLANG_EXPORTS in node.parent.classes


def _is_of_scribble(node: Element) -> bool:
    """Whether it is the text of a page of Scribble, which for a part of a manual may be a list of links alone."""
    if selectors.MAIN_OF_SCRIBBLE not in node.classes or node.parent is None:
        return False
    return selectors.COLUMN_OF_SCRIBBLE in node.parent.classes


def _is_of_inner_topic(node: Element) -> bool:
    """Whether it is the body of one of the topics that DITA puts one after another in a page."""
    is_body = selectors.BODY_OF_TOPIC in node.classes
    return is_body and node.parent is not None and not selectors.INNER_TOPICS.isdisjoint(node.parent.classes)


def _is_of_block(node: Element) -> bool:
    """Whether it is the code that Docco sets beside what is said of it, or what Asciidoctor sets below a title."""
    is_below = node.parent is not None and not selectors.ASCIIDOCTOR_BLOCKS.isdisjoint(node.parent.classes)
    return is_below or node.ancestor(["li"]) is not None


def _is_label(tree: Tree, node: Element) -> bool:
    """Whether the element has next to none of the page's prose, and neither a heading nor a paragraph, as a field."""
    return is_piece(node, tree.body) and not tree.has(node, selectors.HEADINGS | selectors.PARAGRAPHS)


def _is_small_cell(node: Element, body: Element) -> bool:
    """Whether the element is a cell with little of the page's prose, as Asciidoctor's text of a note is."""
    return node.tag == "td" and prose_chars(node) < prose_chars(body) * _MIN_CELL


def _is_navigation(node: Element, body: Element) -> bool:
    """Whether the element is hardly more than links, beside others with more prose."""
    return node.link_density > _MAX_LINKS and is_less_than_half(node, body)


def _holds_navigation(node: Element) -> bool:
    return any(part.get("id") == selectors.LDOC_NAVIGATION for part in node.elements())


def _inner(container: Element, found: dict[str, list[Element]]) -> Element:
    """The content in a theme's container, which may hold the site's navigation as well; else the container."""
    least = prose_chars(container) * _MIN_INNER_PROSE
    for selector in selectors.MAIN:
        for node in found.get(selector, []):
            if container.holds(node) and prose_chars(node) >= least:
                return node
    return container


@Question
def may_be_main(start: StartTag) -> bool:
    """Whether one of `selectors.MAIN` matches an element that begins so."""
    return bool(selectors_of(start))


@lru_cache(maxsize=4096)
def selectors_of(start: StartTag) -> tuple[str, ...]:
    """Those of `selectors.MAIN` that match an element that begins so."""
    attrs = start.attrs
    if not attrs and start.name not in selectors.MAIN_TAGS:
        return ()
    return _matching(start.name, attrs.get("class"), attrs.get("id"), attrs.get("role"), attrs.get("itemprop"))


@lru_cache(maxsize=4096)
def _matching(
    tag: str, names: str | None, identifier: str | None, role: str | None, itemprop: str | None
) -> tuple[str, ...]:
    written = ["", *[f".{name}" for name in (names or "").split() if name in _MAIN_NAMES]]
    # Old pages, which no browser reads by the standard, have "Content" for it.
    ids = dict.fromkeys([identifier, identifier.lower()]) if identifier else ()
    written += [f"#{name}" for name in ids if name in _MAIN_NAMES]
    written += [f"[role={role}]", f"[itemprop={itemprop}]"]
    return tuple(key for end in written for key in (f"{tag}{end}", end) if key in selectors.MAIN_KEYS)
