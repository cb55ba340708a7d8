"""The text of a page's article, as trafilatura finds it."""

from __future__ import annotations

import logging
import re
from typing import Final, NamedTuple

# A shorter text, in characters, with a smaller share of the main content has missed the article, and so has any with
# next to nothing of it.
_MIN_CHARS, _MIN_SHARE, _LEAST_SHARE = 500, 0.25, 0.05
_RUN: Final = 4
# A shorter text, in characters, may stand in another by chance: it has to be a line of its own.
_MIN_PART: Final = 12
_WORD: Final = re.compile(r"\w+")


class NotJudged(Exception):
    """trafilatura failed; the message is the name of its error, since its words may be the page's."""


class ArticleText(NamedTuple):
    """The text of an article: its number of words, itself without white space, the words of its lines and its runs."""

    words: int
    squeezed: str
    lines: frozenset[tuple[str, ...]]
    runs: frozenset[tuple[str, ...]]

    def has(self, text: str, words: list[str], share: float) -> bool:
        """Whether the text with these words is in the article, or this share of its runs of words."""
        runs = _runs(words)
        if runs:
            return sum(run in self.runs for run in runs) >= share * len(runs)
        squeezed = "".join(text.split())
        return tuple(words) in self.lines or (len(squeezed) >= _MIN_PART and squeezed in self.squeezed)


def words_of(text: str) -> list[str]:
    """The words of a text, without what stands between them."""
    return _WORD.findall(text)


def find_article(text: str, chars: int) -> ArticleText | None:
    """The article of the page `text`; None if what was found is too little of the `chars` of the main content.

    Raises NotJudged.
    """
    extracted = _extract(text)
    squeezed = "".join(extracted.split())
    if len(squeezed) < (_LEAST_SHARE if len(squeezed) >= _MIN_CHARS else _MIN_SHARE) * chars or not squeezed:
        return None
    lines = [words_of(line) for line in extracted.split("\n")]
    words = [word for line in lines for word in line]
    # On a brief page all of an <article> may be one line: the texts in it are then told by their words alone.
    brief = [run for length in range(1, _RUN) for run in _runs(words, length)] if len(lines) == 1 else []
    return ArticleText(len(words), squeezed, frozenset([*map(tuple, lines), *brief]), frozenset(_runs(words)))


def _extract(text: str) -> str:
    """What trafilatura finds, '' if it finds nothing."""
    # Imported here, since that takes a third of a second of each worker process, most of which never meet an article.
    import trafilatura

    # What it says about a page is for nobody to act on.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(text, fast=True, include_comments=False) or ""
    except Exception as error:  # noqa: BLE001 - whatever it is, the page is then read as any other
        raise NotJudged(type(error).__name__) from None


def _runs(words: list[str], length: int = _RUN) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]
