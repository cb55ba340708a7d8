"""What pages say beside their own addresses, by which a wall in front of a site is told from its pages.  Pure.

A login at the address of each page names that address, and a server's refusal the number of the request: their texts
all differ, and all say the same.  So does the beginning of each page below a long notice, but not what follows it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Set
from urllib.parse import unquote

from llmstxt_sched.documents.model import Extract

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
# Where links lead: a login's to a token of each request.
_TARGET = re.compile(r"\]\([^()\s]*\)")
# Stands for what all walls say: no text, for it holds no word.
_WALL = "-"


def words_of(addresses: Iterable[str]) -> set[str]:
    """The words of which `addresses` consist."""
    return {word for address in addresses for word in _WORD.findall(unquote(address).casefold())}


def own_words(url: str, extract: Extract, names: Collection[str] = ()) -> str:
    """What the page at `url` begins with, without numbers, `names` and the words of its address."""
    said = (extract.h1, extract.first_heading, extract.lead, *extract.more_leads, *extract.part_leads, extract.outline)
    return _beside(url, " ".join(said), names)


def own_text(url: str, markdown: str, names: Collection[str] = ()) -> str:
    """What all of the page at `url` says, likewise."""
    return _beside(url, _TARGET.sub("]", markdown), names)


def with_walls_as_one(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """The texts `now`, by address, with one text for all that mostly say the same in place of what was there.

    A login may show each visitor other words beside its own, such as a quotation or a word for the support.  What
    most pages said before as well does not count: what a forecast or a reference says anew stands in the same frame.
    """
    stay = before.keys() & now.keys()
    was, said = ({url: set(texts[url].split()) for url in stay} for texts in (before, now))
    common_before, common = _shared(was.values(), 2), _shared(said.values(), 2)
    # Pages of a kind, such as those of functions beside those of classes, share what less than half of all say.
    shared_before = _shared(was.values(), 10)

    def is_wall(url: str) -> bool:
        words, own = said[url] - common_before, was[url] - shared_before
        is_alike = bool(words) and 2 * len(words & common) >= len(words)
        return is_alike and 2 * len(words & own) < len(own)

    # Where the same stood before, it is one as well: a wall may come before a part of the pages first.
    walls = {now[url] for url in stay if is_wall(url)}
    return {url: _WALL if text in walls else text for url, text in now.items()}


def _shared(texts: Collection[Set[str]], part: int) -> set[str]:
    """The words that several of the texts hold, and more than one in `part`."""
    counts = Counter(word for words in texts for word in words)
    return {word for word, number in counts.items() if number > max(1, len(texts) // part)}


def _beside(url: str, text: str, names: Collection[str]) -> str:
    address = words_of([url])
    plain = " ".join(word for word in text.casefold().split() if not _DIGIT.search(word))
    return " ".join(word for word in _WORD.findall(plain) if word not in address and word not in names)
