"""Outages of servers while the service runs: logged once each, however many requests fail meanwhile."""

from __future__ import annotations

import time

import structlog

from llmstxt_sched.errors import Unavailable

log = structlog.get_logger(__name__)


class Outage:
    """Logs when an outage of `server` begins and ends; `who` is the part of the process that needs the server."""

    def __init__(self, who: str, server: str) -> None:
        self._begins, self._ends = f"{who} waits for {server}", f"{who} no longer waits for {server}"
        self._is_on = False
        self._noted_at = float("-inf")

    def note(self, error: Unavailable) -> None:
        """To be called when the server did not answer."""
        if not self._is_on:
            log.warning(self._begins, reason=error.message)
        self._is_on = True
        self._noted_at = time.monotonic()

    def clear(self, asked_at: float = float("inf")) -> None:
        """To be called when the server answered, at best what it was asked after the outage: at that monotonic time."""
        if self._is_on and asked_at > self._noted_at:
            log.info(self._ends)
            self._is_on = False
