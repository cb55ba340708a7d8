"""Tells a page that its scripts have yet to build in the browser from one that merely is short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost

# In characters.  What stands on a page until its scripts run is no longer.
_MAX_PLACEHOLDER: Final = 60
# In characters, with the head and foot that every page of the site has.
_MAX_CHARS: Final = 2000
_PLACEHOLDER: Final = re.compile(
    r"\W*|\W*(?:loading|please wait|just a moment|one moment|wird geladen|l(?:ä|ae)dt|bitte warten|chargement|cargando|"
    r"laden|ładowanie|wczytywanie|laster|laddar|yükleniyor|"
    r"caricamento|carregando|загрузка|読み込み|加载|正在加载|載入|로딩|불러오는).*",
    re.IGNORECASE | re.DOTALL,
)
_FURNITURE: Final = frozenset({"header", "footer", "nav"})
_ROOTS: Final = frozenset({"div", "main", "section"})
# In elements.  A larger skeleton of a page has text somewhere.
_MAX_HOLLOW: Final = 50
# All that an empty root has in it: shells of a layout, and something that turns while one waits.
_HOLLOW: Final = frozenset({"div", "span", "p", "main", "section", "svg", "noscript", "style", "script", "template"})
_DATA: Final = re.compile(r".*json.*|text/(?:template|html|x-\w+)|speculationrules|importmap", re.IGNORECASE)


def is_unrendered(tree: Tree) -> bool:
    """Whether the page holds nothing but the place where its scripts will put its content.

    It has scripts, no heading, hardly any text beside its head and foot, and that only to ask for patience; and it asks
    for JavaScript, has an element that is empty, as a root is, or nothing but a script in its body.  Call it once what
    is no content is dropped.
    """
    body = tree.body
    asking = [part for part in body.elements() if part.get("id") == selectors.WITHOUT_SCRIPTS][:1]
    chars = body.chars - sum(part.chars for part in asking)
    if chars > _MAX_CHARS or not any(map(_runs, tree.tagged("script"))):
        return False
    inside = {node for part in asking for node in tree.within(part)}
    if any(node.tag in selectors.HEADINGS and node.chars and node not in inside for node in tree.within(body)):
        return False
    text = " ".join(_texts(body, asking)).strip()
    if len(text) > _MAX_PLACEHOLDER or not _PLACEHOLDER.fullmatch(text):
        return False
    if _asks_for_scripts([*asking, *outermost(tree.tagged("noscript"))]):
        return True
    if any(_is_root(tree, node) for node in tree.within(body)):
        return True
    # Flutter builds the root as well.
    scripts = [script.get("src") for script in tree.tagged("script") if body.holds(script)]
    return _is_hollow(tree, body) and any(source and "//" not in source for source in scripts)


def _texts(node: Element, beside: list[Element]) -> Iterator[str]:
    """The texts of an element, without those of the page's head and foot and what else is left out."""
    ahead: list[Element | str] = list(reversed(node.children))
    while ahead:
        child = ahead.pop()
        if isinstance(child, str):
            yield child.strip()
        elif not child.dropped and child.tag not in _FURNITURE and child not in beside:
            ahead.extend(reversed(child.children))


def _runs(script: Element) -> bool:
    return not _DATA.fullmatch(script.get("type"))


def _asks_for_scripts(parts: list[Element]) -> bool:
    return any(selectors.ENABLE_SCRIPTS.search(part.words()) for part in parts)


def _is_root(tree: Tree, node: Element) -> bool:
    """Whether it is an element in which scripts build a page, such as `<div id="root">` or `<app-root>`."""
    is_kind = (node.tag in _ROOTS and node.get("id") != "") or "-" in node.tag
    return is_kind and node.end - node.at <= _MAX_HOLLOW and _is_hollow(tree, node)


def _is_hollow(tree: Tree, node: Element) -> bool:
    return all(inner.tag in _HOLLOW or "-" in inner.tag for inner in tree.order[node.at + 1 : node.end])
