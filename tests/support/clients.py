"""One client and one parser for all crawls of a process."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.support.crawls import Crawls

from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.gate import Gate


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def parser() -> AsyncIterator[ParserPool]:
    async with ParserPool(1) as parser:
        yield parser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def client() -> AsyncIterator[Client]:
    async with open_client(Gate("127.0.0.0/8"), "llmstxt-sched/0") as client:
        yield client


@pytest.fixture
def crawls(client: Client, parser: ParserPool) -> Crawls:
    return Crawls(client, parser)
