"""Converts database rows to structs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec
from asyncpg import Record

Row = TypeVar("Row")


def to(kind: type[Row], record: Record | None) -> Row | None:
    """Convert a row to a `kind`; None stays None."""
    return None if record is None else msgspec.convert(dict(record), kind)


def each_in(kind: type[Row], text: str | None) -> list[Row]:
    """Read a JSON array of rows, which is None where there are none, as a list of `kind`."""
    return [] if text is None else msgspec.json.decode(text, type=list[kind])  # type: ignore[valid-type]


def each_to(kind: type[Row], records: Iterable[Record]) -> list[Row]:
    """Convert rows to a list of `kind`."""
    return [msgspec.convert(dict(record), kind) for record in records]
