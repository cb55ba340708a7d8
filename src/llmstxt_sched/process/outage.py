"""Servers that are away while the service runs: said once, however often somebody asks for them."""

from __future__ import annotations

import structlog

from llmstxt_sched.errors import Unavailable

log = structlog.get_logger(__name__)


class Outage:
    """Whether the `server` that `who` needs is away."""

    def __init__(self, who: str, server: str) -> None:
        self._begins, self._ends = f"{who} waits for {server}", f"{who} no longer waits for {server}"
        self._is_on = False

    def note(self, error: Unavailable) -> None:
        """A try has failed."""
        if not self._is_on:
            log.warning(self._begins, reason=error.message)
        self._is_on = True

    def clear(self) -> None:
        """A try went through."""
        if self._is_on:
            log.info(self._ends)
        self._is_on = False
