"""The patterns that texts must match, and what the messages of msgspec mean to who sent the value.

msgspec shows a pattern as it is, which tells only few people what to change.
"""

from __future__ import annotations

import re

# One line with at least one visible character.
ONE_LINE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
# Postgres cannot store U+0000.
WITHOUT_NUL = r"^[^\x00]*$"
# A BCP 47 tag.
LANGUAGE_TAG = r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$"

_PATTERN = "Expected `str` matching regex "
_WORDS = {
    f"{_PATTERN}{ONE_LINE!r}": "must be one line with at least one visible character",
    f"{_PATTERN}{WITHOUT_NUL!r}": "must not contain the character U+0000",
    f"{_PATTERN}{LANGUAGE_TAG!r}": "must be a language tag such as en or pt-BR",
    "Invalid UUID": "must be an id as this service gives it, a UUID",
}
_LENGTH = re.compile(r"Expected `(str|array)` of length (<=|>=) (\d+)")
_BOUND = re.compile(r"Expected `(?:int|float)` (<=|>=) (-?[\d.]+)")
_SIDES = {"<=": "at most", ">=": "at least"}
_PARTS = {"str": "character", "array": "item"}


def in_words(message: str) -> str:
    """What msgspec's `message` on a value asks for, as a predicate of the field: "must have at most 200 characters"."""
    if length := _LENGTH.fullmatch(message):
        kind, side, count = length.groups()
        return f"must have {_SIDES[side]} {count} {_PARTS[kind]}{'' if count == '1' else 's'}"
    if bound := _BOUND.fullmatch(message):
        side, number = bound.groups()
        return f"must be {_SIDES[side]} {number.removesuffix('.0')}"
    return _WORDS.get(message, message)
