"""The patterns that texts must match, and msgspec's messages in words for whoever sent the value.

msgspec shows a pattern as it is, which tells only few people what to change.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin

from llmstxt_sched import value_words
from llmstxt_sched.errors import bounded, with_fields
from llmstxt_sched.value_words import A_TIME, AN_ID, OR_NULL

# Characters that break a line, control a terminal, or turn the order of those that follow: the categories Cc, Zl and Zp
# of Unicode, and its property Bidi_Control (UAX 9).
UNSEEN = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
# One line with at least one visible character.
ONE_LINE = rf"^[^{UNSEEN}]*[^\s{UNSEEN}][^{UNSEEN}]*$"
# Postgres cannot store U+0000.
WITHOUT_NUL = r"^[^\x00]*$"
# A BCP 47 tag.
LANGUAGE_TAG = r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$"

NO_NUL = "must not contain the character U+0000"

_PATTERN = "Expected `str` matching regex "
_WORDS = {
    f"{_PATTERN}{ONE_LINE!r}": "must be one line with at least one visible character",
    f"{_PATTERN}{WITHOUT_NUL!r}": NO_NUL,
    f"{_PATTERN}{LANGUAGE_TAG!r}": "must be a language tag such as en or pt-BR",
    "Invalid UUID": f"must be {AN_ID}",
    "Invalid RFC3339 encoded datetime": f"must be {A_TIME}",
    "Invalid epoch timestamp": f"must be {A_TIME}",
    "Expected `datetime` with a timezone component": f"must be {A_TIME}",
}
# How msgspec's messages give the path to an error, and name a field that is missing or unknown.
_PLACE = re.compile(r" - at `\$\.?([^`]*)`$")
_NAMED_FIELD = re.compile(r"field `([^`]*)`")
# A value that is to be one of a few words may be no text at all.
_CHOICE = re.compile(r"Invalid enum value|Expected `str[^`]*`, got ")
# The name in an error that is about the whole body, which has none.
WHOLE = "what is sent"


class InvalidRequest(Exception):
    """Parameters or fields of a request are wrong: pairs of a name and what is wrong with it."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What who asked is told of `errors`."""
        return bounded(iter(self.errors))

    @property
    def sentence(self) -> str:
        """All that is wrong."""
        return with_fields(self.told)


def predicate(message: str, kind: Any = None) -> tuple[str, str]:
    """Where msgspec's `message` on a value of the type `kind` sees an error, and what it asks for in words."""
    place, named = _PLACE.search(message), _NAMED_FIELD.search(message)
    field = ".".join(part[1] for part in (place, named) if part and part[1])
    words = _PLACE.sub("", message)
    kinds = items_of(kind) if place and place[1].endswith("]") else [kind]
    if _CHOICE.match(words) and (choices := [choice for each in kinds for choice in _choices(each)]):
        return field, f"must be {listed(choices, 'or')}"
    return field, in_words(words)


def of_parameter(words: str) -> str:
    """What `predicate` says is wrong with a value, where that was sent as a parameter, which is never null."""
    return words.removesuffix(OR_NULL)


def listed(names: Iterable[str], last: str) -> str:
    """The names as a list in a sentence, the last one after the word `last`: "a, b or c"."""
    *others, final = names
    return f"{', '.join(others)} {last} {final}" if others else final


def items_of(kind: Any) -> list[Any]:
    """What the lists within a type hold."""
    parts = get_args(kind)
    return list(parts) if get_origin(kind) is tuple else [item for part in parts for item in items_of(part)]


def _choices(kind: Any) -> Iterable[str]:
    """The values that an enumeration within a type has, and whether a list may stand in their place."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return [str(each.value) for each in kind]
    if get_origin(kind) is Literal:
        return [str(each) for each in get_args(kind)]
    found = [choice for part in get_args(kind) for choice in _choices(part)]
    # In a list, each value has to be one of them.
    return found or (["a list"] if get_origin(kind) is tuple else [])


def in_words(message: str) -> str:
    """What msgspec's `message` on a value asks for, as a predicate of the field: "must have at most 200 characters"."""
    return _WORDS.get(message) or value_words.in_words(message)
