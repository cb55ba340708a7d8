"""Tells what a page says of itself as a work: whose it is, from when, and under which terms it may be copied."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction.content.tools import tool_words

# The author or tool of a page, and a word of a date.
_BY: Final = r"(?: (?:by|with|from|using) \S{1,40}(?: [\w.]{1,20})?)?"
_OF_DATE: Final = (
    r"(?:[\d:,+./-]+(?:st|nd|rd|th|z)?|on|in|at|the|of|am|pm|utc|gmt|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?),?"
)
_LAST_CHANGE: Final = r"last (?:modified|updated|changed|edited)(?: on|:)? (?:\d|[a-z]{3,9}\.? \d{1,2},? \d{4}\b)"
# The beginning of a text about the page's owner, the revision of its file, or where its subject stands in the source.
_IMPRINT: Final = re.compile(
    rf"(?:(?:(?:this|the) (?:\w+ ){{1,3}}(?:is|are) )?copyright(?:ed)?\b|\u00a9|{_LAST_CHANGE}|"
    rf"(?:released|published|revised|generated|built)\b(?=.{{0,80}}\b\d{{4}}\b):?{_BY}(?: {_OF_DATE}){{1,10}}{_BY}\.?$|"
    rf"authors?\s?:|{tool_words.AUTHORS}\s?[:\uff1a]|definition at line \d|all rights reserved|{tool_words.RIGHTS}|"
    r"\$[A-Z][a-z]+:)",
    re.IGNORECASE,
)
# The same further inside a text.  Most texts have none of the words, and need no search.
_IMPRINT_WORDS: Final = ("\u00a9", "(c)", "trademark", "last ")
_IMPRINT_INSIDE: Final = re.compile(
    r"(?:.{0,20}(?:\u00a9|\(c\)) ?\d{4}|.{0,60}\bcopyright (?:\u00a9|\(c\)) ?\d{4}|"
    r"all (?:\w+ ){0,2}trademarks\b|.{2,60}\b(?:is|are) (?:an? )?(?:registered )?trademarks? of\b|"
    rf".{{0,60}}\s[-\u2013\u2014|\u00b7(]\s?{_LAST_CHANGE}.{{0,40}}$)",
    re.IGNORECASE,
)
# Under which terms it may be copied.  On a page of nothing else that is the best that can be said of it.
_TERMS: Final = re.compile(
    r"permission is (?:hereby )?granted\b|(?:a copy of|see) the gnu\b|you should have received a copy\b|"
    r"(?:\W?\w+\W? and )?(?:this|these) (?:\w+ ){1,3}(?:is|are) (?:free(?:[,;] you| software| documentation)\b|"
    r"distributed in the hope\b|(?:made available|licensed|released|published|distributed) under\b)|"
    r"this is (?:free software|distributed in)\b|"
    # Likewise on a page about nothing but its authors.
    r"the (?:\w+ ){1,3}(?:project|team|community) welcomes? (?:feedback|bug reports|comments|suggestions)\b",
    re.IGNORECASE,
)
# In other languages only the names of the licences are known.
_LICENCE_WORDS: Final = ("gnu", "free software", "creative commons")
_LICENCE_INSIDE: Final = re.compile(
    r"(?!.*\b(?:the|is|are|and|of)\b).{0,150}?(?:\bGNU (?:[\w-]+ ){0,2}(?:Public|Documentation) License\b|"
    r"\bFree Software Foundation\b|\bCreative Commons\b)",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(r"(?:[Ww]ritten )?[Bb]y [A-Z]")
# Two people or more, and nothing beside them.
_NAMED: Final = r"(?: (?:(?:van|von|de|den|der|da|di|du|del|dos|la|le) ){0,2}[^\W\d_a-z][^\s,]{0,20}){1,3}"
_PEOPLE: Final = re.compile(rf"(?:[^\W\d_a-z][^\s,]{{0,20}}{_NAMED}(?:, and |, | and |$)){{2,12}}")


def is_imprint(text: str) -> bool:
    """Whether a text says whose the page is, from when, or where its subject stands in the source."""
    if _IMPRINT.match(text):
        return True
    return any(map(text.lower().__contains__, _IMPRINT_WORDS)) and _IMPRINT_INSIDE.match(text) is not None


def says_terms(lead: str) -> bool:
    """Whether a lead says no more than under which terms the page may be copied."""
    if _TERMS.match(lead):
        return True
    return any(map(lead.lower().__contains__, _LICENCE_WORDS)) and _LICENCE_INSIDE.match(lead) is not None


def is_byline(text: str) -> bool:
    """Whether a text begins with the author, as in "By Ada Lovelace"."""
    return _BYLINE.match(text) is not None


def names_people(text: str) -> bool:
    """Whether a text is the names of two people or more, and nothing else."""
    return _PEOPLE.fullmatch(text) is not None
