"""Keeps what goes wrong with one project from the other ones."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

import structlog

from llmstxt_sched.errors import Unavailable

log = structlog.get_logger(__name__)

T = TypeVar("T")


async def alone(work: Awaitable[T], failure: str, **about: object) -> T | None:
    """What `work` on one project returns; None if it fails, which is logged as `failure`: the others have their turn.

    Raises `Unavailable`, which none of them would escape.
    """
    try:
        return await work
    except Unavailable:
        raise
    except Exception:
        log.exception(failure, **about)
        return None
