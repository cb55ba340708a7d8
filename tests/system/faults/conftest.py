from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from tests.system.faults.backends import Backends, backends
from tests.system.faults.world import World, world


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_backends(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Backends]:
    """A Postgres and a Valkey that tests may kill."""
    async with backends(tmp_path_factory.mktemp("backends")) as both:
        yield both


@pytest_asyncio.fixture
async def faulty(tmp_path: Path, shared_backends: Backends) -> AsyncIterator[World]:
    """A world of the test's own."""
    async with world(tmp_path, shared_backends) as made:
        yield made
