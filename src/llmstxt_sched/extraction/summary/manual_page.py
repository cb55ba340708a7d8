"""Reads what a manual page says that it is called, below its first heading (man-pages(7), "Sections within a page")."""

from __future__ import annotations

import re
from itertools import dropwhile, islice
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element

_HEADING: Final = "NAME"
# What it is called, and what that does: "ls, dir - list what is in a folder".
_NAMES: Final = re.compile(r"[^\s,]{1,80}(?:, [^\s,]{1,80}){0,20} (?:--?|[\u2013\u2014]) \S.*")
# In characters: a longer text is more than a line.
_MAX_LINE: Final = 200


def name_of_manual(heading: Element) -> str:
    """The line below the heading "NAME" that says in a few words what a page is about; '' for any other heading."""
    if heading.parent is None or heading.words() != _HEADING:
        return ""
    behind = dropwhile(lambda part: part is not heading, heading.parent.elements())
    line = next(islice(behind, 1, None), None)
    if line is None or line.tag != "p" or line.chars > _MAX_LINE:
        return ""
    words = line.words()
    return words if _NAMES.fullmatch(words) else ""
