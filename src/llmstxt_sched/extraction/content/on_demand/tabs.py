"""Gives each panel of a group of tabs the label of its tab, so that a reader is told which panel is for whom.

The tabs are those of WAI-ARIA (role=tab), of Bootstrap and jQuery UI, labels of radio buttons, which work without a
script, or what Antora, Docsify, mdBook, ReadMe and many a site call so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile, zip_longest
from operator import attrgetter
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.hidden import is_hidden
from llmstxt_sched.extraction.content.page_tools import is_page_tool
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, says_something

_TAB_LABEL: Final = "tab label"
_TAB_ATTRIBUTES: Final = ("role", "data-toggle", "data-bs-toggle")
_WORD: Final = re.compile(r"\w")
_FOLDED_NAMES: Final = re.compile(
    r"(?:panel|content|body|details)[-_]{1,2}(?:hidden|closed|collapsed)|is-(?:hidden|closed|collapsed)"
)
# The address of a link that only a script follows.
_TO_NOWHERE: Final = re.compile(r"\s*(?:#?\s*\Z|javascript:)", re.IGNORECASE)
# What a button draws behind its words for opening and closing: plus, minus, a cross, an arrow or a triangle; and where
# it is a part of them.
_FOLD_SIGN: Final = re.compile(
    "[-+\u00bb\u00d7\u2010-\u2015\u203a\u2190-\u21ff\u2212\u2227\u2228\u2303\u2304\u25a0-\u25ff\u2715\u2716\u2795\u2796"
    "\u276f\u2b00-\u2bff]"
)
_HAVE_SIGNS: Final = selectors.CODE_SPANS | {"sub", "sup"}
# More than any real page has, so that a hostile page cannot make the search quadratic.
_MAX_TABS: Final = 500
# What a panel is that follows the labels of radio buttons without being called one.
_PANEL_TAGS: Final = frozenset(["div", "section", "pre"])
# What nothing stands behind.
_ROOTS: Final = frozenset(["html", "body"])
# What has a larger share of its text in links is a menu.
_MAX_LINKS: Final = 0.6
# What is folded may be folded in something else, but not so often: each is read for the tools in it.
_MAX_TIMES_LOOKED: Final = 6
# The name of a tab is no longer, in characters.
_MAX_NAME: Final = 60
# In characters and elements, a title that says the name of a panel in it.
_MAX_TITLE, _MAX_IN_TITLE = 1000, 100
# What nothing holds that is unfolded: tools, and the page with its title.
_NO_PANEL: Final = selectors.OF_WIDGETS | {"h1", "main"}
# Elements between a tab and what holds its panel too.
_MAX_TAB_DEPTH: Final = 5


def label_tabs(tree: Tree) -> None:
    """Set `label` of all panels, and drop the tabs that the labels are from."""
    radios = {node.get("id") for node in tree.tagged("input") if node.get("type").lower() == "radio"}
    tabs = tree.where(_is_tab, [*_TAB_ATTRIBUTES, *selectors.TARGETS])
    if radios:
        labels = [label for label in tree.tagged("label") if label.attrs.get("for") in radios]
        tabs = sorted({*tabs, *labels}, key=attrgetter("at"))
    tabs = tabs[:_MAX_TABS]
    tabs += [tab for bar in tree.where(_is_bar, ["class"])[:_MAX_TABS] for tab in bar.elements() if tab.tag == "button"]
    for section in tree.tagged(selectors.EXPANDABLE)[:_MAX_TABS]:
        section.label = section.get("header")
    _label_by_key(tree)
    _label_by_toggles(tree)
    _label_by_class(tree)
    _label_by_links(tree)
    _label_by_tabs(tree, tabs)
    for panel in tree.where(_is_named_panel, selectors.TAB_NAMES)[:_MAX_TABS]:
        if not panel.label and not is_hidden(panel) and not _starts_with_name(tree, panel):
            panel.label = _name_of(panel.start)


def _starts_with_name(tree: Tree, panel: Element) -> bool:
    """Whether a panel that is named by an attribute says so itself, or is what is around other panels."""
    if any(_is_named_panel(node.start) for node in panel.elements()):
        return True
    if not panel.chars:
        return False
    inner = next(filter(lambda node: node.chars, tree.within(panel)), panel)
    # Panels may be in one another by the hundreds.
    is_small = inner.chars <= _MAX_TITLE and inner.end - inner.at <= _MAX_IN_TITLE
    return is_small and _name_of(panel.start) == inner.words()


def _label_by_tabs(tree: Tree, tabs: list[Element]) -> None:
    """Label the panels that belong to `tabs`, by their ids or by their place."""
    if not tabs:
        return
    ids = {node.get("id"): node for node in tree.order if node.attrs.get("id")}
    labelled = {node.get("aria-labelledby"): node for node in tree.order if "aria-labelledby" in node.attrs}
    groups: dict[Element, list[Element]] = {}
    for tab in tabs:
        panel = _target(tab, ids) or labelled.get(tab.get("id"))
        if panel is not None and not panel.holds(tab) and panel is not tab:
            _pair(tab, panel)
        elif not _leads_to_page(tab):
            groups.setdefault(_list_around(tab), []).append(tab)
    shown = tree.where(_is_panel_by_role, ["role"])[:_MAX_TABS]
    for around, group in groups.items():
        panels = _panels(tree, around, group) or _panels_by_role(shown, tabs, group)
        if len(panels) == 1:
            # The others are written once they are asked for.
            group.sort(key=_is_selected, reverse=True)
        for tab, panel in zip(group, panels, strict=False):
            _pair(tab, panel)


def _leads_to_page(tab: Element) -> bool:
    """Whether the tab is a link to another page, as those of a registry are: what is beside it is no panel."""
    href = tab.get("href").strip()
    return tab.tag == "a" and "#" not in href and href != "" and _TO_NOWHERE.match(href) is None


def _label_by_key(tree: Tree) -> None:
    """Label the panels that have the same key as a tab before them, in an attribute of a site's own."""
    tabs: dict[str, Element] = {}
    for node in tree.where(_has_key, [selectors.TAB_KEY])[: 2 * _MAX_TABS]:
        key = node.get(selectors.TAB_KEY)
        if node.tag in _PANEL_TAGS and not _is_tab_by_class(node.start):
            if key in tabs:
                _pair(tabs.pop(key), node)
        elif 0 < node.chars <= _MAX_NAME:
            tabs[key] = node


def _label_by_toggles(tree: Tree) -> None:
    """Label the panels behind a list of tabs of Dokka's, one for each platform, which have the keys of their tabs."""
    for bar in tree.where(_is_toggle_list, [selectors.TOGGLE_LIST])[:_MAX_TABS]:
        tabs = {tab.get(selectors.TOGGLE): tab for tab in bar.elements() if tab.get(selectors.TOGGLE)}
        for panel in islice(_following(tree, bar), len(tabs)):
            tab = tabs.get(panel.get(selectors.TOGGLABLE))
            if tab is not None:
                _pair(tab, panel)


def _label_by_class(tree: Tree) -> None:
    """Label the panels of tabs that only their classes tell, until a script has given them their roles."""
    found = tree.where(_is_panel_by_class, ["class"])[:_MAX_TABS]
    if not found:
        return
    tabs = tree.where(_is_tab_by_class, ["class"])[:_MAX_TABS]
    tabs = [tab for tab, following in zip_longest(tabs, tabs[1:]) if following is None or not tab.holds(following)]
    groups: dict[Element | None, tuple[list[Element], list[Element]]] = {}
    for panel in found:
        groups.setdefault(panel.parent, ([], []))[1].append(panel)
    for tab in tabs:
        around = next(filter(groups.__contains__, islice(tab.ancestors(), _MAX_TAB_DEPTH)), None)
        if around is not None:
            groups[around][0].append(tab)
    for group, shown in groups.values():
        panels = shown if len(shown) == len(group) else _panels_within(groups, group, shown)
        for tab, panel in zip(group, panels, strict=False):
            _pair(tab, panel)


def _panels_within(
    groups: dict[Element | None, tuple[list[Element], list[Element]]], group: list[Element], shown: list[Element]
) -> list[Element]:
    """The panels in what is around all of them, if that is called a panel as well."""
    if len(shown) != 1 or len(group) < 2:
        return []
    around = shown[0]
    inner = [panels for holder, (_, panels) in groups.items() if holder is around or (holder and around.holds(holder))]
    return next(filter(lambda panels: len(panels) == len(group), inner), [])


def _label_by_links(tree: Tree) -> None:
    """Label the panels whose tabs are links to them in a list before them, until jQuery UI has given them roles."""
    for around in tree.where(_is_around_tabs, ["class", "id"])[:_MAX_TABS]:
        listing, *panels = [child for child in around.elements() if child.tag not in selectors.NO_TEXT] or [around]
        links = [node for node in tree.within(listing) if node.tag == "a"][:_MAX_TABS] if listing.tag == "ul" else []
        named = {f"#{panel.get('id')}": panel for panel in panels if panel.tag == "div"}
        if links and listing.link_density == 1 and all(_is_tab_of(tree, tab, named) for tab in links):
            for tab in links:
                _pair(tab, named[tab.get("href")])
            listing.drop(_TAB_LABEL)


def _is_tab_of(tree: Tree, tab: Element, named: dict[str, Element]) -> bool:
    """Whether the link leads to one of the panels; a heading of the link's words would make it one of contents."""
    panel = named.get(tab.get("href"))
    if panel is None or panel.label:
        return False
    first = next(tree.within(panel), None)
    return first is None or first.tag not in selectors.HEADINGS or first.words() != tab.words()


def label_folded(tree: Tree) -> set[Element]:
    """Label what a button unfolds with the button's text, and return what is to be read without a label.

    That is where the button is in a heading or a term, which is read anyway, or says only that it unfolds something.
    """
    buttons = tree.where(_may_unfold, selectors.UNFOLDING)[:_MAX_TABS]
    buttons += tree.where(_is_of_accordion, ["class"])[:_MAX_TABS]
    buttons += tree.where(_listens, selectors.LISTENING)[:_MAX_TABS]
    opened, looked_at = set(_opened_by_links(tree)), 0
    if not buttons:
        return opened
    ids = {node.get("id"): node for node in tree.order if node.attrs.get("id")}
    for button in buttons:
        around = [button, *islice(button.ancestors(), _MAX_TAB_DEPTH)]
        labelled = next(filter(lambda outer: outer.tag in selectors.LABELLED_BY_BUTTON, around), None)
        panel = _unfolded(tree, button, labelled, ids)
        if panel is None or panel in opened:
            continue
        looked_at += panel.end - panel.at
        if looked_at > _MAX_TIMES_LOOKED * len(tree.order):
            break
        if _is_widget(tree, button, panel, labelled):
            continue
        if labelled is not None:
            opened.add(panel)
        elif _is_before(tree, around, panel):
            if selectors.UNFOLDS.fullmatch(button.words()):
                opened.add(panel)
            else:
                _drop_sign(button)
                _pair(button, panel)
    return opened


def _drop_sign(button: Element) -> None:
    """Drop a sign such as + that a button has behind its words, and which is none of them."""
    last = next(filter(says_something, reversed(button.children)), "")
    if isinstance(last, str) or last.tag in _HAVE_SIGNS or not last.chars == 1 < button.chars:
        return
    if _FOLD_SIGN.fullmatch(last.words()):
        last.drop(_TAB_LABEL)


def _opened_by_links(tree: Tree) -> Iterator[Element]:
    """What is hidden behind a line that is nothing but a link to nowhere, whose script opens it.

    Help+Manual has such sections, and so have RoboHelp and Flare in their older outputs.
    """
    for link in tree.where(_may_open, ["onclick", "class"])[:_MAX_TABS]:
        if not link.chars or _TO_NOWHERE.match(link.get("href")) is None:
            continue
        for panel in (*islice(_following(tree, link), 1), *_behind_line(tree, link)):
            if panel.tag in _PANEL_TAGS and is_hidden(panel) and not _is_widget(tree, link, panel, None):
                yield panel


def _behind_line(tree: Tree, link: Element) -> list[Element]:
    """The element behind the block that holds nothing but the link."""
    line = link
    for around in islice(link.ancestors(), _MAX_TAB_DEPTH):
        if around.chars > link.chars or around.tag in _ROOTS:
            break
        line = around
    return [*islice(_following(tree, line), 1)] if line.is_block else []


def _unfolded(tree: Tree, button: Element, labelled: Element | None, ids: dict[str, Element]) -> Element | None:
    """What the button unfolds, by its id or, where it names none, behind what the button labels."""
    is_said = _unfolds(button.start)
    panel = _target(button, ids) if is_said or labelled is not None else None
    if panel is None and is_said and labelled is not None and "aria-controls" not in button.attrs:
        panel = next(_following(tree, labelled), None)
    elif panel is None and labelled is None:
        panel = _unfolded_next(tree, button)
    return None if panel is None or panel.label or panel.holds(button) else panel


def _unfolded_next(tree: Tree, button: Element) -> Element | None:
    """What follows a button that does not name what it unfolds, if it may be that."""
    is_told = _is_of_accordion(button.start) or _may_unfold_next(button.start)
    # Other buttons copy or send something, and tell so.
    if not is_told and (is_page_tool(button) or button.ancestor(["form"]) is not None):
        return None
    following = next(iter(_behind_alone(tree, button)), None)
    if following is None or following.tag not in _PANEL_TAGS or not (is_told or _is_folded(following)):
        return None
    # What says the same is a tooltip.
    is_same = following.chars == button.chars <= _MAX_TITLE and following.words() == button.words()
    return None if is_same else following


def _is_folded(node: Element) -> bool:
    """Whether an element is shown once a script is asked for it."""
    if not node.chars:
        return False
    if is_hidden(node) or not selectors.SHOWN_BY_SCRIPT.isdisjoint(node.attrs):
        return True
    # A stylesheet may do that.
    return not selectors.FOLDED.isdisjoint(node.classes) or any(map(_FOLDED_NAMES.search, node.classes))


def _behind_alone(tree: Tree, button: Element) -> list[Element]:
    """The element behind the button, or behind what holds nothing but the button."""
    for node in (button, *islice(button.ancestors(), _MAX_TAB_DEPTH)):
        if node.chars > button.chars or node.tag in _ROOTS:
            break
        behind = [*islice(_following(tree, node), 1)]
        if behind:
            return behind
    return []


def _is_widget(tree: Tree, button: Element, panel: Element, labelled: Element | None) -> bool:
    """Whether the panel is a tool of the site or a menu, and no text, or else the page itself."""
    if tree.has(panel, _NO_PANEL):
        return True
    tools = panel.link_chars + sum(inner.chars for inner in tree.within(panel) if inner.tag == "button")
    # An answer may be a link.
    if tools > _MAX_LINKS * panel.chars and (labelled is None or labelled.tag != "dt"):
        return True
    return (
        labelled is None
        and not tree.has(panel, selectors.OF_TEXTS)
        and bool(selectors.WIDGETS.fullmatch(button.words()))
    )


def _is_before(tree: Tree, around: list[Element], panel: Element) -> bool:
    """Whether the panel follows the button, which is the first of `around`, or what holds nothing but the button."""
    button = around[0]
    alone = takewhile(lambda outer: outer.chars == button.chars and not outer.holds(panel), around)
    return button.chars > 0 and any(panel is next(_following(tree, outer), None) for outer in alone)


@Question
def _is_panel_by_class(start: StartTag) -> bool:
    return "role" not in start.attrs and any(map(selectors.TAB_PANELS.fullmatch, start.classes))


@Question
def _is_tab_by_class(start: StartTag) -> bool:
    return "role" not in start.attrs and any(map(selectors.TABS.fullmatch, start.classes))


@Question
def _has_key(start: StartTag) -> bool:
    return start.get(selectors.TAB_KEY) != ""


@Question
def _is_toggle_list(start: StartTag) -> bool:
    return selectors.TOGGLE_LIST in start.attrs


@Question
def _may_unfold(start: StartTag) -> bool:
    """Whether an element that begins so may be a button that unfolds something, or a heading that does."""
    if start.get("aria-haspopup") not in ("", "false"):
        return False
    if start.name != "button" and start.get("role") != "button":
        return start.name in selectors.LABELLED_BY_BUTTON and "aria-controls" in start.attrs
    is_other = any(start.get(name) not in ("", selectors.COLLAPSE) for name in selectors.TOGGLES_OF_BOOTSTRAP)
    return start.get("role") != "tab" and (_unfolds(start) or not is_other)


@Question
def _may_open(start: StartTag) -> bool:
    """Whether it is a link that has a script of its own, or says in its class that it opens something."""
    is_opener = "onclick" in start.attrs or any(map(selectors.OPENS_TEXT.search, start.classes))
    return start.name == "a" and is_opener


@Question
def _is_of_accordion(start: StartTag) -> bool:
    """Whether it is a button that only its class says to unfold what follows it."""
    return start.name == "button" and any(map(selectors.ACCORDIONS.fullmatch, start.classes))


def _unfolds(start: StartTag) -> bool:
    """Whether an element that begins so says itself that it unfolds something."""
    toggles = map(start.get, selectors.TOGGLES_OF_BOOTSTRAP)
    return "aria-expanded" in start.attrs or selectors.COLLAPSE in toggles


@Question
def _listens(start: StartTag) -> bool:
    """Whether it is a button that a script of the page's own listens to."""
    return start.name == "button" and any(name in start.attrs for name in selectors.LISTENING)


@Question
def _may_unfold_next(start: StartTag) -> bool:
    """Whether it is a button that says to unfold something, but not what."""
    return start.name == "button" and "aria-expanded" in start.attrs and "aria-controls" not in start.attrs


@Question
def _is_bar(start: StartTag) -> bool:
    return selectors.TAB_BAR in start.classes


@Question
def _is_around_tabs(start: StartTag) -> bool:
    return start.name == "div" and any(map(selectors.AROUND_TABS.fullmatch, (start.get("id"), *start.classes)))


@Question
def _is_tab(start: StartTag) -> bool:
    is_tab = any(start.get(name) in selectors.TAB_TOGGLES for name in _TAB_ATTRIBUTES)
    is_tab = is_tab or (_is_tab_by_class(start) and any(map(start.get, selectors.TARGETS)))
    return is_tab and selectors.TABLE_FILTERS.isdisjoint(start.classes)


@Question
def _is_panel_by_role(start: StartTag) -> bool:
    return start.get("role") == "tabpanel"


@Question
def _is_named_panel(start: StartTag) -> bool:
    """Whether an element that begins so holds a tab's panel and has the tab's name for an attribute."""
    is_own = "-" in start.name and selectors.TAB_ELEMENTS.fullmatch(start.name) is not None
    is_panel = _is_panel_by_role(start)
    # By a class alone, a title may as well be a tip.
    return is_own or is_panel or (_is_panel_by_class(start) and any(map(start.get, selectors.TAB_DATA)))


def _name_of(start: StartTag) -> str:
    return " ".join(next(filter(None, map(start.get, selectors.TAB_NAMES)), "").split())


def _target(tab: Element, ids: dict[str, Element]) -> Element | None:
    if tab.tag == "label":
        return None
    names = [tab.get("aria-controls"), *(tab.get(name) for name in (*selectors.TARGETS, "href"))]
    named = [ids[name.removeprefix("#")] for name in names if name and name.removeprefix("#") in ids]
    return named[0] if named else None


def _pair(tab: Element, panel: Element) -> None:
    """Label the panel by its tab; of several tabs that show parts of one panel, by the one that is selected."""
    if panel.holds(tab):
        return
    if not panel.label or _is_selected(tab):
        label = _words_of(tab)
        panel.label = label if _WORD.search(label) else _name_of(tab.start) or label
        _drop_title_for_print(panel)
    tab.dropped = _TAB_LABEL


def _words_of(tab: Element) -> str:
    """What a tab says, with spaces between its elements where it has nothing else: a style sets them apart."""
    parts = [part for part in tab.elements() if part.chars]
    if len(parts) < 2 or any(isinstance(part, str) and part.strip() for part in tab.children):
        return tab.words()
    return " ".join(part.words() for part in parts)


def _is_selected(tab: Element) -> bool:
    return tab.get("aria-selected") == "true"


def _drop_title_for_print(panel: Element) -> None:
    """Drop what a panel begins with where that is its label again, which VuePress shows in print alone."""
    first = next(filter(lambda child: child.chars > 0, islice(panel.elements(), _MAX_TAB_DEPTH)), None)
    if first is not None and first.tag == "div" and first.chars < panel.chars and first.words() == panel.label:
        first.drop(_TAB_LABEL)


def _list_around(tab: Element) -> Element:
    lists = filter(lambda node: node.get("role") == "tablist", tab.ancestors())
    return next(lists, None) or tab.parent or tab


def _panels(tree: Tree, around: Element, group: list[Element]) -> list[Element]:
    """The panels of the tabs `group` in the element `around`: after each of them, or together after all."""
    each = [panel for tab in group for panel in islice(_following(tree, tab), 1) if panel not in group]
    if len(each) == len(group):
        return each
    for sibling in _following(
        tree, around if around.get("role") == "tablist" or not _has_others(around) else group[-1]
    ):
        if sibling.get("role") == "tabpanel":
            return [node for node in _following(tree, around) if node.get("role") == "tabpanel"]
        panels = [child for child in sibling.elements() if child.tag not in selectors.NO_TEXT]
        # The label of the next answer of a question is no panel of this one.
        if len(panels) == len(group) and "label" not in [panel.tag for panel in panels]:
            return panels
    after = list(_following(tree, group[-1])) if group[0].tag == "label" else []
    return after if len(after) == len(group) and all(map(_may_be_panel, after)) else []


def _panels_by_role(shown: list[Element], tabs: list[Element], group: list[Element]) -> list[Element]:
    """Those of the panels `shown` that follow the tabs in the smallest element that has any, if they are as many."""
    last = group[-1]
    for outer in islice(last.ancestors(), _MAX_TAB_DEPTH):
        panels = list(outermost([panel for panel in shown if panel.at >= last.end and outer.holds(panel)]))
        if panels:
            is_whole = len(panels) in (1, len(group)) and not any(panel.label for panel in panels)
            has_others = any(last.at < tab.at < panels[0].at for tab in tabs)
            return panels if is_whole and not has_others else []
    return []


def _may_be_panel(node: Element) -> bool:
    is_named = any(map(selectors.OF_PANELS.search, node.classes))
    # A <div> alone may be what comes next, as after the answers of a question.
    return node.tag in _PANEL_TAGS and (is_named or node.tag != "div")


def _has_others(around: Element) -> bool:
    return any(child.tag not in ("label", "input", "li", "a", "button") for child in around.elements())


def _following(tree: Tree, node: Element) -> Iterator[Element]:
    """The elements behind `node` in what holds it; found by their places, for it may hold very many."""
    at, end = node.end, node.parent.end if node.parent is not None else 0
    while at < end:
        sibling = tree.order[at]
        at = sibling.end
        if sibling.tag not in selectors.NO_TEXT:
            yield sibling
