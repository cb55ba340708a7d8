"""Drops what the <style> elements of a page hide by its class or id, where nothing can show it.

What a reader opens is mostly hidden so as well, and shown by a script or another stylesheet.  So this is certain on a
page that has none of these; elsewhere it tells an order to a model from what a page says openly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from llmstxt_sched.extraction.content.visibility.hidden import is_openable
from llmstxt_sched.extraction.content.visibility.unseen import HIDDEN
from llmstxt_sched.extraction.content.visibility.unseen_styles import hides
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, shown
from llmstxt_sched.extraction.injections import find_injection

# In characters, so much of the styles of a page is read; and so many rules that may hide something.
_MAX_STYLES, _MAX_RULES = 500_000, 2000
# In characters, an order is no longer.
_MAX_ORDER: Final = 20_000
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACKET: Final = re.compile(r"[{}]")
# A bracket in a string opens nothing, other sheets may come in, and what is moved may be moved into view.
_UNCERTAIN: Final = re.compile(r"""["'][^"'\n]*[{}]|@import\b""", re.IGNORECASE)
_MOVED: Final = re.compile(r"\b(?:animation|transition)", re.IGNORECASE)
# What an element takes over from those around it, unless it says otherwise.
_INHERITED: Final = re.compile(
    r"(?:visibility|font(?:-size)?|text-indent|(?:-webkit-text-fill-)?color)\s*:[^;]*", re.IGNORECASE
)
# One class or id, of any element or of those of a tag, and each that a selector names.
_SIMPLE: Final = re.compile(r"([a-z][a-z\d]*)?([.#][a-z_][\w-]{0,100})", re.IGNORECASE)
_NAMES: Final = re.compile(r"[.#][\w-]{1,101}")
# What shows something again, and a selector that finds it without its name by what it or an element before it is at the
# time, as ":target" and "input:checked + div" do; what is drawn before or after a text is none.
_SHOWS: Final = re.compile(
    r"(?:^|[;\s])(?:display|visibility|opacity|(?:max-)?height|position|left|top|transform|scale|zoom|filter|mask|"
    r"clip(?:-path)?|font-size)\s*:",
    re.IGNORECASE,
)
_BY_STATE: Final = re.compile(r"[:\[]")
_COMBINED: Final = re.compile(r"[\s>+~]+")
_NEVER_HIDDEN: Final = re.compile(r".*::|.*:(?:before|after)\b|(?:a|button|img|input|select|textarea)\b", re.IGNORECASE)
# The types of scripts that run none, and the media of styles for a screen.
_DATA: Final = re.compile(r".*(?:json|template|math/).*", re.IGNORECASE)
_SCREEN: Final = re.compile(r"|all|screen", re.IGNORECASE)

# The tag of what a rule hides, '' for any, and whether it hides all that this holds.
_Hidden = tuple[str, bool]


def drop_hidden_by_class(tree: Tree, kept: Collection[Element]) -> None:
    """Drop what the page's own styles hide, on a page without scripts and other stylesheets."""
    if not tree.tagged("style") or any(map(_runs, tree.tagged("script"))) or any(map(_is_sheet, tree.tagged("link"))):
        return
    nodes = _hidden_by_class(tree)
    if nodes and any(name.startswith("on") for node in tree.order for name in node.attrs):
        return
    for node in nodes:
        # What holds most of the page may be hidden until it is laid out.
        if node not in kept and node.chars * 2 <= tree.body.chars:
            node.drop(HIDDEN)


def drop_hidden_orders(tree: Tree) -> bool:
    """Drop what the page's own styles hide and addresses a model, whatever else the page has; False if nothing is."""
    orders = [node for node in _hidden_by_class(tree) if node.chars <= _MAX_ORDER and find_injection([node.text()])]
    for node in orders:
        node.drop(HIDDEN)
    return bool(orders)


def _runs(script: Element) -> bool:
    return _DATA.fullmatch(script.get("type")) is None


def _is_sheet(link: Element) -> bool:
    return "stylesheet" in link.get("rel").lower().split()


def _is_for_screens(style: Element) -> bool:
    return _SCREEN.fullmatch(style.get("media").strip()) is not None and style.ancestor(["noscript"]) is None


def _hidden_by_class(tree: Tree) -> list[Element]:
    """The outermost elements that a rule of the page's own hides, of those that have a text and nothing opens."""
    hiding = _hiding_rules("\n".join(style.text() for style in filter(_is_for_screens, tree.tagged("style"))))
    if not hiding:
        return []
    found = [node for node in tree.order if node.attrs and any(_hides(rule, node) for rule in _rules_of(node, hiding))]
    nodes = [node for node in outermost(shown(found, tree.body)) if node.chars and not is_openable(node)]
    # What its own style says goes before.
    return [node for node in nodes if _SHOWS.search(node.get("style")) is None]


def _rules_of(node: Element, hiding: dict[str, set[_Hidden]]) -> Iterator[_Hidden]:
    for name in [*(f".{name}" for name in node.get("class").split()), f"#{node.get('id')}"]:
        yield from hiding.get(name, ())


def _hides(rule: _Hidden, node: Element) -> bool:
    tag, is_whole = rule
    # What is in it may be seen again.
    return tag in ("", node.tag) and (is_whole or node.end - node.at == 1)


def _hiding_rules(styles: str) -> dict[str, set[_Hidden]]:
    """What is hidden by its class or id, by the name as a selector writes it.

    A name that any other rule has as well, as `.box.is-open` has, may be shown by that.
    """
    if len(styles) > _MAX_STYLES or _UNCERTAIN.search(styles) is not None:
        return {}
    hiding, others = defaultdict[str, set[_Hidden]](set), set[str]()
    asked = 0
    for selectors, declarations, is_always in _rules(_COMMENT.sub("", styles)):
        simple = dict[str, str]()
        for selector in selectors.split(",") if is_always else []:
            if part := _SIMPLE.fullmatch(selector.strip()):
                simple[part[2]] = (part[1] or "").lower()
        asked += bool(simple)
        if not simple or asked > _MAX_RULES or _MOVED.search(declarations) or not hides(declarations):
            simple = {}
        if not simple and _SHOWS.search(declarations) and any(map(_finds_by_state, selectors.split(","))):
            return {}
        is_whole = bool(simple) and hides(_INHERITED.sub("", declarations))
        for name, tag in simple.items():
            hiding[name].add((tag, is_whole))
        others.update(name for name in _NAMES.findall(selectors) if name not in simple)
    return {name: rules for name, rules in hiding.items() if name not in others}


def _finds_by_state(selector: str) -> bool:
    """Whether a selector may find, without its name, what a rule hides by it."""
    if _BY_STATE.search(selector) is None:
        return False
    last = _COMBINED.split(selector.rstrip())[-1]
    return _NAMES.search(last) is None and _NEVER_HIDDEN.match(last) is None


def _rules(styles: str) -> Iterator[tuple[str, str, bool]]:
    """The selectors and declarations of each rule, and whether these always hold, as those in no other block do."""
    around, begin = list[str](), 0
    for bracket in _BRACKET.finditer(styles):
        text, begin = styles[begin : bracket.start()], bracket.end()
        if bracket[0] == "{":
            around.append(text.rpartition(";")[2].strip())
        elif around:
            selectors = around.pop()
            yield selectors, text, not around and not selectors.startswith("@")
