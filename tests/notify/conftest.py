"""A client that may reach this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from tests.support.receiver import receiver

from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.gate import Gate

__all__ = ["receiver"]


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    async with open_client(Gate("127.0.0.0/8"), "llmstxt-sched/0") as client:
        yield client
