"""Finds the group of the site's own navigation that a page belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from llmstxt_sched.documents.model import SECTION_SEPARATOR
from llmstxt_sched.extraction import selectors

_LABEL_CHARS = 80
# Limits that no real page reaches, so that a hostile page cannot make the search quadratic.
_MAX_SELF_LINKS = 12
_MAX_SIBLINGS = 12
_MAX_LEVELS = 40


def find_section(tree: LexborHTMLParser, self_links: list[LexborNode]) -> str:
    """The labels of the page's place in the site, outermost first, joined with SECTION_SEPARATOR.

    They are those of the groups around the page's link to itself (one of `self_links`) in a navigation, else the
    page's breadcrumbs, else its parent by <link rel=up>, else ''.
    """
    paths = [_labels(link) for link in self_links[:_MAX_SELF_LINKS] if _in_navigation(link)]
    best = max(paths, key=len, default=[])
    return SECTION_SEPARATOR.join(best or _breadcrumbs(tree, set(self_links)) or _parent_title(tree))


def _in_navigation(link: LexborNode) -> bool:
    return any(_is_navigation(node) for node in _ancestors(link))


def _is_navigation(node: LexborNode) -> bool:
    if node.tag in ("nav", "aside"):
        return True
    attrs = node.attrs
    names = f"{attrs.sget('class')} {attrs.sget('id')}".lower()
    return attrs.sget("role") == "navigation" or "sidebar" in names or "sidenav" in names or "menu" in names


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    for _ in range(_MAX_LEVELS):
        if parent is None or parent.tag in ("body", "html"):
            return
        yield parent
        parent = parent.parent


def _labels(link: LexborNode) -> list[str]:
    """The labels from the outermost navigation down to the link.

    The page of a group itself belongs to that group, so the link's own text is added if it has pages below it.
    """
    labels: list[str] = []
    child = link
    around = list(_ancestors(link))
    outermost = max((at for at, node in enumerate(around) if _is_navigation(node)), default=-1)
    for node in around[: outermost + 1]:
        if node.tag == "li" and child == link and _has_pages_below(node):
            labels.append(_text(link))
        label = _label_before(child)
        if label and (not labels or labels[-1] != label) and label != _text(link):
            labels.append(label)
        child = node
    labels.reverse()
    return labels


def _has_pages_below(item: LexborNode) -> bool:
    """Whether a list inside the item links to other pages, and not only to fragments of this one."""
    return any(inner.css_first(selectors.LINK_AWAY) is not None for inner in item.css("ul, ol"))


def _label_before(node: LexborNode) -> str:
    """The label above `node`: the text of its nearest preceding sibling that can be a label; else ''."""
    if node.tag in ("a", "li"):
        return _part_title(node) if node.tag == "li" else ""
    sibling = node.prev
    for _ in range(_MAX_SIBLINGS):
        if sibling is None:
            return ""
        if sibling.is_element_node and sibling.tag in selectors.LABEL_TAGS:
            return _as_label(sibling, node)
        sibling = sibling.prev
    return ""


def _as_label(sibling: LexborNode, node: LexborNode) -> str:
    names, kind = (node.attrs.sget("class") or "").split(), (sibling.attrs.sget("class") or "").split()
    # A sibling with the same tag and class is another entry, not the label above.
    if (sibling.tag == node.tag and names[:1] == kind[:1]) or selectors.UNSEEN_LABEL in kind:
        return ""
    text = _text(sibling)
    if (
        not text
        or text.lower().rstrip(":") in selectors.HOME_LABELS
        or len(text) > _LABEL_CHARS
        or len(sibling.css("a")) > 1
    ):
        return ""
    return text


def _part_title(item: LexborNode) -> str:
    """The text of the nearest preceding item of the list that is a heading (mdBook's `li.part-title`); else ''."""
    sibling = item.prev
    for _ in range(_MAX_SIBLINGS * 20):
        if sibling is None:
            return ""
        if sibling.is_element_node and selectors.PART_TITLE in (sibling.attrs.sget("class") or ""):
            return _text(sibling)
        sibling = sibling.prev
    return ""


def _breadcrumbs(tree: LexborHTMLParser, self_links: set[LexborNode]) -> list[str]:
    for selector in selectors.BREADCRUMBS:
        for holder in tree.css(selector)[:2]:
            crumbs = [_text(a) for a in holder.css("a") if a not in self_links and not _is_relation(a)]
            crumbs = [
                text for text in crumbs if 0 < len(text) <= _LABEL_CHARS and text.lower() not in selectors.HOME_LABELS
            ]
            if crumbs:
                return crumbs[:6]
    return []


def _is_relation(link: LexborNode) -> bool:
    parent = link.parent
    return parent is not None and selectors.RELATION in (parent.attrs.sget("class") or "").split()


def _parent_title(tree: LexborHTMLParser) -> list[str]:
    up = tree.css_first(selectors.UP_LINK) or tree.css_first(selectors.DOCBOOK_UP_LINK)
    text = " ".join((up.attrs.sget("title") or "").split()) if up is not None else ""
    return [text] if 0 < len(text) <= 2 * _LABEL_CHARS else []


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())
