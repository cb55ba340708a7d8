"""Tells a permalink, which leads to the heading that it stands in, from other links in a heading."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final
from urllib.parse import unquote

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.tools import tool_words
from llmstxt_sched.extraction.dom.tree import Element, elements_in

# What a link to its own heading says, if it is not a sign.
_PERMALINK: Final = re.compile(rf"\W*+{tool_words.PERMALINKS}\W*", re.IGNORECASE)
# One that says which heading that is, before or after that it is a link.
_NAMING: Final = re.compile(r"\W*+(?:(?:\w+ )?\w+: (.{1,200})|(.{1,200}) (?:perma|anchor )link)", re.IGNORECASE)
# So many elements above a link is its heading, and so many above that the section with the place.
_MAX_ABOVE: Final = 2
# So many elements of a heading are searched for its place, since each of very many links would look at all of them; and
# the words of one with so many elements are not read.
_MAX_IN_HEADING, _MAX_READ_IN_HEADING = 40, 200
_WORD: Final = re.compile(r"\w")
# In characters: a longer heading is none, and would be read once for each link in it.
MAX_HEADING: Final = 1000


def is_permalink(link: Element) -> bool:
    """Whether a link leads to the heading that it stands in, beside its words, and says no more than that."""
    heading = next(filter(lambda outer: outer.tag in selectors.HEADINGS, islice(link.ancestors(), _MAX_ABOVE)), None)
    if heading is None or not link.chars < heading.chars <= MAX_HEADING:
        return False
    target = unquote(link.get("href")[1:])
    if not _is_sign(link) and (_PERMALINK.fullmatch(link.words()) is None or _is_name(link, heading, target)):
        return False
    places = [heading, *islice(heading.ancestors(), _MAX_ABOVE)]
    if heading.end - heading.at <= _MAX_IN_HEADING:
        places += elements_in(heading)
    return any(target == part.get(name) for part in places for name in ("id", "name"))


def _is_sign(link: Element) -> bool:
    """Whether a link says nothing, or has a sign that is no operator: those may be names of members."""
    text = link.words()
    return _WORD.search(text) is None and (not text or "#" in text or not text.isascii()) and not _is_code(link)


def _is_name(link: Element, heading: Element, target: str) -> bool:
    """Whether a link to its own heading is the heading's name, such as "link" in the signature of a function."""
    if heading.end - heading.at > _MAX_READ_IN_HEADING:
        return True
    text = link.words().casefold()
    is_told = target.casefold().endswith(text) and text not in heading.text(without=["a"]).casefold()
    return is_told or _is_code(link) or _names_another(link, heading)


def _names_another(link: Element, heading: Element) -> bool:
    """Whether it is no "Name permalink" or "Permalink: Name" of this heading, but words such as "Get a permalink"."""
    found = _NAMING.match(link.words())
    said = (found[1] or found[2]).strip().casefold() if found is not None else ""
    return heading.words().casefold().count(said) < 2 if said else False


def _is_code(link: Element) -> bool:
    return any(inner.tag in selectors.CODE_SPANS for inner in islice(elements_in(link), _MAX_IN_HEADING))
