"""Removes what is never a page's content: scripts, navigation, banners, buttons, invisible elements."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from llmstxt_sched.extraction import selectors

_INVISIBLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_JUNK_TEXT = re.compile(
    r"(?:edit|improve|suggest (?:an? )?(?:edit|change)s?(?: to)?|view(?: source)?|show source|report|open an issue|"
    r"fork)\b.{0,25}\b(?:page|source|github|gitlab|bitbucket|issue|problem|doc(?:ument|s)?)|"
    r"show source|view source|\[source\]|\[edit\]|copy (?:code|link|page|to clipboard|as markdown)|"
    r"skip to (?:main )?content|back to top|return to top|top of page|permalink|direct link to .{0,80}|"
    r"was this (?:page|article|doc(?:ument)?|information) (?:helpful|useful)\?.{0,40}|more\.{3}|[¶#§🔗]",
    re.IGNORECASE,
)
# An element with a larger share of its text in links (see link_density) is navigation.
_NAVIGATION_LINK_DENSITY = 0.6


def remove_boilerplate(root: LexborNode) -> None:
    """Remove everything below `root` that is never content."""
    for node in root.css(selectors.NEVER_CONTENT):
        _remove(node)
    for node in filter(_is_hidden, root.css(selectors.HIDDEN)):
        _remove(node)
    total_chars = len(root.text())
    _remove_by_name(root, total_chars)
    for node in root.css(selectors.FURNITURE):
        if _is_furniture(node, total_chars):
            _remove(node)
    _remove_by_text(root)


def _remove_by_name(root: LexborNode, total_chars: int) -> None:
    for name in ("class", "id"):
        for node in root.css(f"[{name}]"):
            verdict = _verdict(node.attrs.sget(name) or "")
            if verdict and node.tag not in selectors.ROOTS:
                _remove_on_verdict(node, verdict, total_chars)


def _remove_by_text(root: LexborNode) -> None:
    for node in root.css(selectors.SHORT_TEXTS):
        text = node.text(strip=True)
        if len(text) <= 100 and _JUNK_TEXT.fullmatch(text):
            _remove(node)
    for node in filter(_is_link_cell, root.css(selectors.LAYOUT_CELLS)):
        _remove(node)


def link_density(node: LexborNode) -> float:
    """The share of the element's text that is in links, from 0 to 1; 1 if it has no text."""
    total_chars = len("".join(node.text().split()))
    linked = sum(len("".join(a.text().split())) for a in node.css("a"))
    return linked / total_chars if total_chars else 1.0


def _remove(node: LexborNode) -> None:
    if node.tag not in ("html", "body"):
        node.decompose()


def _is_link_cell(cell: LexborNode) -> bool:
    """Whether `cell` is the navigation in a table that lays out the page."""
    row = cell.parent
    if row is None or row.css_first(selectors.CELL_CONTENT) is None or len(cell.css("a")) < 3:
        return False
    return link_density(cell) > 0.9


def _is_hidden(node: LexborNode) -> bool:
    attrs = node.attrs
    if (
        selectors.OPENABLE.search(f"{attrs.sget('role')} {attrs.sget('class')}")
        or attrs.sget("hidden") == "until-found"
    ):
        return False
    if "hidden" in attrs or attrs.sget("aria-hidden") == "true":
        return True
    return bool(_INVISIBLE.search(attrs.sget("style") or ""))


@lru_cache(maxsize=4096)
def _verdict(names: str) -> str:
    """Judge an element by its class or id: "drop", "suspect" (navigation if mostly links), or "" for no verdict."""
    lowered = names.lower().split()
    if not selectors.NOT_CONTENT.isdisjoint(lowered) or any(map(selectors.COOKIE_NAMES.match, lowered)):
        return "drop"
    return "suspect" if any(map(selectors.SUSPECT_NAMES.search, lowered)) else ""


def _remove_on_verdict(node: LexborNode, verdict: str, total_chars: int) -> None:
    if node.tag == "a" and _is_heading_text(node):
        return
    if verdict == "drop":
        # Some themes use such a name for the wrapper of the whole page: keep an element with most of the text.
        if len(node.text()) * 2 <= total_chars or link_density(node) > _NAVIGATION_LINK_DENSITY:
            _remove(node)
    elif node.tag in selectors.CONTAINERS and _is_list_of_links(node, total_chars):
        _remove(node)


def _is_heading_text(link: LexborNode) -> bool:
    """Whether the link holds the whole text of its heading: some themes make the entire heading its own permalink."""
    parent = link.parent
    if parent is None or not re.fullmatch("h[1-6]", parent.tag or ""):
        return False
    text = link.text(strip=True)
    return len(text) > 2 and text == parent.text(strip=True)


def _is_list_of_links(node: LexborNode, total_chars: int) -> bool:
    """Whether the element is navigation: mostly links, with none of LIST_CONTENT and at most half of the text."""
    if selectors.TOCTREE in (node.attrs.sget("class") or "") or node.css_first(selectors.LIST_CONTENT):
        return False
    return len(node.text()) * 2 <= total_chars and link_density(node) > _NAVIGATION_LINK_DENSITY


def _is_furniture(node: LexborNode, total_chars: int) -> bool:
    if node.tag == "form":
        return len(node.text()) * 4 <= total_chars
    if node.tag == "aside":
        is_note = (
            selectors.NOTE_NAMES.search(node.attrs.sget("class") or "")
            or node.attrs.sget("role") in selectors.NOTE_ROLES
        )
        return not is_note and link_density(node) > _NAVIGATION_LINK_DENSITY / 2
    if node.tag == "header" and node.css_first("h1") and not node.css_first(selectors.HEADER_NAVIGATION):
        return False
    return len(node.text()) * 2 <= total_chars
