"""Reads what the parts of a page begin with, by which the site on one page is known.  Pure: takes Markdown."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.documents.model import Chapters
from llmstxt_sched.documents.text import letters_of

_TARGET: Final = re.compile(r"\]\([^()\s]{0,500}\)")
# A heading that is a link to another page, which a list describes briefly.
_LEADS_ON: Final = re.compile(r"#{1,6} \[.{1,500}\]\([^()\s#]{1,500}\)")
_FENCE: Final = "```"
# In characters, of a page that may hold a whole site.
_MAX_CHARS: Final = 400_000
_MAX_NAME, _MAX_LINE = 100, 300
# So many letters tell a text again.
_LETTERS: Final = 40
_MAX_CHAPTERS: Final = 200
# Headings one below the other, before any text.
_MAX_NAMES: Final = 3


def read_chapters(markdown: str) -> Chapters:
    """The letters of each heading that leads nowhere, and of what the text below it begins with; not of code."""
    found: list[tuple[str, str]] = []
    names: list[str] = []
    is_code = False
    for line in markdown[:_MAX_CHARS].splitlines():
        if line.startswith(_FENCE):
            is_code = not is_code
        elif line.startswith("#") and not is_code and _LEADS_ON.fullmatch(line):
            names = []
        elif line.startswith("#") and not is_code:
            names = [*names[1 - _MAX_NAMES :], letters_of(_TARGET.sub("", line[:_MAX_LINE])[:_MAX_NAME])]
        elif names and not is_code and (text := letters_of(_TARGET.sub("", line[:_MAX_LINE]))):
            found.extend((name, text[:_LETTERS]) for name in names if name)
            names = []
    return tuple(found[:_MAX_CHAPTERS])
