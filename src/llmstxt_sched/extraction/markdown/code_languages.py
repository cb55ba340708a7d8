"""Finds the language that a page declares for a block of code; none is guessed."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element

# What may declare the language inside the block.
_DECLARING: Final = selectors.CODE_BLOCKS | {"code"}
# What may stand between a brush and its name.
_AFTER_BRUSH: Final = re.compile(r"(?<=brush): ", re.IGNORECASE)


def language_of(path: list[Element]) -> str:
    """The language declared by what holds the code, or by one of the three elements around the block; else ''.

    `path` leads from the block to what holds its code.
    """
    block = path[0]
    candidates = [node for node in reversed(path) if node.tag in _DECLARING or node is block]
    if len(candidates) == 1:
        # The <code> of a block that holds something else beside it.
        candidates = [child for child in block.elements() if child.tag == "code"][:1] + candidates
    for around in islice(block.ancestors(), 3):
        if around.tag in selectors.ROOTS:
            break
        candidates.append(around)
    for element in candidates:
        language = _declared_language(element.start)
        if language:
            return "" if language.lower() in selectors.NO_LANGUAGE else language
    return ""


@lru_cache(maxsize=1024)
def _declared_language(start: StartTag) -> str:
    for name in selectors.LANGUAGE_ATTRIBUTES:
        value = start.get(name)
        if selectors.LANGUAGE.fullmatch(value):
            return value
    brush = selectors.BRUSH.search(start.get(selectors.BRUSH_ATTRIBUTE))
    if brush:
        return brush[1]
    # The attributes of GitHub, Google and F# Formatting, whose other values are no names of languages of code.
    named = [start.get(name).lower() for name in selectors.LANGUAGES_OF_PRE] if start.name in _DECLARING else []
    if any(name in selectors.LANGUAGES for name in named):
        return next(filter(selectors.LANGUAGES.__contains__, named))
    return next(iter(selectors.DIAGRAMS & start.classes), "") or _language_by_class(start)


def _language_by_class(start: StartTag) -> str:
    names = _AFTER_BRUSH.sub(":", start.get("class")).rstrip(";").split()
    for name in names:
        match = selectors.LANGUAGE_CLASS.match(name)
        if match and selectors.LANGUAGE.fullmatch(match[1]):
            return match[1]
        named = selectors.LANGUAGE_AND_CODE.fullmatch(name)
        if named and named[1] in selectors.LANGUAGES:
            return named[1]
    # TypeDoc's class is the bare name.
    if start.name == "code" and len(names) == 1 and names[0].lower() in selectors.LANGUAGES:
        return names[0]
    if not selectors.HIGHLIGHTERS.isdisjoint(name.lower() for name in names):
        return next(filter(lambda name: name.lower() in selectors.LANGUAGES, names), "")
    return ""
