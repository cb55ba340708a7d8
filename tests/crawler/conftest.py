"""One client and one parser for all crawls of a module."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.crawler.crawls import Crawls

from llmstxt_sched.crawler.fetch import Client, open_client
from llmstxt_sched.crawler.guard import Guard
from llmstxt_sched.crawler.page import Parser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[Parser]:
    async with Parser(1) as parser:
        yield parser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client() -> AsyncIterator[Client]:
    async with open_client(Guard("127.0.0.0/8"), "llmstxt-sched/0") as client:
        yield client


@pytest.fixture
def crawls(client: Client, parser: Parser) -> Crawls:
    return Crawls(client, parser)
