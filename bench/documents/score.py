"""What readers made of the pages, against their source; run by the Python of an environment that has markdown-it.

Reads a JSON list of (key, page's name, Markdown) from standard input, and prints the scores by key as JSON.

text      F1 of the runs of four words, as scrapinghub's benchmark of articles has it
code      the share of the blocks of code that are there byte for byte
headings  F1 of the headings
junk      the share of the words that are not the page's
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bench.documents.pages import PAGES

_RUN = 4
_WORD = re.compile(r"\w+")
_PARSER = MarkdownIt("commonmark").enable("table")


def main() -> None:
    """Score what is given, as a mean over the pages of each key."""
    pages = {page.name: page for page in PAGES}
    found: dict[str, list[dict[str, float]]] = {}
    for key, name, markdown in json.load(sys.stdin):
        found.setdefault(key, []).append(_scores(pages[name], markdown))
    print(json.dumps({key: _mean(scores) for key, scores in found.items()}))


def _mean(scores: list[dict[str, float]]) -> dict[str, float]:
    return {name: sum(score[name] for score in scores) / len(scores) for name in scores[0]}


def _scores(page: Any, markdown: str) -> dict[str, float]:
    tokens = _PARSER.parse(markdown)
    words, wanted = _WORD.findall(_text(tokens)), _WORD.findall(page.text)
    code = Counter(token.content.rstrip("\n") for token in tokens if token.type in ("fence", "code_block"))
    missing = Counter(page.code) - code
    return {
        "text": _f1(_runs(words), _runs(wanted)),
        "code": 1 - missing.total() / len(page.code),
        "headings": _f1(Counter(_headings(tokens)), Counter(page.headings)),
        "junk": (Counter(words) - Counter(wanted)).total() / max(1, len(words)),
    }


def _f1(found: Counter[Any], wanted: Counter[Any]) -> float:
    return 2 * (found & wanted).total() / max(1, found.total() + wanted.total())


def _runs(words: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _headings(tokens: list[Token]) -> Iterable[str]:
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            yield " ".join(_text([token]).split())


def _text(tokens: Iterable[Token]) -> str:
    """What a reader of the Markdown sees."""
    texts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "fence", "code_block", "text_special"):
            texts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            texts.append("\n")
        elif token.children and token.type != "image":
            texts += [_text(token.children), "\n"]
    return "".join(texts)


if __name__ == "__main__":
    main()
