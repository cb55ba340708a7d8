"""Fixtures for tests that need Postgres or Redis: one pair of servers a session, a fresh database a test."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import AsyncIterator, Generator
from functools import cache
from pathlib import Path
from zlib import crc32

import asyncpg
import pytest
import pytest_asyncio
import redis.asyncio
from hypothesis import HealthCheck, settings
from tests.support.servers import Urls, servers, with_database

# A busy machine is no fault of what is tested.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_numbers = itertools.count()

# Whatever asks for one of these needs servers, or a service of its own; the others make up `make fast`.
_SERVERS = {"server_urls", "service", "shared_backends"}
_TESTS = Path(__file__).parent
_SYSTEM = _TESTS / "system"
_BROWSER = _TESTS / "browser"
# What takes longest is begun first, so that at the end no process is left alone with minutes of work.
_LONGEST_FIRST = (_BROWSER, _SYSTEM)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option by which `make fast` spreads the files over several pytests."""
    parser.addoption("--part", metavar="K/N", help="read only the Kth of N parts of the files with tests")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves the files of other parts unread.  They are spread by their names, which are the same in each process."""
    if not (part := config.getoption("--part")) or not collection_path.name.startswith("test_"):
        return None
    number, parts = map(int, part.split("/"))
    return crc32(str(collection_path.relative_to(_TESTS)).encode()) % parts != number - 1 or None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keeps the garbage collector from what is made while tests are collected, then and later: all of it stays."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    return collected


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests that need servers, those of the whole system, and those in a browser; puts the longest first."""
    items.sort(key=lambda item: _turn(item.path))
    for item in items:
        folders = _folders(item.path)
        if _BROWSER in folders:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.server)
        if not _SERVERS.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)
        if _SYSTEM in folders:
            item.add_marker(pytest.mark.system)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """What spreads the tests over the processes, where they are to be spread by file."""
    if config.getoption("dist") != "loadfile":
        return None
    # Only the process that spreads them has the library loaded.
    from tests.support.scheduling import ByService

    return ByService(config, log)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server_urls(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Urls]:
    """The servers of this session."""
    async with servers(tmp_path_factory.mktemp("servers")) as urls:
        yield urls


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template(server_urls: Urls) -> AsyncIterator[str]:
    """The name of a database with every migration applied; databases of tests are copies of it."""
    # Not above, because a process whose tests need no server would load it for nothing.
    from llmstxt_sched.store.postgres.migrations import migrate

    name = f"llmstxt_template_{os.getpid()}"
    await _administer(server_urls, f"CREATE DATABASE {name}")
    connection = await asyncpg.connect(with_database(server_urls.database, name))
    await migrate(connection)
    await connection.close()
    yield name
    await _administer(server_urls, f"DROP DATABASE {name}")


@pytest_asyncio.fixture
async def database_url(server_urls: Urls, template: str) -> AsyncIterator[str]:
    """A fresh database with the service's tables."""
    name = f"llmstxt_test_{os.getpid()}_{next(_numbers)}"
    await _copy(server_urls, template, name)
    yield with_database(server_urls.database, name)
    await _administer(server_urls, f"DROP DATABASE {name} WITH (FORCE)")


@pytest_asyncio.fixture
async def redis_url(server_urls: Urls) -> str:
    """An empty Redis."""
    async with redis.asyncio.Redis.from_url(server_urls.redis) as client:
        await client.flushdb()
    return server_urls.redis


@cache
def _folders(path: Path) -> frozenset[Path]:
    return frozenset(path.parents)


@cache
def _turn(path: Path) -> int:
    places = (path, *path.parents)
    return next((turn for turn, place in enumerate(_LONGEST_FIRST) if place in places), len(_LONGEST_FIRST))


async def _copy(urls: Urls, template: str, name: str) -> None:
    """Copy a database by its files: by way of the log, the default since 15, takes up to two fifths more time."""
    connection = await asyncpg.connect(urls.database)
    strategy = "STRATEGY FILE_COPY" if connection.get_server_version().major >= 15 else ""
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} {strategy}")
    await connection.close()


async def _administer(urls: Urls, statement: str) -> None:
    connection = await asyncpg.connect(urls.database)
    await connection.execute(statement)
    await connection.close()
