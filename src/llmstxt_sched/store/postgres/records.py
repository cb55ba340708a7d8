"""Converts database rows to structs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

import msgspec
from asyncpg import Record

Row = TypeVar("Row")


def to(kind: type[Row], record: Record | None) -> Row | None:
    """Convert a row to a `kind`; None stays None."""
    return None if record is None else msgspec.convert(dict(record), kind)


def in_json(kind: type[Row], record: Record | None) -> Row | None:
    """Read a row of one column, which is JSON, as a `kind`; None stays None."""
    return None if record is None else msgspec.json.decode(record[0], type=kind)


# Lists show the same rows again and again, most of them unchanged.
@lru_cache(maxsize=4096)
def _decoded(kind: type[Row], text: str) -> Row:
    return msgspec.json.decode(text, type=kind)


def each_in(kind: type[Row], records: Iterable[Record]) -> list[Row]:
    """Read rows of one column, in which each is JSON, as a list of `kind`, which must be frozen."""
    return [_decoded(kind, record[0]) for record in records]  # type: ignore[arg-type]


def each_to(kind: type[Row], records: Iterable[Record]) -> list[Row]:
    """Convert rows to a list of `kind`."""
    return [msgspec.convert(dict(record), kind) for record in records]
