"""What pages say beside their own addresses, by which a wall in front of a site is told from its pages.  Pure.

A login at the address of each page names that address, and a server's refusal the number of the request: their texts
all differ, and all say the same.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from llmstxt_sched.documents.model import Extract

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")


def own_words(url: str, extract: Extract) -> str:
    """What the page at `url` begins with, without numbers and the words of its address."""
    address = set(_WORD.findall(unquote(url).casefold()))
    said = (extract.h1, extract.first_heading, extract.lead, *extract.more_leads, *extract.part_leads, extract.outline)
    plain = " ".join(word for word in " ".join(said).casefold().split() if not _DIGIT.search(word))
    return " ".join(word for word in _WORD.findall(plain) if word not in address)
