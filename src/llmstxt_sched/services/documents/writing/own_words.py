"""What pages say beside their own addresses, by which a wall in front of a site is told from its pages.  Pure.

A login at the address of each page names that address, and a server's refusal the number of the request: their texts
all differ, and all say the same.  So does the beginning of each page below a long notice, but not what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from urllib.parse import unquote

from llmstxt_sched.documents.model import Extract

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
# Where links lead: a login's to a token of each request.
_TARGET = re.compile(r"\]\([^()\s]*\)")


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


def _beside(url: str, text: str, names: Collection[str]) -> str:
    address = words_of([url])
    plain = " ".join(word for word in text.casefold().split() if not _DIGIT.search(word))
    return " ".join(word for word in _WORD.findall(plain) if word not in address and word not in names)
