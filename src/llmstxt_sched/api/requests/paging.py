"""Paged lists.  A cursor encodes where the previous page ended; clients must treat it as opaque."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Annotated, Generic, TypeVar

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
# Enough to tell mistakes: it is no secret of which list a cursor is.
_MARK_BYTES = 6


class Listing(Struct, Generic[WireT], frozen=True):
    """One page of a list; `next_cursor` is null on the last page."""

    items: list[WireT]
    next_cursor: str | None


class PagedList(Generic[Position]):
    """A list as a request asks for it; a cursor of it is none of another list, nor of this one with other filters.

    `of` is the list's name and its filters.  A position in it is of the type `kind`, and `is_place` holds for it.
    """

    def __init__(
        self, kind: type[Position], *of: object, is_place: Callable[[Position], bool] = lambda _: True
    ) -> None:
        self._kind = kind
        self._mark = blake2b(msgspec.json.encode(of), digest_size=_MARK_BYTES).digest()
        self._is_place = is_place

    def read(self, cursor: str | None) -> Position | None:
        """Decode a cursor to a position.  Raises InvalidInput."""
        if cursor is None:
            return None
        try:
            decoded = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            if decoded[:_MARK_BYTES] == self._mark:
                place = msgspec.json.decode(decoded[_MARK_BYTES:], type=self._kind)
                if _is_in_range(place) and self._is_place(place):
                    return place
        except (msgspec.MsgspecError, binascii.Error, ValueError, TypeError):
            pass
        raise InvalidInput("cursor", "is not a next_cursor of this list with these filters: begin without one")

    def write(self, place: Position) -> str:
        """Encode a position as a cursor."""
        return base64.urlsafe_b64encode(self._mark + msgspec.json.encode(place)).decode().rstrip("=")

    def page(
        self, found: Sequence[T], limit: int, show: Callable[[T], WireT], place: Callable[[T], Position]
    ) -> Listing[WireT]:
        """Build a page from `found`, which must be read with a limit of `limit + 1` to see if there is a next page.

        `show` converts an item to its wire struct; `place` returns the position after which the next page starts.
        """
        shown = found[:limit]
        next_cursor = self.write(place(shown[-1])) if len(found) > limit else None
        return Listing([show(item) for item in shown], next_cursor)


def _is_in_range(place: object) -> bool:
    parts = place if isinstance(place, tuple) else (place,)
    return all(EARLIEST < part < LATEST for part in parts if isinstance(part, datetime))


def read_since(given: datetime | None) -> datetime | None:
    """The time from which on a list is wanted.  Raises InvalidInput for one without an offset."""
    if given is None or (given.tzinfo and EARLIEST <= given <= LATEST):
        return given
    raise InvalidInput("since", f"must be {A_TIME}")
