"""Drops what is never a page's content: scripts, navigation, banners, buttons, invisible elements.

Each is marked with its kind, and stays in the tree: `Tree.within` and `Element.text` pass over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice, pairwise
from operator import attrgetter
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.bars.pages_around import drop_lists_around, drop_picture_bars, drop_tables_around
from llmstxt_sched.extraction.content.bars.share_bars import drop_share_bars
from llmstxt_sched.extraction.content.by_name.element_names import (
    counts_readers,
    is_judged,
    kind_by_name,
    may_be_button,
)
from llmstxt_sched.extraction.content.by_name.name_verdicts import BY_NAME, NAVIGATION, PAGE_TOOL
from llmstxt_sched.extraction.content.datelines import drop_bylines, drop_data_of_posts, drop_datelines
from llmstxt_sched.extraction.content.furniture import NAVIGATION_LINK_DENSITY
from llmstxt_sched.extraction.content.icons.icon_names import drop_folding_signs
from llmstxt_sched.extraction.content.icons.note_icons import drop_note_icons
from llmstxt_sched.extraction.content.on_demand.choices import default_choices, label_choices
from llmstxt_sched.extraction.content.on_demand.folded import label_folded
from llmstxt_sched.extraction.content.on_demand.popovers import open_popovers
from llmstxt_sched.extraction.content.on_demand.tabs import label_tabs
from llmstxt_sched.extraction.content.on_demand.tooltips import drop_tooltips
from llmstxt_sched.extraction.content.own_contents import find_own_contents, part_before
from llmstxt_sched.extraction.content.reader_prompts import (
    asks_for_consent,
    asks_for_opinion,
    consents,
    is_button_of_site,
    is_called_by_its_words,
    may_ask_for_opinion,
    offers_choice,
)
from llmstxt_sched.extraction.content.site_titles import drop_repeated_title, drop_unseen_titles
from llmstxt_sched.extraction.content.tools.back_links import drop_back_links
from llmstxt_sched.extraction.content.tools.page_tools import (
    is_count,
    is_label_of_contents,
    is_page_tool,
    names_pages_around,
)
from llmstxt_sched.extraction.content.visibility.own_styles import drop_hidden_by_class
from llmstxt_sched.extraction.content.visibility.unseen import (
    MAX_PARTS,
    MOST_LINKS,
    PICTURES,
    drop_pictures_of_formulas,
    drop_unseen,
    show_noscripts,
    show_page,
)
from llmstxt_sched.extraction.dom.parse import BY_PROJECT
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

_WORD: Final = re.compile(r"\w")
# What opens a menu where the screen has no room for it, which no heading is, and more characters than that has.
_MENU, _MAX_MENU = re.compile(r"\W*(?:(?:main|toggle|site) )?(?:menu|navigation)\W*", re.IGNORECASE), 30
# What may hold nothing but links and signs between them, such as "|", and how many there are, in characters.
_HOLD_LINKS: Final = frozenset(["b", "center", "div", "em", "font", "i", "map", "p", "small", "span", "strong", "tt"])
_MAX_SIGNS: Final = 20
_CODE: Final = selectors.CODE_SPANS | selectors.CODE_BLOCKS
_ANSWERS: Final = frozenset(["button", "image", "radio", "submit"])
# Elements between a button and what holds the question that it answers.
_MAX_AROUND_BUTTON: Final = 3
# Boxes around a table of contents that hold nothing else.
_MAX_AROUND_CONTENTS: Final = 2
# As many links make a list.
_MIN_LINKS: Final = 3
# A table that lays out a page has few cells; and it has one row, or few and a heading beside the links, or at least so
# much prose there, in characters and of the page's.
_MAX_LAYOUT_CELLS, _MAX_LAYOUT_ROWS, _MIN_LAID_OUT, _MIN_SHARE_LAID_OUT = 20, 3, 200, 0.25
# What a column beside the text may be.
_COLUMNS: Final = frozenset(["div", "aside", "section"])
# Breadcrumbs have no more characters and elements, and none of these.
_MAX_CRUMBS, _MAX_PARTS_OF_CRUMBS = 300, 200
_NOT_IN_CRUMBS: Final = selectors.HEADINGS | selectors.CODE_BLOCKS


def kept_by_project(tree: Tree) -> set[Element]:
    """What the project keeps, and all that is around it."""
    return {outer for node in tree.kept for outer in (node, *node.ancestors())}


def drop_boilerplate(tree: Tree, self_links: Iterable[Element] = ()) -> None:
    """Drop everything in the page's body that is never content, but nothing that the project keeps.

    `self_links` are links to the page by its own address.
    """
    kept = kept_by_project(tree)
    if kept:
        _drop_all_but(tree, kept)
    # Before they are read as a part of labels.
    drop_folding_signs(tree, kept)
    label_tabs(tree)
    label_choices(tree)
    opened = label_folded(tree) | open_popovers(tree) | default_choices(tree)
    drop_pictures_of_formulas(tree)
    hidden = drop_unseen(tree, tree.body, kept | opened)
    show_page(tree, hidden, kept | opened)
    drop_hidden_by_class(tree, kept | opened)
    show_noscripts(tree, kept)
    _drop_navbars(tree, kept)
    _drop_crumbs(tree, kept)
    _drop_sidebars(tree, kept)
    _drop_signs(tree, _drop_by_name_or_text(tree, kept), kept)
    drop_back_links(tree, kept)
    drop_tooltips(tree, kept)
    drop_bylines(tree, kept)
    drop_data_of_posts(tree, kept)
    drop_datelines(tree, kept)
    drop_note_icons(tree, kept)
    drop_picture_bars(tree, kept)
    drop_lists_around(tree, kept)
    drop_tables_around(tree, kept)
    drop_share_bars(tree, kept)
    for contents in find_own_contents(tree, frozenset(self_links)):
        if contents not in kept:
            contents.drop(NAVIGATION)
            _drop_label_of_contents(tree, contents, kept)
    _drop_labels_of_navs(tree, kept)
    _drop_questions(tree, kept)
    drop_unseen_titles(tree, kept)
    drop_repeated_title(tree, kept)


def _drop_by_name_or_text(tree: Tree, kept: set[Element]) -> dict[Element, None]:
    """Drop what its names or its text say is no content; returns what held links to the pages around, in its order."""
    total = tree.body.chars
    cells = _link_cells(tree)
    around_links: dict[Element, None] = {}
    for node in shown(_judged(tree, cells), tree.body):
        has_name = node.start.is_described or node.tag in selectors.FURNITURE
        kind = (kind_by_name(tree, node, total) if has_name else "") or _kind_by_text(tree, node, cells)
        if kind and node not in kept:
            node.drop(kind)
            is_menu = kind == NAVIGATION or (kind == BY_NAME and node.link_density > NAVIGATION_LINK_DENSITY)
            if is_menu and node.tag in selectors.CONTAINERS:
                _drop_label_of_contents(tree, node, kept)
            if not selectors.HEADED_AROUND.isdisjoint(node.classes):
                _drop_heading_of(node, kept)
            if node.tag == "a" and node.parent is not None and (_leads_around(node) or _is_beside_title(node.parent)):
                around_links[node.parent] = None
    return around_links


def _drop_label_of_contents(tree: Tree, contents: Element, kept: set[Element]) -> None:
    """Drop what stands before a table of contents, or a menu, and says that it is one."""
    label = part_before(contents)
    around = contents.parent
    for _ in range(_MAX_AROUND_CONTENTS):
        # They may have a box of their own.
        if label is not None or around is None or around.chars or around.tag not in selectors.DIVISIONS:
            break
        label, around = part_before(around), around.parent
    if not isinstance(label, Element) or label.dropped or label in kept:
        return
    # It may be the page's title, below the site's name; where each section has such a heading, others follow.
    if label.tag == "h1" and tree.tagged("h1")[-1].at < contents.at:
        return
    opens_menu = label.tag not in selectors.HEADINGS and _MENU.fullmatch(label.words()[:_MAX_MENU]) is not None
    if opens_menu or is_label_of_contents(label):
        label.drop(NAVIGATION)


def _drop_heading_of(part: Element, kept: set[Element]) -> None:
    """Drop a heading right before what is no content, but the page's own."""
    heading = part_before(part)
    if not isinstance(heading, Element) or heading.dropped or heading in kept:
        return
    if heading.tag in selectors.HEADINGS - {"h1"}:
        heading.drop(BY_NAME)


def _drop_navbars(tree: Tree, kept: set[Element]) -> None:
    """Drop the tables that lay out the menus of Javadoc before version 7, which hold the site's name as well."""
    tables = [cell.ancestor(["table"]) for cell in tree.where(_is_of_navbar, ["class"])]
    for table in shown(dict.fromkeys(table for table in tables if table is not None), tree.body):
        if table not in kept:
            table.drop(NAVIGATION)


def _drop_crumbs(tree: Tree, kept: set[Element]) -> None:
    """Drop the links to what is above the page where an attribute alone says what they are."""
    for node in shown(tree.where(_is_crumbs, selectors.CRUMB_ATTRIBUTES), tree.body):
        is_short = 0 < node.link_chars <= node.chars <= _MAX_CRUMBS and node.end - node.at <= _MAX_PARTS_OF_CRUMBS
        # A section about them may be called so as well.
        if is_short and node not in kept and not tree.has(node, _NOT_IN_CRUMBS):
            node.drop(NAVIGATION)


def _drop_sidebars(tree: Tree, kept: set[Element]) -> None:
    """Drop the columns that only the name for screen readers calls so, as npm's beside the text on a package."""
    if not any(selectors.SIDEBARS.fullmatch(start.get("aria-label")) for start in tree.having("aria-label")):
        return
    total = tree.body.chars
    for node in shown([node for node in tree.order if "aria-label" in node.attrs], tree.body):
        is_column = node.tag in _COLUMNS and selectors.SIDEBARS.fullmatch(node.get("aria-label")) is not None
        if is_column and node.chars * 2 <= total and node not in kept:
            node.drop(NAVIGATION)


@Question
def _is_crumbs(start: StartTag) -> bool:
    return start.name in selectors.CONTAINERS and any(
        selectors.CRUMBS.search(start.get(name)) for name in selectors.CRUMB_ATTRIBUTES
    )


@Question
def _is_of_navbar(start: StartTag) -> bool:
    return start.name == "td" and selectors.NAVBAR_CELL in start.classes


def _leads_around(link: Element) -> bool:
    """Whether a link names a page around this one; beside a permalink a sign is an operator that the text is about."""
    return link.get("rel") in selectors.AROUND or names_pages_around(link.words())


def _is_beside_title(around: Element) -> bool:
    return not selectors.BESIDE_TITLE.isdisjoint(around.classes)


def _drop_signs(tree: Tree, around_links: Iterable[Element], kept: set[Element]) -> None:
    """Drop what held links and now nothing but the signs between them."""
    for around in shown(around_links, tree.body):
        if around.tag not in _HOLD_LINKS or not 0 < around.chars <= _MAX_SIGNS or around in kept:
            continue
        if _WORD.search(around.words()) is None and not tree.has(around, PICTURES):
            around.drop(PAGE_TOOL)


def _drop_labels_of_navs(tree: Tree, kept: set[Element]) -> None:
    """Drop what says that a table of contents follows where that is a <nav>."""
    navs = [nav for nav in tree.tagged("nav") if nav.dropped == NAVIGATION and nav.parent is not None]
    around = {tree.body, *shown(dict.fromkeys(nav.parent for nav in navs if nav.parent is not None), tree.body)}
    for nav in navs:
        if nav.parent in around:
            _drop_label_of_contents(tree, nav, kept)


def _drop_questions(tree: Tree, kept: set[Element]) -> None:
    """Drop what asks the reader about the page, or how it shall look, beside the buttons for the answers."""
    buttons = [node for node in tree.tagged("button", "input") if node.tag == "button" or _is_answer(node)]
    _drop_around(tree, buttons, asks_for_opinion, kept)
    _drop_around(tree, [node for node in tree.tagged("button") if consents(node)], asks_for_consent, kept)
    _drop_around(tree, [node for node in tree.tagged("input") if is_button_of_site(node)], offers_choice, kept)
    _drop_before_answers(buttons, kept)
    # Where the answers are no buttons, but links or words that a script listens to.
    for node in shown(tree.where(may_ask_for_opinion, ["class", "id"]), tree.body):
        if node in kept or not asks_for_opinion(node) or is_called_by_its_words(node) or node.ancestor(_CODE):
            continue
        if not _is_example(node):
            node.drop(PAGE_TOOL)


def _drop_before_answers(buttons: list[Element], kept: set[Element]) -> None:
    """Drop the question right before its answers, where nothing is around these but the page."""
    for around in {button.parent: None for button in buttons}:
        siblings = around.children if around is not None else []
        said = [part for part in siblings if isinstance(part, Element) or part.strip()]
        for question, answer in pairwise(said) if len(siblings) <= MAX_PARTS else ():
            if isinstance(question, Element) and isinstance(answer, Element) and answer.tag == "button":
                is_left = question.is_block and question.tag not in selectors.HEADINGS and not question.dropped
                is_asked = is_left and question not in kept and asks_for_opinion(question)
                if is_asked and not _is_example(question) and around is not None and not _is_example(around):
                    question.drop(PAGE_TOOL)


def _drop_around(tree: Tree, buttons: list[Element], fits: Callable[[Element], bool], kept: set[Element]) -> None:
    """Drop the largest of what fits around each of these buttons."""
    around = {button.parent: None for button in buttons if button.parent is not None}
    known: dict[Element, bool] = {tree.body: False, tree.root: False}
    for parent in shown(around, tree.body):
        outer = [parent, *islice(parent.ancestors(), _MAX_AROUND_BUTTON)]
        for node in outer:
            if node not in known:
                known[node] = fits(node)
        asking = [node for node in outer if known[node]]
        if asking and not any(node.dropped or node in kept for node in outer) and not _is_example(asking[-1]):
            asking[-1].drop(PAGE_TOOL)


def _is_answer(field: Element) -> bool:
    """Whether it is one of several answers, or sends one: an item of a list is ticked off, whatever it asks."""
    return field.get("type").lower() in _ANSWERS


def _is_example(node: Element) -> bool:
    """Whether the text before the element announces it."""
    siblings = node.parent.children if node.parent is not None else []
    if len(siblings) > MAX_PARTS:
        return False
    for part in reversed(siblings[: siblings.index(node)]):
        if not isinstance(part, str):
            return part.words().endswith(":")
        if part.strip():
            return part.rstrip().endswith(":")
    return False


def _judged(tree: Tree, cells: set[Element]) -> list[Element]:
    """The elements that may be no content, with the table's cells that are."""
    nodes = tree.where(is_judged, selectors.NAMING, selectors.JUDGED_BY_TAG)
    return sorted({*nodes, *cells}, key=attrgetter("at")) if cells else nodes


def _link_cells(tree: Tree) -> set[Element]:
    """The cells that are nothing but links, one below the other, in tables without a head."""
    cells = [node for node in tree.tagged("td") if node.link_density > MOST_LINKS and _is_list_of_links(tree, node)]
    headed = {head.ancestor(["table"]) for head in tree.tagged("th")} if cells else ()
    return {cell for cell in cells if (table := cell.ancestor(["table"])) is not None and table not in headed}


def _is_list_of_links(tree: Tree, cell: Element) -> bool:
    links = ends = 0
    for inner in tree.within(cell):
        links += inner.tag == "a"
        ends += inner.is_block or inner.tag == "br"
    # In a line they are a signature or a sentence.
    return links >= _MIN_LINKS and ends >= links - 1


def _drop_all_but(tree: Tree, kept: set[Element]) -> None:
    """Drop what the project does not keep; `kept` are the elements that it does, and those around them."""
    around = kept.difference(tree.kept)
    for node in around:
        node.children = [child for child in node.children if isinstance(child, Element)]
        for child in node.elements():
            if child not in kept and child.tag != "head":
                child.drop(BY_PROJECT)


def _kind_by_text(tree: Tree, node: Element, cells: set[Element]) -> str:
    """The kind of an element whose text says that it is a tool of the page, or of a cell of mere links; else ''."""
    if node.tag in selectors.SHORT_TEXTS:
        return PAGE_TOOL if is_page_tool(node) else ""
    if may_be_button(node.start):
        # A box around code may be called so as well.
        return PAGE_TOOL if is_page_tool(node) and not tree.has(node, _CODE) else ""
    if counts_readers(node.start) and is_count(node):
        return PAGE_TOOL
    return NAVIGATION if node in cells and _is_beside_content(tree, node) else ""


def _is_beside_content(tree: Tree, cell: Element) -> bool:
    """Whether the cell of links is beside the page's content, in a table that lays out the page."""
    row, body = cell.parent, tree.body
    if row is None or row.parent is None or len(row.children) > _MAX_LAYOUT_CELLS:
        return False
    rows = sum(1 for _ in islice(row.parent.elements(), _MAX_LAYOUT_ROWS + 1))
    least = max(_MIN_LAID_OUT, (body.chars - body.link_chars) * _MIN_SHARE_LAID_OUT)
    for other in row.elements():
        if other is cell or other.link_density >= NAVIGATION_LINK_DENSITY:
            continue
        is_text = rows == 1 or other.chars - other.link_chars >= least
        telling = selectors.CELL_CONTENT if is_text else selectors.HEADINGS_OF_CELLS
        if (is_text or rows <= _MAX_LAYOUT_ROWS) and tree.has(other, telling):
            return True
    return False
