"""The open event streams of this process: how many there may be, and how long each lasts."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from litestar.types import Receive

from llmstxt_sched.domain.user import Identity
from llmstxt_sched.errors import Unauthorized, Unavailable
from llmstxt_sched.process.serve import STREAM_CONNECTIONS

# Proxies close connections on which nothing is sent, many after a minute, some after half of one.
SILENCE_SECONDS = 15.0
# Clients come back at once, perhaps to another process: thus streams spread again after one has started anew.
LONGEST_SECONDS = 600.0
# Until a token that was revoked, or a session that was ended, shows nothing any more.
CHECK_SECONDS = 15.0

# Raises Unauthorized once whoever asked is not let in any more.
WhoAsks = Callable[[], Awaitable[Identity]]


class Place:
    """One open stream of the user or token `owner`; `lost` is set once somebody else has the place."""

    def __init__(self, owner: UUID | None) -> None:
        self.owner = owner
        self.lost = asyncio.Event()


class Streams:
    """The open streams of this process: they end when `drain` is set, and at the latest after `longest_seconds`.

    On one where nothing happens, a comment is sent after `silence_seconds`.  Every `check_seconds` it is checked that
    the client may still see it.
    """

    def __init__(
        self,
        drain: asyncio.Event,
        *,
        silence_seconds: float = SILENCE_SECONDS,
        longest_seconds: float = LONGEST_SECONDS,
        check_seconds: float = CHECK_SECONDS,
    ) -> None:
        self.drain = drain
        self.silence_seconds = silence_seconds
        self.longest_seconds = longest_seconds
        self.check_seconds = check_seconds
        self._places: list[Place] = []

    @contextmanager
    def place(self, owner: UUID | None) -> Iterator[Place]:
        """Take one of the places for `owner` for the duration of the block.

        If all are taken, the oldest stream of whoever has the most is closed, so that nobody can keep the others out.
        Raises `Unavailable` if `owner` would then have more than they.
        """
        if len(self._places) >= STREAM_CONNECTIONS:
            self._make_room(owner)
        place = Place(owner)
        self._places.append(place)
        try:
            yield place
        finally:
            if place in self._places:
                self._places.remove(place)

    def _make_room(self, owner: UUID | None) -> None:
        held = Counter(place.owner for place in self._places)
        greediest, most = held.most_common(1)[0]
        if most <= held[owner] + 1:
            raise Unavailable(f"{STREAM_CONNECTIONS} runs are being followed already: try again later")
        oldest = next(place for place in self._places if place.owner == greediest)
        self._places.remove(oldest)
        oldest.lost.set()


async def refused(who_asks: WhoAsks, check_seconds: float) -> None:
    """Return once whoever asks is not let in any more."""
    while True:
        await asyncio.sleep(check_seconds)
        try:
            await who_asks()
        except Unauthorized:
            return
        except Unavailable:
            # Postgres is away, which takes nobody's rights.
            continue


async def disconnected(receive: Receive) -> None:
    """Return once the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
