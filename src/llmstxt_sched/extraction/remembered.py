"""Remembers what was found out of texts that the pages of a site write over and over."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Concatenate, Final, ParamSpec, TypeVar

# Longer texts, in characters, are not remembered: a style, an address or a start tag may hold a whole picture.
MAX_REMEMBERED: Final = 300
_Others = ParamSpec("_Others")
_Answer = TypeVar("_Answer")
_Question = Callable[Concatenate[str, _Others], _Answer]


def remembered(most: int) -> Callable[[_Question[_Others, _Answer]], _Question[_Others, _Answer]]:
    """Have a function of a text remember its last answers, so many at most, apart from those for long texts."""

    def decorate(function: _Question[_Others, _Answer]) -> _Question[_Others, _Answer]:
        known = lru_cache(maxsize=most)(function)

        def answer(text: str, /, *others: _Others.args, **named: _Others.kwargs) -> _Answer:
            return (known if len(text) <= MAX_REMEMBERED else function)(text, *others, **named)

        return answer

    return decorate
