"""Gives each panel of a group of tabs the label of its tab, so that a reader is told which panel is for whom.

The tabs are those of WAI-ARIA (role=tab), of Bootstrap and jQuery UI, labels of radio buttons, which work without a
script, and those of Antora, Docsify, mdBook, ReadMe and many other sites, by their class names.
"""

from __future__ import annotations

from itertools import islice, zip_longest
from operator import attrgetter
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.on_demand.panels import (
    MAX_TAB_DEPTH,
    MAX_TABS,
    MAX_TITLE,
    PANEL_TAGS,
    TAB_LABEL,
    TO_NOWHERE,
    following,
    is_selected,
    name_of,
    pair,
    target_of,
)
from llmstxt_sched.extraction.content.visibility.hidden import is_hidden
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost

_TAB_ATTRIBUTES: Final = ("role", "data-toggle", "data-bs-toggle")
# The name of a tab is no longer, in characters.
_MAX_NAME: Final = 60
# What holds a sentence, in which a component may be for a key or a button; so much of it is looked at.
_SENTENCES: Final = selectors.HEADINGS | {"p"}
_MAX_BESIDE: Final = 60
# In elements, a title that says the name of a panel in it.
_MAX_IN_TITLE: Final = 100


def label_tabs(tree: Tree) -> None:
    """Set `label` of all panels, and drop the tabs that the labels are from."""
    radios = {node.get("id") for node in tree.tagged("input") if node.get("type").lower() == "radio"}
    tabs = tree.where(_is_tab, [*_TAB_ATTRIBUTES, *selectors.TARGETS])
    if radios:
        labels = [label for label in tree.tagged("label") if label.attrs.get("for") in radios]
        tabs = sorted({*tabs, *labels}, key=attrgetter("at"))
    tabs = tabs[:MAX_TABS]
    tabs += [tab for bar in tree.where(_is_bar, ["class"])[:MAX_TABS] for tab in bar.elements() if tab.tag == "button"]
    for section in tree.tagged(selectors.EXPANDABLE)[:MAX_TABS]:
        section.label = section.get("header")
    for section in tree.named_like(selectors.FOLDED_COMPONENTS)[:MAX_TABS]:
        section.label = next(filter(None, map(section.get, selectors.NAMES_OF_FOLDED)), "")
        _set_apart(section)
    _label_by_key(tree)
    _label_by_toggles(tree)
    _label_by_class(tree)
    _label_by_place_named(tree)
    _label_by_links(tree)
    _label_components(tree)
    _label_by_tabs(tree, tabs)
    for panel in tree.where(_is_named_panel, selectors.TAB_NAMES)[:MAX_TABS]:
        if not panel.label and not is_hidden(panel) and not _starts_with_name(tree, panel):
            panel.label = name_of(panel.start)
            if "-" in panel.tag:
                _set_apart(panel)


def _starts_with_name(tree: Tree, panel: Element) -> bool:
    """Whether a panel that is named by an attribute says so itself, or is what is around other panels."""
    if any(_is_named_panel(node.start) for node in panel.elements()):
        return True
    if not panel.chars:
        return False
    inner = next(filter(lambda node: node.chars, tree.within(panel)), panel)
    # Panels may be in one another by the hundreds.
    is_small = inner.chars <= MAX_TITLE and inner.end - inner.at <= _MAX_IN_TITLE
    return is_small and name_of(panel.start) == inner.words()


def _label_by_tabs(tree: Tree, tabs: list[Element]) -> None:
    """Label the panels that belong to `tabs`, by their ids or by their place."""
    if not tabs:
        return
    ids = {node.get("id"): node for node in tree.order if node.attrs.get("id")}
    labelled = {node.get("aria-labelledby"): node for node in tree.order if "aria-labelledby" in node.attrs}
    groups: dict[Element, list[Element]] = {}
    for tab in tabs:
        panel = target_of(tab, ids) or labelled.get(tab.get("id"))
        if panel is not None and not panel.holds(tab) and panel is not tab:
            pair(tab, panel)
        elif not _leads_to_page(tab):
            groups.setdefault(_list_around(tab), []).append(tab)
    shown = tree.where(_is_panel_by_role, ["role"])[:MAX_TABS]
    for around, group in groups.items():
        panels = _panels(tree, around, group) or _panels_by_role(shown, tabs, group)
        if len(panels) == 1:
            # The others are written once they are asked for.
            group.sort(key=is_selected, reverse=True)
        for tab, panel in zip(group, panels, strict=False):
            pair(tab, panel)


def _leads_to_page(tab: Element) -> bool:
    """Whether the tab is a link to another page, as those of a registry are: what is beside it is no panel."""
    href = tab.get("href").strip()
    return tab.tag == "a" and "#" not in href and href != "" and TO_NOWHERE.match(href) is None


def _label_by_key(tree: Tree) -> None:
    """Label the panels that have the same key as a tab before them, in an attribute of a site's own."""
    tabs: dict[str, Element] = {}
    for node in tree.where(_has_key, [selectors.TAB_KEY])[: 2 * MAX_TABS]:
        key = node.get(selectors.TAB_KEY)
        if node.tag in PANEL_TAGS and not _is_tab_by_class(node.start):
            if key in tabs:
                pair(tabs.pop(key), node)
        elif 0 < node.chars <= _MAX_NAME:
            tabs[key] = node


def _label_by_toggles(tree: Tree) -> None:
    """Label the panels after a list of tabs of Dokka's, one for each platform, which have the keys of their tabs."""
    for bar in tree.where(_is_toggle_list, [selectors.TOGGLE_LIST])[:MAX_TABS]:
        tabs = {tab.get(selectors.TOGGLE): tab for tab in bar.elements() if tab.get(selectors.TOGGLE)}
        for panel in islice(following(tree, bar), len(tabs)):
            tab = tabs.get(panel.get(selectors.TOGGLABLE))
            if tab is not None:
                pair(tab, panel)


def _label_by_class(tree: Tree) -> None:
    """Label the panels of tabs that only their classes tell, until a script has given them their roles."""
    found = tree.where(_is_panel_by_class, ["class"])[:MAX_TABS]
    if not found:
        return
    tabs = [tab for tab in tree.where(_is_tab_by_class, ["class"])[:MAX_TABS] if _may_be_name(tree, tab)]
    tabs = [tab for tab, following in zip_longest(tabs, tabs[1:]) if following is None or not tab.holds(following)]
    groups: dict[Element | None, tuple[list[Element], list[Element]]] = {}
    for panel in found:
        groups.setdefault(panel.parent, ([], []))[1].append(panel)
    for tab in tabs:
        around = next(filter(groups.__contains__, islice(tab.ancestors(), MAX_TAB_DEPTH)), None)
        if around is not None:
            groups[around][0].append(tab)
    for group, shown in groups.values():
        panels = shown if len(shown) == len(group) else _panels_within(groups, group, shown)
        if group and panels and group[0].at > panels[-1].at:
            # They are of the next panels.
            continue
        for tab, panel in zip(group, panels, strict=False):
            pair(tab, panel)


def _may_be_name(tree: Tree, tab: Element) -> bool:
    """Whether what is called a tab is the name of a panel, and none itself."""
    return tab.chars <= _MAX_NAME and not tree.has(tab, selectors.CODE_BLOCKS)


def _label_by_place_named(tree: Tree) -> None:
    """Label the panels that say which item of a list names them, or which place in it, as those of Antora do."""
    found = [panel for panel in tree.where(_is_panel_by_class, ["class"])[:MAX_TABS] if _names_tab(panel)]
    if not found:
        return
    ids = {node.get("id"): node for node in tree.order if node.attrs.get("id")}
    for panel in found:
        place = ids.get(panel.get("aria-labelledby"))
        item = place if place is None or place.tag == "li" else place.ancestor(["li"])
        if item is not None and 0 < item.chars <= _MAX_NAME and not item.link_chars and not item.dropped:
            pair(item, panel)


def _names_tab(panel: Element) -> bool:
    return not panel.label and panel.get("aria-labelledby") != ""


def _label_components(tree: Tree) -> None:
    """Label the panels of web components, which are laid out as such only once a script knows their names."""
    panels = tree.named_like(selectors.PANELS_OF_COMPONENTS)[:MAX_TABS]
    tabs = tree.named_like(selectors.TABS_OF_COMPONENTS)[:MAX_TABS]
    if tabs and not panels:
        panels, tabs = tabs, tree.named_like(selectors.TITLES_OF_COMPONENTS)[:MAX_TABS]
    groups: dict[Element | None, tuple[list[Element], list[Element]]] = {}
    for panel in panels:
        groups.setdefault(panel.parent, ([], []))[1].append(panel)
        _set_apart(panel)
    for tab in tabs:
        around = next(filter(groups.__contains__, islice(tab.ancestors(), MAX_TAB_DEPTH)), None)
        if around is not None:
            groups[around][0].append(tab)
    for group, shown in groups.values():
        named = {panel.get(name): panel for name in selectors.NAMES_OF_PANEL[::-1] for panel in shown}
        keys = [next(filter(None, map(tab.get, selectors.PANEL_OF_TAB)), "") for tab in group]
        if any(keys) and all(key in named for key in keys):
            for tab, key in zip(group, keys, strict=True):
                pair(tab, named[key])
        elif len(group) == len(shown):
            for tab, panel in zip(group, shown, strict=True):
                pair(tab, panel)


def _set_apart(panel: Element) -> None:
    """Lay the panel out as a block, and what is around it, unless it is a word of a sentence."""
    around = panel.parent
    if around is not None and around.tag in _SENTENCES and any(map(_is_prose, islice(around.children, _MAX_BESIDE))):
        return
    for node in (panel, *panel.ancestors()):
        if node.is_block:
            return
        node.is_block = True


def _is_prose(part: Element | str) -> bool:
    return isinstance(part, str) and any(map(str.isalnum, part))


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
    for around in tree.where(_is_around_tabs, ["class", "id"])[:MAX_TABS]:
        listing, *panels = [child for child in around.elements() if child.tag not in selectors.NO_TEXT] or [around]
        links = [node for node in tree.within(listing) if node.tag == "a"][:MAX_TABS] if listing.tag == "ul" else []
        named = {f"#{panel.get('id')}": panel for panel in panels if panel.tag == "div"}
        if links and listing.link_density == 1 and all(_is_tab_of(tree, tab, named) for tab in links):
            for tab in links:
                pair(tab, named[tab.get("href")])
            listing.drop(TAB_LABEL)


def _is_tab_of(tree: Tree, tab: Element, named: dict[str, Element]) -> bool:
    """Whether the link leads to one of the panels; a heading of the link's words would make it one of contents."""
    panel = named.get(tab.get("href"))
    if panel is None or panel.label:
        return False
    first = next(tree.within(panel), None)
    return first is None or first.tag not in selectors.HEADINGS or first.words() != tab.words()


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


def _list_around(tab: Element) -> Element:
    lists = filter(lambda node: node.get("role") == "tablist", tab.ancestors())
    return next(lists, None) or tab.parent or tab


def _panels(tree: Tree, around: Element, group: list[Element]) -> list[Element]:
    """The panels of the tabs `group` in the element `around`: after each of them, or together after all."""
    each = [panel for tab in group for panel in islice(following(tree, tab), 1) if panel not in group]
    if len(each) == len(group):
        return each
    for sibling in following(tree, around if around.get("role") == "tablist" or not _has_others(around) else group[-1]):
        if sibling.get("role") == "tabpanel":
            return [node for node in following(tree, around) if node.get("role") == "tabpanel"]
        panels = [child for child in sibling.elements() if child.tag not in selectors.NO_TEXT]
        # The label of the next answer of a question is no panel of this one.
        if len(panels) == len(group) and "label" not in [panel.tag for panel in panels]:
            return panels
    after = list(following(tree, group[-1])) if group[0].tag == "label" else []
    return after if len(after) == len(group) and all(map(_may_be_panel, after)) else []


def _panels_by_role(shown: list[Element], tabs: list[Element], group: list[Element]) -> list[Element]:
    """Those of the panels `shown` that follow the tabs in the smallest element that has any, if they are as many."""
    last = group[-1]
    for outer in islice(last.ancestors(), MAX_TAB_DEPTH):
        panels = list(outermost([panel for panel in shown if panel.at >= last.end and outer.holds(panel)]))
        if panels:
            is_whole = len(panels) in (1, len(group)) and not any(panel.label for panel in panels)
            has_others = any(last.at < tab.at < panels[0].at for tab in tabs)
            return panels if is_whole and not has_others else []
    return []


def _may_be_panel(node: Element) -> bool:
    is_named = any(map(selectors.OF_PANELS.search, node.classes))
    # A <div> alone may be what comes next, as after the answers of a question.
    return node.tag in PANEL_TAGS and (is_named or node.tag != "div")


def _has_others(around: Element) -> bool:
    return any(child.tag not in ("label", "input", "li", "a", "button") for child in around.elements())
