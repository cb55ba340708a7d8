"""A PgBouncer in front of Postgres; left out where none is installed."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.support.service import free_port

from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.store import projects
from llmstxt_sched.store.postgres.database import Database

# Debian has it where only root looks.
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
MISSING = "there is no PgBouncer on PATH: apt-get install pgbouncer"


@pytest.fixture(autouse=True)
def _installed() -> None:
    if PROGRAM is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)


@asynccontextmanager
async def bouncer(database_url: str, folder: Path, mode: str) -> AsyncIterator[str]:
    """The address of the same database behind a PgBouncer."""
    url, port = urlsplit(database_url), free_port()
    given = {name: values[0] for name, values in parse_qs(url.query).items()}
    name = url.path.lstrip("/")
    host, server_port = given.get("host", url.hostname), given.get("port", url.port)
    folder.chmod(0o755)
    config = folder / "pgbouncer.ini"
    config.write_text(
        f"[databases]\n{name} = host={host} port={server_port} user={url.username} password={url.password}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\npool_mode = {mode}\n"
        "unix_socket_dir =\ndefault_pool_size = 20\n"
    )
    # It refuses to run as root, and a socket of Postgres may be its owner's alone.
    user = ["-u", _owner(str(host))] if os.geteuid() == 0 else []
    process = await asyncio.create_subprocess_exec(str(PROGRAM), "-q", *user, str(config))
    try:
        yield f"postgresql://somebody@127.0.0.1:{port}/{name}"
    finally:
        process.terminate()
        await process.wait()


def _owner(host: str) -> str:
    return Path(host).owner() if host.startswith("/") else "nobody"


async def connected(url: str, size: int = 4) -> Database:
    """The database, once the PgBouncer listens."""
    for _ in range(200):
        try:
            return await Database.connect(url, size)
        except Unavailable:
            await asyncio.sleep(0.05)
    raise AssertionError("the PgBouncer does not answer")


async def test_one_that_keeps_a_session_for_each_connection_is_as_good_as_postgres(
    clean_database_url: str, tmp_path: Path
) -> None:
    async with bouncer(clean_database_url, tmp_path, "session") as url:
        database = await connected(url)
        async with database.transaction() as one, database.transaction() as two:
            assert not await projects.has_any(one)
            assert not await projects.has_any(two)
            assert await one.fetchval("SHOW lock_timeout") != "0"
        await database.close()


async def test_a_pool_of_one_connection_works_behind_it_too(clean_database_url: str, tmp_path: Path) -> None:
    async with bouncer(clean_database_url, tmp_path, "session") as url:
        database = await connected(url, size=1)
        async with database.transaction() as connection:
            assert not await projects.has_any(connection)
        await database.close()


@pytest.mark.parametrize("size", [1, 4])
async def test_one_that_shares_sessions_is_refused_with_the_setting_to_change(
    clean_database_url: str, tmp_path: Path, size: int
) -> None:
    async with bouncer(clean_database_url, tmp_path, "transaction") as url:
        with pytest.raises(StartError, match="pool_mode = session"):
            await connected(url, size)
