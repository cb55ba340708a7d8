"""The way of events to targets, and a receiver."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from tests.support.engine import Engine
from tests.support.mailing import Mailing, open_mailing
from tests.support.notifying import notifying
from tests.support.receiver import receiver

__all__ = ["notifying", "receiver"]


@pytest_asyncio.fixture
async def mailing(engine: Engine) -> AsyncIterator[Mailing]:
    """The use cases on one replica, with a mail server."""
    async with open_mailing(engine) as opened:
        yield opened
