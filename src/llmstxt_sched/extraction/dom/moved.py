"""Puts what a page's scripts, or a browser, would move into its place: shadow roots, formulas, what is streamed."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.nesting import MAX_DEPTH, too_deep
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, in_order

# A formula in MathML whose place MathJax 2 keeps so; the attributes of a real one are no longer.
_MATHML_SCRIPT: Final = re.compile(r"<script\s[^<>]{0,300}?\btype\s?=\s?[\"']?math/mml[^<>]{0,300}>", re.IGNORECASE)
# What the template of a shadow root is called in the tree.
SHADOW_TEMPLATE: Final = "x-template"
# Elements that may have a shadow root, beside those with a name of the site's own.
_HOSTS: Final = selectors.HEADINGS | {
    *("article", "aside", "blockquote", "body", "div", "footer", "header", "main", "nav", "p", "section", "span"),
}
# What React sends late replaces what it sent first: `<div hidden id="S:0">` takes the place of `<template id="B:0">`
# and of what follows it up to a comment, for which an empty template with an id of ours stands.
STREAM_END, STREAM_END_ID = "<!--/$-->", "B:end"
# A site may put a prefix of its own before both.
_STREAMED: Final = re.compile(r"([\w-]{0,20})S:([0-9a-z]{1,8})")
# React 18 numbers both apart, and says in a script which is for which; where scripts are forbidden, in attributes.
_TOLD: Final = re.compile(r"""["']([\w-]{0,20}[BPS]:[0-9a-z]{1,8})["'],["']([\w-]{0,20}[BPS]:[0-9a-z]{1,8})["']""")
_PLACES_TOLD: Final = ("data-bid", "data-pid")
# Solid's `$df("0")` puts what `<template id="0">` holds in the place of `<template id="pl-0">` and of what follows that
# up to a comment of its name; Marko's `$af(1)` that of `<div id="af1">` in the place of any element "afph1".
_SWAP: Final = re.compile(r"""\$(df|af\w{0,20})\(["']?([\w-]{1,60})["']?[,)]""")
_SOLID, _BEFORE_PLACE, _END_OF_PLACE = "df", "pl-", "-end"
# Marko 6 puts what `<t hidden M_="a">` holds between `<!--M_!^a-->`, if there is such, and `<!--M_!a-->`; "M" and what
# stands after it are the site's.
_BEFORE_MARKO, _END_OF_MARKO, _PART_OF_MARKO = "mk:", ":end", "t"
_COMMENT_OF_MARKO: Final = re.compile(r"<!--[A-Za-z$_][\w$]{0,30}!(\^?)([\w-]{1,40})-->")
_COMMENT_OF_SOLID: Final = re.compile(r"<!(?:--)?(pl-[\w-]{1,60}?)(?:--)?>")

# Where Vue has the browser read a page, as Retype does, the title of a tab or of what unfolds is for a slot of it.
_TITLE_FOR_SLOT: Final = re.compile(
    r"<template\s{1,20}(?:#|v-slot:)(?:title|label|header|summary)(?:=\"\")?\s{0,20}>([^<]{1,300})</template\s{0,20}>"
)


def show_titles_for_slots(text: str) -> str:
    """The text of a page with the titles that its components would show, where they stand."""
    return _TITLE_FOR_SLOT.sub(r"<p><strong>\1</strong></p>", text)


def streams_by_swaps(written: str) -> bool:
    """Whether a page may have parts of Solid's or Marko's that were streamed late."""
    if f"<{_PART_OF_MARKO} hidden" in written:
        return True
    # One character is found in a fraction of the time that several take.
    if "$" not in written:
        return False
    return ("$af" in written and 'id="af' in written) or ("$df(" in written and f'id="{_BEFORE_PLACE}' in written)


def with_ends(text: str) -> str:
    """The text of a page with elements for the comments that end the places of what is streamed."""
    text = text.replace(STREAM_END, f'<template id="{STREAM_END_ID}"></template>')
    if f"<{_PART_OF_MARKO} hidden" in text:
        text = _COMMENT_OF_MARKO.sub(_place_of_marko, text)
    return _COMMENT_OF_SOLID.sub(rf'<template id="\1{_END_OF_PLACE}"></template>', text)


def _place_of_marko(comment: re.Match[str]) -> str:
    end = "" if comment[1] else _END_OF_MARKO
    return f'<template id="{_BEFORE_MARKO}{comment[2]}{end}"></template>'


def show_mathml(text: str) -> str:
    """The text of a page with the formulas in scripts as elements; their end tags, left alone, mean nothing."""
    return _MATHML_SCRIPT.sub("", text) if "math/mml" in text else text


def show_shadow_roots(elements: list[Element]) -> None:
    """Put the content of each shadow root in the place of its host's, and that in the root's slots."""
    slots: dict[Element, list[Element]] = {}
    for node in elements:
        if node.tag == "slot":
            root = node.ancestor([SHADOW_TEMPLATE])
            if root is not None:
                slots.setdefault(root, []).append(node)
    for host, template in reversed(_shadow_roots(elements).items()):
        light: dict[str, list[Element | str]] = {}
        for child in host.children:
            if child is not template:
                light.setdefault(child.get("slot") if isinstance(child, Element) else "", []).append(child)
        for slot in slots.get(template, []):
            # The first of several slots with one name gets what is for them (DOM standard, section 4.2.2.3).
            _adopt(slot, light.pop(slot.get("name"), []) or slot.children)
        _adopt(host, template.children)


def _shadow_roots(elements: list[Element]) -> dict[Element, Element]:
    """The template of each host's shadow root; all others are dropped."""
    found: dict[Element, Element] = {}
    for node in elements:
        if node.tag == SHADOW_TEMPLATE:
            host = node.parent
            if host is None or host in found or not _is_shadow_root(node, host):
                node.dropped = "template"
            else:
                found[host] = node
    return found


def _is_shadow_root(template: Element, host: Element) -> bool:
    """Whether a browser makes the first such template in `host` its shadow root (DOM standard, section 4.9)."""
    may_have_one = host.tag in _HOSTS or ("-" in host.tag and host.tag != SHADOW_TEMPLATE)
    return may_have_one and template.get("shadowrootmode").lower() in ("open", "closed")


def put_streamed_parts(elements: list[Element]) -> None:
    """Put what was streamed late in the places that were kept for it.

    A part whose place is in itself stays where it is.  Raises FetchFailed("parse_error") if parts nest too deeply in
    one another.
    """
    swaps = _swaps(elements)
    own = frozenset(swaps.values())
    places: dict[str, Element] = {}
    for node in elements:
        if node.tag in ("template", SHADOW_TEMPLATE) or node.get("id") in own:
            places.setdefault(node.get("id"), node)
    told = _told_places(elements)
    others = frozenset(told.values())
    placed: dict[Element, Element] = {}
    holders: dict[Element, None] = {}
    for part in elements:
        name = part.get("id")
        number = _STREAMED.fullmatch(name)
        if name in swaps:
            names = [swaps[name]]
        elif number is not None and "hidden" in part.attrs:
            alike = [place for place in map(number.expand, (r"\1B:\2", r"\1P:\2")) if place not in others]
            names = [told.get(name, ""), *alike]
        elif part.tag == _PART_OF_MARKO and "hidden" in part.attrs:
            own_names = [part.get(attribute) for attribute in part.attrs if attribute.endswith("_")]
            names = [f"{_BEFORE_MARKO}{each}{end}" for each in own_names for end in ("", _END_OF_MARKO)]
        else:
            continue
        _show(part)
        # Another script may name what is no place of the page.
        names = [place for place in names if place and place in places]
        place = places.pop(names[0]) if names else None
        if place is None or place.parent is None or part.parent is None or _is_around(part, place):
            continue
        placed[place] = part
        holders |= dict.fromkeys((part.parent, place.parent))
        part.parent = place.parent
    moved = set(placed.values())
    for holder in holders:
        holder.children = _with_parts(holder.children, placed, moved)
    _check_depth(elements[0])


def _show(part: Element) -> None:
    """Show what is hidden until it is in its place; what a template holds is laid out as it is anywhere."""
    start = part.start.without("hidden").without("style")
    part.start = StartTag("span", start.attrs) if part.tag == SHADOW_TEMPLATE else start
    part.tag, part.is_block = part.start.name, part.start.is_block
    part.attrs = {name: value for name, value in part.attrs.items() if name not in ("hidden", "style")}


def _swaps(elements: list[Element]) -> dict[str, str]:
    """The id of the place of each part of Solid's and Marko's, by the part's id, as scripts of the page say it."""
    found: dict[str, str] = {}
    for node in elements:
        if node.tag == "script":
            for function, name in _SWAP.findall(node.only_text or ""):
                is_solid = function == _SOLID
                part, place = (name, _BEFORE_PLACE + name) if is_solid else (function + name, f"{function}ph{name}")
                found.setdefault(part, place)
    return found


def _told_places(elements: list[Element]) -> dict[str, str]:
    """The id of the place of each streamed part, by the part's id, as far as the page says it."""
    told: dict[str, str] = {}
    for node in elements:
        if node.tag == "script":
            for ids in _TOLD.findall(node.only_text or ""):
                place, part = sorted(ids, key=_kind)
                if _kind(place) != _kind(part) == "S":
                    told.setdefault(part, place)
        elif "data-sid" in node.attrs:
            told.setdefault(node.get("data-sid"), next(filter(None, map(node.get, _PLACES_TOLD)), ""))
    return told


def _kind(name: str) -> str:
    return name.rpartition(":")[0][-1]


def _is_around(part: Element, place: Element) -> bool:
    for depth, node in enumerate(place.ancestors()):
        if node is part:
            return True
        if depth > MAX_DEPTH:
            raise too_deep()
    return False


def _check_depth(root: Element) -> None:
    depths: dict[Element, int] = {}
    for node in in_order(root):
        depths[node] = depth = depths[node.parent] + 1 if node.parent is not None else 0
        if depth > MAX_DEPTH:
            raise too_deep()


def _with_parts(
    children: list[Element | str], placed: dict[Element, Element], moved: set[Element]
) -> list[Element | str]:
    """`children` with the parts that are `placed` here in their places, and without those that were `moved` away."""
    ends = {node.get("id"): at for at, node in enumerate(children) if isinstance(node, Element) and _is_end(node)}
    written: list[Element | str] = []
    awaited = ""
    for at, node in enumerate(children):
        if isinstance(node, Element) and node in placed:
            written.append(placed[node])
            end = _end_of(node)
            awaited = end if at < ends.get(end, -1) else ""
        elif awaited:
            awaited = "" if isinstance(node, Element) and node.get("id") == awaited else awaited
        elif node not in moved:
            written.append(node)
    return written


def _end_of(place: Element) -> str:
    """The id of what stands for the comment after a place; a place of Marko's has none."""
    name = place.get("id")
    if name.startswith(_BEFORE_PLACE):
        return name + _END_OF_PLACE
    if name.startswith(_BEFORE_MARKO):
        return name.removesuffix(_END_OF_MARKO) + _END_OF_MARKO
    return STREAM_END_ID if place.tag in ("template", SHADOW_TEMPLATE) else ""


def _is_end(node: Element) -> bool:
    name = node.get("id")
    if name.startswith(_BEFORE_MARKO):
        return name.endswith(_END_OF_MARKO)
    return name == STREAM_END_ID or (name.startswith(_BEFORE_PLACE) and name.endswith(_END_OF_PLACE))


def _adopt(parent: Element, children: list[Element | str]) -> None:
    parent.children = list(children)
    for child in children:
        if isinstance(child, Element):
            child.parent = parent
