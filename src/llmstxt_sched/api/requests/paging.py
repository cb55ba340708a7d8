"""Paged lists.  A cursor encodes where the previous page ended; clients must treat it as opaque."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar.params import Parameter
from msgspec import Meta, Struct

from llmstxt_sched.errors import InvalidInput
from llmstxt_sched.value_words import A_TIME

T = TypeVar("T")
WireT = TypeVar("WireT")
Position = TypeVar("Position")

PageSize = Annotated[int, Parameter(ge=1, le=200, description="How many items, at most 200.")]
Cursor = Annotated[str | None, Parameter(description="`next_cursor` of the page before.")]


# The bounds of what a cursor may contain, since clients can forge one: Postgres' ranges of integers, and times that can
# be represented in every time zone.
Position32 = Annotated[int, Meta(ge=-1, le=2**31 - 1)]
Position64 = Annotated[int, Meta(ge=0, le=2**63 - 1)]
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Listing(Struct, Generic[WireT], frozen=True):
    """One page of a list; `next_cursor` is null on the last page."""

    items: list[WireT]
    next_cursor: str | None


def page_of(found: Sequence[T], limit: int, show: Callable[[T], WireT], place: Callable[[T], Any]) -> Listing[WireT]:
    """Build a page from `found`, which must be read with a limit of `limit + 1` to see whether there is a next page.

    `show` converts an item to its wire struct; `place` returns the position after which the next page starts.
    """
    shown = found[:limit]
    next_cursor = write_cursor(place(shown[-1])) if len(found) > limit else None
    return Listing([show(item) for item in shown], next_cursor)


def write_cursor(place: Any) -> str:
    """Encode a position in a list as a cursor."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read_cursor(
    cursor: str | None, kind: type[Position], is_of_list: Callable[[Position], bool] = lambda _: True
) -> Position | None:
    """Decode a cursor to a position of type `kind`, for which `is_of_list` holds.  Raises InvalidInput."""
    if cursor is None:
        return None
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=kind)
        parts = place if isinstance(place, tuple) else (place,)
        if all(EARLIEST < part < LATEST for part in parts if isinstance(part, datetime)) and is_of_list(place):
            return place
    except (msgspec.MsgspecError, binascii.Error, ValueError, TypeError):
        pass
    raise InvalidInput("cursor", "is not a next_cursor of this list")


def read_since(given: datetime | None) -> datetime | None:
    """The time from which on a list is wanted.  Raises InvalidInput for one without an offset."""
    if given is None or (given.tzinfo and EARLIEST <= given <= LATEST):
        return given
    raise InvalidInput("since", f"must be {A_TIME}")
