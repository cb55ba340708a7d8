"""Drops what is never a page's content: scripts, navigation, banners, buttons, invisible elements.

Each is marked with its kind, and stays in the tree: `Tree.within` and `Element.text` pass over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice, pairwise
from operator import attrgetter
from typing import Final, TypeGuard

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.bars.pages_around import drop_lists_around, drop_picture_bars
from llmstxt_sched.extraction.content.datelines import drop_bylines, drop_datelines
from llmstxt_sched.extraction.content.furniture import NAVIGATION_LINK_DENSITY
from llmstxt_sched.extraction.content.hidden import fades_in, is_closed, is_hidden
from llmstxt_sched.extraction.content.images import source_of
from llmstxt_sched.extraction.content.names import (
    BY_NAME,
    NAVIGATION,
    PAGE_TOOL,
    counts_readers,
    is_all_of_formula,
    is_judged,
    kind_by_name,
    lists_children,
    may_be_button,
)
from llmstxt_sched.extraction.content.note_icons import drop_note_icons
from llmstxt_sched.extraction.content.on_demand.popovers import open_popovers
from llmstxt_sched.extraction.content.on_demand.tabs import label_folded, label_tabs
from llmstxt_sched.extraction.content.on_demand.tooltips import drop_tooltips
from llmstxt_sched.extraction.content.own_contents import find_own_contents, part_before
from llmstxt_sched.extraction.content.page_tools import (
    MAX_TOOL_TEXT,
    is_count,
    is_label_of_contents,
    is_page_tool,
    names_pages_around,
)
from llmstxt_sched.extraction.content.questions import (
    asks_for_consent,
    asks_for_opinion,
    consents,
    is_button_of_site,
    may_ask_for_opinion,
    offers_choice,
)
from llmstxt_sched.extraction.content.seen_again import keep_seen_again
from llmstxt_sched.extraction.dom.parse import BY_PROJECT
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, shown
from llmstxt_sched.extraction.unrendered import is_unrendered

HIDDEN: Final = "hidden text"
_NOSCRIPT: Final = "noscript"
_PLACEHOLDER: Final = "placeholder"
# A page with fewer characters than this between its head and its foot, and than its <noscript> has, has nothing else.
_NOTHING_ELSE: Final = 100
_HEAD_AND_FOOT: Final = ("header", "footer")
_WORDS: Final = re.compile(r"\w\w")
_WORD: Final = re.compile(r"\w")
# What may hold nothing but links and signs between them, such as "|", and how many there are, in characters.
_HOLD_LINKS, _MAX_SIGNS = frozenset(["center", "div", "em", "p", "small", "span"]), 20
# Elements in a <noscript> that has one picture.
_MAX_AROUND_PICTURE: Final = 10
# What a picture consists of.
_PICTURES: Final = frozenset(["figure", "img", "picture", "source"])
_CODE: Final = selectors.CODE_SPANS | selectors.CODE_BLOCKS
_ANSWERS: Final = frozenset(["button", "image", "radio", "submit"])
# Elements between a button and what holds the question that it answers.
_MAX_AROUND_BUTTON: Final = 3
# So often a page's content may be hidden in what is hidden itself; it has so many times the text that is shown.
_MAX_WRAPPERS, _MIN_TIMES_SHOWN = 3, 10
# A single part that fades in may be a window.
_MIN_FADED: Final = 2
# The share of its text from which a cell has nothing but links.
_MOST_LINKS: Final = 0.9
_MIN_LINKS: Final = 3
# A table that lays out a page has few cells; and it has one row, or few and a heading beside the links, or at least so
# much prose there, in characters and of the page's.
_MAX_LAYOUT_CELLS, _MAX_LAYOUT_ROWS, _MIN_LAID_OUT, _MIN_SHARE_LAID_OUT = 20, 3, 200, 0.25
# Breadcrumbs have no more characters and elements, and none of these.
_MAX_CRUMBS, _MAX_PARTS_OF_CRUMBS = 300, 200
_NOT_IN_CRUMBS: Final = selectors.HEADINGS | selectors.CODE_BLOCKS
# A block of more parts is no sentence, and to look at all for each of them would take seconds.
_MAX_PARTS: Final = 1000
# Elements of a list of tabs among which the first panel is, and characters of a tab.
_MAX_TAB_LIST, _MAX_TAB = 1000, 40


def drop_boilerplate(tree: Tree, self_links: Iterable[Element] = ()) -> None:
    """Drop everything in the page's body that is never content, but nothing that the project keeps.

    `self_links` are links to the page by its own address.
    """
    kept = {outer for node in tree.kept for outer in (node, *node.ancestors())}
    if kept:
        _drop_all_but(tree, kept)
    label_tabs(tree)
    opened = label_folded(tree) | open_popovers(tree)
    _drop_pictures_of_formulas(tree)
    hidden = _drop_unseen(tree, tree.body, kept | opened)
    _show_page(tree, hidden, kept | opened)
    _show_noscripts(tree, kept)
    _drop_navbars(tree, kept)
    _drop_crumbs(tree, kept)
    total = tree.body.chars
    cells = _link_cells(tree)
    around_links: dict[Element, None] = {}
    for node in shown(_judged(tree, cells), tree.body):
        has_name = node.start.is_described or node.tag in selectors.FURNITURE
        kind = (kind_by_name(tree, node, total) if has_name else "") or _kind_by_text(tree, node, cells)
        if kind and node not in kept:
            node.drop(kind)
            if kind == NAVIGATION and node.tag in selectors.CONTAINERS:
                _drop_label_of_contents(node, kept)
            if not selectors.HEADED_AROUND.isdisjoint(node.classes):
                _drop_heading_of(node, kept)
            if node.tag == "a" and node.parent is not None and (_leads_around(node) or _is_beside_title(node.parent)):
                around_links[node.parent] = None
    _drop_signs(tree, around_links, kept)
    drop_tooltips(tree, kept)
    drop_bylines(tree, kept)
    drop_datelines(tree, kept)
    drop_note_icons(tree)
    drop_picture_bars(tree, kept)
    drop_lists_around(tree, kept)
    for contents in find_own_contents(tree, frozenset(self_links)):
        if contents not in kept:
            contents.drop(NAVIGATION)
            _drop_label_of_contents(contents, kept)
    _drop_labels_of_navs(tree, kept)
    _drop_questions(tree, kept)
    _drop_repeated_title(tree, kept)


def _drop_label_of_contents(contents: Element, kept: set[Element]) -> None:
    """Drop what stands before a table of contents and says that it is one."""
    label = part_before(contents)
    if not isinstance(label, Element) or label.tag == "h1" or label.dropped or label in kept:
        return
    if is_label_of_contents(label):
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
        if _WORD.search(around.words()) is None and not tree.has(around, _PICTURES):
            around.drop(PAGE_TOOL)


def _drop_labels_of_navs(tree: Tree, kept: set[Element]) -> None:
    """Drop what says that a table of contents follows where that is a <nav>."""
    navs = [nav for nav in tree.tagged("nav") if nav.dropped == NAVIGATION and nav.parent is not None]
    around = {tree.body, *shown(dict.fromkeys(nav.parent for nav in navs if nav.parent is not None), tree.body)}
    for nav in navs:
        if nav.parent in around:
            _drop_label_of_contents(nav, kept)


def _drop_questions(tree: Tree, kept: set[Element]) -> None:
    """Drop what asks the reader about the page, or how it shall look, beside the buttons for the answers."""
    buttons = [node for node in tree.tagged("button", "input") if node.tag == "button" or _is_answer(node)]
    _drop_around(tree, buttons, asks_for_opinion, kept)
    _drop_around(tree, [node for node in tree.tagged("button") if consents(node)], asks_for_consent, kept)
    _drop_around(tree, [node for node in tree.tagged("input") if is_button_of_site(node)], offers_choice, kept)
    # Where the answers are no buttons, but links or words that a script listens to.
    for node in shown(tree.where(may_ask_for_opinion, ["class", "id"]), tree.body):
        if node not in kept and asks_for_opinion(node) and not _is_example(node):
            node.drop(PAGE_TOOL)


def _drop_around(tree: Tree, buttons: list[Element], fits: Callable[[Element], bool], kept: set[Element]) -> None:
    """Drop the largest of what fits around each of these buttons."""
    around = {button.parent: None for button in buttons if button.parent is not None}
    known: dict[Element, bool] = {tree.body: False}
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
    if len(siblings) > _MAX_PARTS:
        return False
    before = [part for part in siblings[: siblings.index(node)] if not isinstance(part, str) or part.strip()][-1:]
    return any((part if isinstance(part, str) else part.words()).rstrip().endswith(":") for part in before)


def _drop_pictures_of_formulas(tree: Tree) -> None:
    """Drop what MathJax 2 has drawn of the formulas whose source is in a script behind, or in MathML."""
    scripts = [node for node in tree.tagged("script") if node.get("type").startswith(selectors.TEX_TYPE)]
    for around in {node.parent: None for node in scripts + tree.tagged("math")}:
        children = around.children if around is not None else []
        for drawn, source in pairwise(children):
            if _is_drawn_formula(drawn) and isinstance(source, Element) and source.tag in ("script", "math"):
                drawn.drop(HIDDEN)


def _is_drawn_formula(node: Element | str) -> TypeGuard[Element]:
    return isinstance(node, Element) and not selectors.DRAWN_FORMULAS.isdisjoint(node.classes)


def _judged(tree: Tree, cells: set[Element]) -> list[Element]:
    """The elements that may be no content, with the table's cells that are."""
    nodes = tree.where(is_judged, selectors.NAMING, selectors.JUDGED_BY_TAG)
    return sorted({*nodes, *cells}, key=attrgetter("at")) if cells else nodes


def _link_cells(tree: Tree) -> set[Element]:
    """The cells that are nothing but links, one below the other, in tables without a head."""
    cells = [node for node in tree.tagged("td") if node.link_density > _MOST_LINKS and _is_list_of_links(tree, node)]
    headed = {head.ancestor(["table"]) for head in tree.tagged("th")} if cells else ()
    return {cell for cell in cells if (table := cell.ancestor(["table"])) is not None and table not in headed}


def _is_list_of_links(tree: Tree, cell: Element) -> bool:
    links = ends = 0
    for inner in tree.within(cell):
        links += inner.tag == "a"
        ends += inner.is_block or inner.tag == "br"
    # In a line they are a signature or a sentence.
    return links >= _MIN_LINKS and ends >= links - 1


@Question
def _may_be_unseen(start: StartTag) -> bool:
    return not selectors.TELLING.isdisjoint(start.attrs)


def drop_banner(tree: Tree, self_links: list[Element]) -> None:
    """Drop the first of several level-1 headings if it alone leads to another page: then it is the site's name."""
    titles = [*shown(tree.tagged("h1"), tree.body)]
    banners = [node for node in titles if _leads_away(tree, node) and not any(map(node.holds, self_links))]
    if len(titles) > 1 and banners == titles[:1]:
        banners[0].drop(BY_NAME)


def _drop_repeated_title(tree: Tree, kept: set[Element]) -> None:
    """Drop a level-1 heading where the next says the same with nothing between: a theme's title above the text's."""
    # The site's name may stand before both.
    for first, second in pairwise(islice(shown(tree.tagged("h1"), tree.body), 3)):
        is_same = 0 < first.chars == second.chars and first.words() == second.words()
        if is_same and first not in kept and _has_nothing_between(first, second):
            first.drop(BY_NAME)


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


def _drop_unseen(tree: Tree, root: Element, kept: set[Element]) -> list[Element]:
    """Drop what is not seen in `root`, and return what its style or attributes hide."""
    hidden = []
    for node in shown(tree.where(_may_be_unseen, selectors.TELLING, selectors.UNSEEN_BY_TAG), root):
        kind = _kind_by_markup(tree, node)
        if kind and node not in kept:
            if kind == HIDDEN and keep_seen_again(tree, node, HIDDEN):
                continue
            if kind == HIDDEN:
                hidden.append(node)
            if node.tag in selectors.UNREAD:
                node.dropped = kind
            else:
                node.drop(kind)
    return hidden


def _show_page(tree: Tree, hidden: list[Element], kept: set[Element]) -> None:
    """Take back what holds nearly all of the page, which is hidden only until a script has laid it out.

    What is hidden beside the place in which scripts will put the page is for those whose browser runs none.
    """
    if not hidden or is_unrendered(tree):
        return
    hidden = _show_faded(tree, hidden, kept)
    for _ in range(_MAX_WRAPPERS):
        node = max(hidden, key=attrgetter("chars"), default=tree.body)
        is_page = node.chars > max(_NOTHING_ELSE, _MIN_TIMES_SHOWN * tree.body.chars)
        if not node.dropped or not is_page or not (node.tag == "main" or tree.has(node, selectors.MARKS_OF_PAGES)):
            return
        node.show()
        hidden = _drop_unseen(tree, node, kept)


def _show_faded(tree: Tree, hidden: list[Element], kept: set[Element]) -> list[Element]:
    """Take back the parts of the page that fade in, if they hold most of it; returns what is hidden then.

    An order to a model may be hidden so as well, but holds less than what is shown.
    """
    faded = [node for node in hidden if fades_in(node)]
    if len(faded) < _MIN_FADED or sum(node.chars for node in faded) <= max(_NOTHING_ELSE, tree.body.chars):
        return hidden
    taken = set[Element]()
    for _ in range(_MAX_WRAPPERS):
        taken.update(faded)
        for node in faded:
            node.show()
        hidden = [node for node in hidden if node.dropped] + _drop_unseen(tree, tree.body, kept | taken)
        faded = [node for node in hidden if fades_in(node)]
    return hidden


def _kind_by_markup(tree: Tree, node: Element) -> str:
    """The kind of an element that its tag, role or style says is no content; else ''."""
    tag, attrs = node.tag, node.attrs
    kind = selectors.NEVER_CONTENT.get(tag, "")
    if kind:
        return "" if _is_read(tree, node) else kind
    if "role" in attrs and attrs["role"] in selectors.NEVER_CONTENT_ROLES:
        return "" if lists_children(tree, node) or _has_panels(tree, node) else NAVIGATION
    if "aria-modal" in attrs and attrs["aria-modal"] == "true":
        return NAVIGATION
    # MediaWiki hides the picture of a formula from screen readers, which have the formula.
    is_formula = tag == "img" and not selectors.FORMULA_NAMES.isdisjoint(node.classes)
    if is_formula or not (is_hidden(node) or is_closed(node)):
        return ""
    return "" if is_all_of_formula(node) else HIDDEN


def _has_panels(tree: Tree, node: Element) -> bool:
    """Whether a list of tabs holds what they show as well, as Bootstrap's accordions do, and is no list of links."""
    if node.get("role") != selectors.TAB_LIST:
        return False
    inside = tree.order[node.at + 1 : min(node.end, node.at + _MAX_TAB_LIST)]
    if selectors.TAB_PANEL in [part.get("role") for part in inside]:
        return True
    tabs = outermost(filter(_is_tab, inside))
    return node.link_density <= _MOST_LINKS and node.chars - sum(tab.chars for tab in tabs) > _MAX_TAB


def _is_tab(node: Element) -> bool:
    is_item = node.tag in selectors.TAB_TAGS and node.chars <= _MAX_TAB
    return is_item or node.get("role") == selectors.TAB


def _is_read(tree: Tree, node: Element) -> bool:
    """Whether an element whose tag is mostly none of the content belongs to it."""
    if node.tag == "script":
        return node.get("type").startswith(selectors.TEX_TYPE)
    if node.tag == "button":
        return _is_in_sentence(node)
    if node.tag == "nav":
        return lists_children(tree, node)
    return node.tag == _NOSCRIPT and _is_late_picture(tree, node)


def _is_in_sentence(button: Element) -> bool:
    """Whether the button's words are part of a heading or a sentence."""
    if not button.chars:
        return False
    for around in button.ancestors():
        if around.tag in selectors.LABELLED_BY_BUTTON or (around.tag == "td" and around.chars == button.chars):
            return True
        if around.is_block and around.tag not in ("button", "span"):
            parts = around.children
            return len(parts) <= _MAX_PARTS and any(isinstance(part, str) and _WORDS.search(part) for part in parts)
    return False


def _is_late_picture(tree: Tree, noscript: Element) -> bool:
    """Whether it holds only the picture that an <img> beside it, with a placeholder, gets by a script."""
    inner = tree.order[noscript.at + 1 : min(noscript.end, noscript.at + _MAX_AROUND_PICTURE + 2)]
    pictures = [node for node in inner if node.tag == "img"]
    captions = sum(node.chars for node in inner if node.tag == "figcaption")
    is_only = len(inner) <= _MAX_AROUND_PICTURE and {node.tag for node in inner} <= selectors.AROUND_PICTURES
    if not is_only or len(pictures) != 1 or noscript.chars > captions:
        return False
    alt = pictures[0].get("alt")
    if not alt and not captions:
        return False
    before = tree.order[noscript.at - 1]
    behind = [late for late in tree.order[noscript.end : noscript.end + 1] if _is_for(late, alt)]
    around = before.parent.parent if before.parent is not None and before.parent.tag == "picture" else before.parent
    is_before = _is_for(before, alt) or (around is noscript.parent and before.tag == "img")
    if not behind and not is_before:
        # With nothing in its place, one in a link, a box or a paragraph of its own may count who was here.
        return captions > 0 or all(node.tag in _PICTURES for node in inner)
    # Pictures in a row may have one description.
    is_last = before.dropped == _PLACEHOLDER or not _is_for(before, alt)
    late = behind[0] if behind and is_last else before
    if source_of(late):
        return False
    late.dropped = _PLACEHOLDER
    return True


def _is_for(image: Element, alt: str) -> bool:
    """Whether the element is an <img> for a picture that is described so."""
    return image.tag == "img" and bool(alt) and image.get("alt") == alt


def _show_noscripts(tree: Tree, kept: set[Element]) -> None:
    parts = [part for part in tree.body.elements() if part.tag in _HEAD_AND_FOOT]
    # Some have all of the page in its header.
    is_page = {part for part in parts if part.tag == "header" and any(inner.tag == "p" for inner in tree.within(part))}
    around = sum(part.chars for part in parts if part not in is_page)
    if tree.body.chars - around >= _NOTHING_ELSE:
        return
    for node in outermost(tree.tagged(_NOSCRIPT)):
        text = node.words()
        is_request = selectors.ENABLE_SCRIPTS.search(text) and len(text) < 3 * MAX_TOOL_TEXT
        if node.dropped == _NOSCRIPT and len(text) > tree.body.chars - around and not is_request:
            node.show()
            _drop_unseen(tree, node, kept)


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
