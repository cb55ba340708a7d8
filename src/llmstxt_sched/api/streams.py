"""The open event streams of this process: how many there may be, and how long each lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.process.serve import STREAM_CONNECTIONS

# Proxies close connections on which nothing is sent, many after a minute, some after half of one.
SILENCE_SECONDS = 15.0
# Clients come back at once, perhaps to another process: thus streams spread again after one has started anew.
LONGEST_SECONDS = 600.0
# Until a token that was revoked, or a session that was ended, shows nothing any more.
CHECK_SECONDS = 15.0


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
        self._open = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take one of the places for the duration of the block.  Raises `Unavailable` if all are taken."""
        if self._open >= STREAM_CONNECTIONS:
            raise Unavailable(f"{STREAM_CONNECTIONS} runs are being followed already: try again later")
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1
