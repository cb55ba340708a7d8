"""Lists in pages: a cursor says where the page before ended, and means nothing to the client."""

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

T = TypeVar("T")
WireT = TypeVar("WireT")
Position = TypeVar("Position")

Limit = Annotated[int, Parameter(ge=1, le=200, description="How many items, at most 200.")]
Cursor = Annotated[str | None, Parameter(description="`next_cursor` of the page before.")]


# What a cursor may hold: a client can write one as well.  The bounds are those of Postgres' integer, and of
# times that still are times in every zone.
Position32 = Annotated[int, Meta(ge=-1, le=2**31 - 1)]
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Listing(Struct, Generic[WireT], frozen=True):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[WireT]
    next_cursor: str | None


def page_of(found: Sequence[T], limit: int, show: Callable[[T], WireT], place: Callable[[T], Any]) -> Listing[WireT]:
    """A page from one item more than it shows; `place` is what the next page begins behind."""
    shown = found[:limit]
    next_cursor = write_cursor(place(shown[-1])) if len(found) > limit else None
    return Listing([show(item) for item in shown], next_cursor)


def write_cursor(place: Any) -> str:
    """A place in a list as a cursor."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read_cursor(cursor: str | None, kind: type[Position]) -> Position | None:
    """The place that a cursor stands for.  Raises InvalidInput."""
    if cursor is None:
        return None
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=kind)
        parts = place if isinstance(place, tuple) else (place,)
        if all(EARLIEST < part < LATEST for part in parts if isinstance(part, datetime)):
            return place
    except (msgspec.MsgspecError, binascii.Error, ValueError, TypeError):
        pass
    raise InvalidInput("cursor", "is not a next_cursor of this list")
