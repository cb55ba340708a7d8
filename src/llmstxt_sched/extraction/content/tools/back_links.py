"""Drops the links of a footnote back to where the text refers to it, whatever they are called.

Such a link and the reference lead to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among, says_something

_KIND: Final = "page tool"
# More than any real page has.
_MAX_LINKS: Final = 5000
# Elements from a link to its note, and the terms before what is said of them.
_MAX_AROUND, _MAX_TERMS = 6, 20
# What has more parts is no line of a note, or would be looked through for each of its links.
_MAX_PARTS: Final = 1000
# In characters, of what leads back.
_MAX_TEXT: Final = 60
# What may be around a reference, or in it, and have its id.
_MARKS: Final = frozenset(["b", "em", "i", "small", "span", "strong", "sup"])
_WORD: Final = re.compile(r"\w")
_NO_LABEL: Final = re.compile(r"[\W_]+")
# A number, a letter or two, or what is in brackets; what says more names what it leads to, as in a glossary.
_MARK: Final = re.compile(r"[\W_]*(?:\d+|[ivxlc]+|\w{0,2})[\W_]*|\[[^\[\]]*\]", re.IGNORECASE)
# What a link is no part of stands before it, without what is between two words of a sentence.
_END: Final = re.compile(r"[^\w\s,;:\u2013\u2014-]\s*\Z")
_MAX_END: Final = 20
_BRACKETS: Final = {"[": "]", "(": ")"}


def drop_back_links(tree: Tree, kept: Set[Element]) -> None:
    """Drop all such links, but none of what is `kept`, and no mark that the note begins with."""
    links = [link for link in tree.tagged("a") if link.get("href")[:1] == "#" and not link.dropped][:_MAX_LINKS]
    references = {name: link for link in reversed(links) for name in _names(link)}
    if not references:
        return
    # The last of several after a note first: then nothing follows the one before.
    for link in reversed(links):
        reference = references.get(link.get("href")[1:])
        if reference is None or reference.at >= link.at or link in kept or not 0 < link.chars <= _MAX_TEXT:
            continue
        if not _is_of_note(link, reference.get("href")[1:]) or _is_label(link, reference):
            continue
        if _leads_back(link, is_of_mark=_is_mark(reference)):
            link.drop(_KIND)
            _drop_brackets(link)


def _names(link: Element) -> Iterator[str]:
    """The names of the place that a link stands in."""
    inner = next(link.elements(), None)
    around = [link.parent] if link.parent is not None and link.parent.tag in _MARKS else []
    inside = [inner] if inner is not None and inner.tag in _MARKS else []
    yield from filter(None, [link.get("name"), *[node.get("id") for node in (link, *around, *inside)]])


def _is_of_note(link: Element, name: str) -> bool:
    """Whether the link is in the note of that name, or in what is said of it as a term."""
    for outer in islice(link.ancestors(), _MAX_AROUND):
        if outer.tag in selectors.HEADINGS:
            return False
        if outer.get("id") == name or (outer.tag == "dd" and name in _names_of(_terms_before(outer))):
            return True
    return False


def _names_of(terms: Iterable[Element]) -> set[str]:
    return {term.get("id") for term in terms}


def _terms_before(said: Element) -> Iterator[Element]:
    siblings = said.parent.children if said.parent is not None else []
    if len(siblings) > _MAX_PARTS or said not in siblings:
        return iter(())
    before = islice(elements_among(reversed(siblings[: siblings.index(said)])), _MAX_TERMS)
    return filter(lambda part: part.tag == "dt", before)


def _is_label(link: Element, reference: Element) -> bool:
    """Whether the link is the note's own mark, or the heading of what a table of contents leads to."""
    own, other = [_NO_LABEL.sub("", node.words()).casefold() for node in (link, reference)]
    return own == other != ""


def _is_mark(reference: Element) -> bool:
    """Whether it is raised, in brackets, or a number or a sign, and so no name of another part of the page."""
    is_raised = any(
        node is not None and node.tag == "sup" for node in (reference.parent, next(reference.elements(), None))
    )
    return is_raised or _MARK.fullmatch(reference.words()) is not None


def _leads_back(link: Element, *, is_of_mark: bool) -> bool:
    """Whether it is a sign, or stands at the end of a block that says something else.

    Where no mark leads to the note it may be the end of a sentence: "See also" another entry of a glossary.
    """
    if not _WORD.search(link.words()):
        return True
    inner = link
    for outer in link.ancestors():
        if len(outer.children) > _MAX_PARTS:
            return False
        at = outer.children.index(inner)
        if any(map(_says_word, outer.children[at + 1 :])):
            return False
        before = next(filter(says_something, reversed(outer.children[:at])), None)
        if before is not None and not is_of_mark and not _ends(before):
            return False
        is_of_mark = is_of_mark or before is not None
        if outer.is_block:
            return any(map(_says_word, outer.children[:at])) or outer.chars > inner.chars
        inner = outer
    return False


def _ends(before: Element | str) -> bool:
    """Whether a sentence ends there, or another block."""
    if not isinstance(before, str) and before.is_block:
        return True
    return _END.search((before if isinstance(before, str) else before.text())[-_MAX_END:]) is not None


def _drop_brackets(link: Element) -> None:
    """Drop the brackets around what was dropped, or the stop after it where a sentence ends before it."""
    parts = link.parent.children if link.parent is not None else []
    at = parts.index(link) if len(parts) <= _MAX_PARTS else 0
    before, after = parts[at - 1] if at else "", parts[at + 1] if 0 < at < len(parts) - 1 else ""
    if not isinstance(before, str) or not isinstance(after, str):
        return
    shown, behind = before.rstrip(), after.lstrip()
    if _BRACKETS.get(shown[-1:]) == behind[:1] != "":
        parts[at - 1 : at + 2] = [shown[:-1], link, behind[1:]]
    elif shown.endswith(".") and behind.startswith("."):
        parts[at - 1 : at + 2] = [before, link, behind[1:]]


def _says_word(part: Element | str) -> bool:
    return _WORD.search(part) is not None if isinstance(part, str) else says_something(part)
