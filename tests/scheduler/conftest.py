"""The inner engine on real servers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from tests.engine import Engine, open_engine
from tests.shared import clean_database_url, shared_database_url

__all__ = ["clean_database_url", "shared_database_url"]


@pytest_asyncio.fixture
async def engine(clean_database_url: str, redis_url: str) -> AsyncIterator[Engine]:
    """One replica."""
    async with open_engine(clean_database_url, redis_url) as opened:
        yield opened


@pytest_asyncio.fixture
async def other(engine: Engine, clean_database_url: str, redis_url: str) -> AsyncIterator[Engine]:
    """A second replica on the same servers."""
    async with open_engine(clean_database_url, redis_url) as opened:
        yield opened
