"""The way of events to targets, and a receiver."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from tests.support.engine import Engine
from tests.support.mailing import Mailing, open_mailing
from tests.support.notifying import Notifying, open_notifying
from tests.support.receiver import Receiver, open_receiver


@pytest_asyncio.fixture
async def notifying(engine: Engine) -> AsyncIterator[Notifying]:
    """The use cases on one replica."""
    async with open_notifying(engine) as opened:
        yield opened


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver that answers 200."""
    async with open_receiver() as opened:
        yield opened


@pytest_asyncio.fixture
async def mailing(engine: Engine) -> AsyncIterator[Mailing]:
    """The use cases on one replica, with a mail server."""
    async with open_mailing(engine) as opened:
        yield opened
