"""Shows the words that Sandcastle's pages of .NET write by a script in the language that their reader chose.

Between the names of a type and its member stands "." for C# and "::" for C++, and around the parameters of a generic
type stand other brackets for each.  C# is what the pages begin with.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among

# The attribute, the function and the class by which newer and older pages say the words for each language.
_WORDS, _ADDS, _ALL_WORDS = "data-languagespecifictext", "AddLanguageSpecificTextSet", "languagespecifictext"
_ADDED: Final = re.compile(rf'\s*{_ADDS}\("([^"?]*)\?([^"]*)"\);?\s*')
_CSHARP: Final = "cs"
_KIND: Final = "other language"


def show_words_of_sandcastle(tree: Tree) -> None:
    """Write the words for C# where the page has those of several languages, and drop the others."""
    if tree.having(_WORDS):
        for node in tree.tagged("span"):
            _show(node, node.get(_WORDS))
    calls = [node for node in tree.tagged("script") if _ADDS in (node.only_text or "")]
    for around in dict.fromkeys(call.parent for call in calls):
        for one, other in pairwise(elements_among(around.children if around is not None else [])):
            added = _ADDED.fullmatch(other.only_text or "") if other.tag == "script" else None
            if added is not None and one.get("id") == added[1]:
                _show(one, added[2])
    if any(_ALL_WORDS in start.classes for start in tree.having("class")):
        for node in tree.tagged("span"):
            if _ALL_WORDS in node.classes:
                _choose(node)


def _show(node: Element, words: str) -> None:
    """Give an empty element those of the words, "cs=.|vb=.|cpp=::", that are for C#."""
    said = [part.partition("=")[2] for part in words.split("|") if part.startswith(f"{_CSHARP}=")]
    if said and not node.children:
        # The script writes it as HTML.
        node.add_text(unescape(said[0]))
        # It counts around it from here on.
        node.show()


def _choose(node: Element) -> None:
    parts = [*node.elements()]
    own = [part for part in parts if _CSHARP in part.classes] or parts
    for part in parts:
        if part is not own[0]:
            part.drop(_KIND)
