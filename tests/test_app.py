"""How the members of a process are put together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from tests.support.service import PATIENCE_SECONDS, Service, until

from llmstxt_sched.store.postgres.statements import Connection


@pytest.mark.slow
def test_ticks_come_at_the_interval_of_the_settings(tmp_path: Path) -> None:
    service = Service(tmp_path, {"LLMSTXT_SCHEDULER__INTERVAL_SECONDS": "3600"})
    try:
        service.start()
        until(lambda: _ticks(service), "the first tick")
        time.sleep(1)
        assert _ticks(service) == 1
    finally:
        service.close()


def test_a_replica_without_the_api_leaves_the_token_of_its_peers(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    (tmp_path / "worker").mkdir()
    service = Service(tmp_path, servers)
    worker = Service(tmp_path / "worker", {**servers, "LLMSTXT_AUTH__BOOTSTRAP_TOKEN": ""})
    try:
        service.start()
        assert service.client.get("/api/projects").status_code == 200
        worker.start("--without", "api", "--without", "scheduler")
        assert service.client.get("/api/projects").status_code == 200
        assert f"llmstxt-sched is at {worker.url}/" in worker.log
    finally:
        worker.close()
        service.close()


async def test_a_start_that_is_cut_off_at_its_end_tries_again(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    """A newer release that migrates just then does so."""
    service = Service(tmp_path, {"DATABASE_URL": database_url, "REDIS_URL": redis_url})
    try:
        async with _locked_tokens(database_url) as connection:
            service.launch()
            first = await _waiting(connection)
            assert service.health.get("/live").status_code == 200
            await connection.execute("SELECT pg_terminate_backend($1)", first)
            await _waiting(connection, besides=first)
            assert "waiting for a server" in service.log
        until(service.is_ready, "/ready")
    finally:
        service.close()


async def test_a_start_that_is_told_to_stop_at_its_end_stops(database_url: str, redis_url: str, tmp_path: Path) -> None:
    service = Service(tmp_path, {"DATABASE_URL": database_url, "REDIS_URL": redis_url})
    try:
        async with _locked_tokens(database_url) as connection:
            service.launch()
            await _waiting(connection)
            assert service.end() == 0
            assert "service stopped before it had started" in service.log
    finally:
        service.close()


@asynccontextmanager
async def _locked_tokens(database_url: str) -> AsyncIterator[Connection]:
    """A session without which nobody reads or writes the tokens meanwhile."""
    connection = await asyncpg.connect(database_url)
    async with connection.transaction():
        await connection.execute("LOCK TABLE tokens")
        yield connection
    await connection.close()


async def _waiting(connection: Connection, besides: int = 0) -> int:
    """The process id of a session that waits for this one; one that was ended may be seen for a while."""
    sessions = "SELECT pid FROM pg_locks WHERE NOT granted AND $1 = ANY(pg_blocking_pids(pid)) AND pid <> $2"
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found: int | None = await connection.fetchval(sessions, connection.get_server_pid(), besides)
            if found:
                return found
            await asyncio.sleep(0.02)


def _ticks(service: Service) -> int:
    lines = service.health.get("/metrics").text.splitlines()
    return next(int(float(line.split()[1])) for line in lines if line.startswith("llmstxt_ticks_total "))
