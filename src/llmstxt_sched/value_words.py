"""msgspec's messages on a value in words for whoever gave it: what the value must be, without the names of types."""

from __future__ import annotations

import re

A_TIME = "a time with its offset, such as 2026-11-24T02:00:00Z"
AN_ID = "an id as this service gives it, a UUID"
OR_NULL = " or null"

_MISFIT = re.compile(r"Expected `([a-z]+(?: \| [a-z]+)*)`, got `[a-z]+`")
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "datetime": A_TIME,
    "uuid": AN_ID,
}
_LENGTH = re.compile(r"Expected `(str|array)` of length (<=|>=) (\d+)")
_BOUND = re.compile(r"Expected `(?:int|float)` (<=|>=) (-?[\d.]+)")
_SIDES = {"<=": "at most", ">=": "at least"}
_PARTS = {"str": "character", "array": "item"}


def in_words(message: str) -> str:
    """What `message` asks for, as a predicate of the value: "must be a whole number or null"; else as it is."""
    if misfit := _MISFIT.fullmatch(message):
        return f"must be {' or '.join(_KINDS.get(kind, kind) for kind in misfit[1].split(' | '))}"
    if length := _LENGTH.fullmatch(message):
        kind, side, count = length.groups()
        return f"must have {_SIDES[side]} {count} {_PARTS[kind]}{'' if count == '1' else 's'}"
    if bound := _BOUND.fullmatch(message):
        side, number = bound.groups()
        return f"must be {_SIDES[side]} {number.removesuffix('.0')}"
    return message
