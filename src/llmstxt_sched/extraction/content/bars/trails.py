"""Drops the trail from the site's home above a page's title, where no class calls it breadcrumbs."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.main_element.page_title import begins, only_h1
from llmstxt_sched.extraction.content.own_contents import said_before
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among, says_something

_KIND: Final = "navigation"
_HOLDERS: Final = selectors.CONTAINERS - {"table"}
_LINES: Final = frozenset(["p", "div", "span", "ul", "ol", "small"])
_NOT_IN_LINES: Final = selectors.PARTS - {"ul", "ol", "li", "p"} | selectors.HEADINGS
# In characters, of one label, of all, and of all in a line beside the title; and how many parts there are.
_MAX_LABEL, _MAX_TRAIL, _MAX_LINE, _MAX_PARTS = 80, 400, 100, 20
# What is more than a label.
_PICTURES: Final = frozenset(["img", "picture", "video"])
_ENDS: Final = (".", "!")
_WORD: Final = re.compile(r"\w")
# The signs in a line, and those of which no others are between links.
_SIGNS: Final = re.compile(r"[>\u203a\u00bb\u2192/|\u00b7\u2022\u27e9\\]")
_ONLY_SIGNS: Final = re.compile(r"[>\u203a\u00bb\u2192]")
# What stands between the parts of a name, such as "mill.gear" or "Mill::turn", which is the title as a whole.
_IN_NAME: Final = re.compile(r"[.:#]")
# What says in any language where the reader is.
_LABEL: Final = re.compile(r"\W*[^\W\d][^:\uff1a>/|]{0,40}[:\uff1a]")


def drop_trail(tree: Tree, main: Element, self_links: list[Element], said: str) -> None:
    """Drop what stands right above the page's title and leads to it, such as "Home > Guides > Title".

    As Daux has it, it stands in the heading itself, which is nothing but links then; a folder's may lead to the page as
    well, if the page's <title>, which is `said`, begins with the last of them.
    """
    title = only_h1(tree, main)
    if title is not None:
        _drop_trail_within(title, set(self_links), said)
    before = said_before(title) if title is not None else None
    if title is None or not isinstance(before, Element) or not main.holds(before):
        return
    if _is_line(tree, before, title.words()) or _is_labels(tree, before, title.words()):
        before.drop(_KIND)


def _drop_trail_within(title: Element, self_links: set[Element], said: str) -> None:
    parts = [part for part in title.children if says_something(part)]
    links = [part for part in parts if isinstance(part, Element) and part.tag == "a"]
    beside = [part for part in parts if isinstance(part, str) or part.tag != "a"]
    says_more = any(_WORD.search(part if isinstance(part, str) else part.words()) for part in beside)
    is_name = any(isinstance(part, str) and _IN_NAME.search(part) for part in beside)
    if len(links) < 2 or says_more or is_name or links[-1] not in self_links:
        return
    if self_links.isdisjoint(links[:-1]) or begins(said, links[-1]):
        title.children = [links[-1]]
        for link in links[:-1]:
            link.drop(_KIND)


def _is_line(tree: Tree, line: Element, title: str) -> bool:
    """Whether all that stands in a line beside its links is signs between them, and the title."""
    if line.tag not in _LINES or not 0 < line.link_chars <= line.chars <= _MAX_LINE + len(title):
        return False
    beside = line.text(without=["a"])
    rest, label = _without_signs(beside), _LABEL.match(beside)
    if rest and rest != title.casefold() and label is not None:
        rest = _without_signs(beside[label.end() :])
    inside = [inner.tag for inner in tree.within(line)]
    if not _NOT_IN_LINES.isdisjoint(inside):
        return False
    leads_up = inside.count("a") > 1 and _ONLY_SIGNS.search(beside) is not None
    if not rest:
        return leads_up
    # What stands after the title, as links to its other forms do, does not lead to it.
    return rest == title.casefold() and _without_signs(line.words()).endswith(rest)


def _without_signs(text: str) -> str:
    return " ".join(selectors.YOU_ARE_HERE.sub("", _SIGNS.sub(" ", text)).split()).casefold()


def _is_labels(tree: Tree, before: Element, title: str) -> bool:
    """Whether it is short labels, links or not, the last of which is the title."""
    if before.tag not in _HOLDERS or before.chars > _MAX_TRAIL:
        return False
    holder: Element | None = before
    parts: list[Element | str] = []
    while holder is not None and len(holder.children) <= _MAX_PARTS:
        parts = [part for part in holder.children if says_something(part)]
        only = parts[0] if len(parts) == 1 else None
        holder = only if isinstance(only, Element) else None
    labels = [part for part in parts if isinstance(part, Element) and _WORD.search(part.words())]
    texts = [part for part in parts if isinstance(part, str) and _WORD.search(part)]
    is_told = len(labels) > 1 and (labels[-1].words() == title or _are_parted_by_pictures(labels))
    is_way = is_told and not texts
    if not is_way or tree.has(before, _PICTURES) or any(map(_is_sentence, labels[:-1])):
        return False
    return all(label.chars <= _MAX_LABEL and label.tag not in selectors.HEADINGS for label in labels)


def _are_parted_by_pictures(labels: list[Element]) -> bool:
    """Whether each label but the last has a drawing after it, such as an arrow, and one is a link.

    So are the folders of a page in Fumadocs, which does not name the page among them.
    """
    around = labels[0].parent
    parts = [*elements_among(around.children)] if around is not None and len(around.children) <= _MAX_PARTS else []
    are_drawn = all(part.tag == "svg" for part in parts[1::2])
    return parts[::2] == labels and are_drawn and any(label.link_chars for label in labels)


def _is_sentence(label: Element) -> bool:
    return label.link_chars == 0 and label.words().endswith(_ENDS)
