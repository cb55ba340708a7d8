"""Where copies of robots.txt are kept between crawls."""

from __future__ import annotations

from typing import Protocol

from llmstxt_sched.domain.robots_copy import RobotsCopy


class RobotsCopies(Protocol):
    """Keeps the last robots.txt of each origin for `robots_copy.MAX_AGE_SECONDS`; shared by all crawls."""

    async def get(self, origin: str) -> RobotsCopy | None:
        """The copy for `origin`; None if there is none, or it is too old."""

    async def put(self, origin: str, copy: RobotsCopy) -> None:
        """Keep `copy`, which the origin has just sent or confirmed."""


class NoCopies:
    """Keeps nothing, for a crawl that must or may ask for everything anew."""

    async def get(self, _: str) -> RobotsCopy | None:
        """None."""
        return None

    async def put(self, origin: str, copy: RobotsCopy) -> None:
        """Do nothing."""


NO_COPIES = NoCopies()
