"""Real servers for the tests: those named by the environment, else containers, else the embedded ones."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from llmstxt_sched.embedded import embedded


class Urls(NamedTuple):
    """Where the servers are; the user of `database` may create databases."""

    database: str
    redis: str


@asynccontextmanager
async def servers(data: Path) -> AsyncIterator[Urls]:
    """Running servers; embedded ones keep their files in `data`."""
    database, redis = os.environ.get("TEST_DATABASE_URL", ""), os.environ.get("TEST_REDIS_URL", "")
    if redis:
        # Each process that runs tests empties its own.
        redis = with_database(redis, os.environ.get("PYTEST_XDIST_WORKER", "0").removeprefix("gw"))
    if database and redis:
        yield Urls(database, redis)
    elif has_engine():
        with containers() as urls:
            await _wait_for_no_disk(urls.database)
            yield Urls(database or urls.database, redis or urls.redis)
    else:
        async with embedded(data, postgres=not database, valkey=not redis) as own:
            if own.database_url:
                await _wait_for_no_disk(own.database_url)
            yield Urls(database or own.database_url, redis or own.redis_url)


def has_engine() -> bool:
    """Whether a Docker engine answers; the client alone may well be installed without one."""
    address = urlsplit(os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock"))
    try:
        # Asked here first, because the Docker library leaves its socket open where nobody listens.
        if address.scheme == "unix":
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(address.path)
    except OSError:
        return False
    # A quarter of a second to load.
    import docker

    try:
        with closing(docker.from_env(timeout=3)) as engine:
            return bool(engine.ping())
    except (docker.errors.DockerException, OSError):
        return False


@contextmanager
def containers() -> Iterator[Urls]:
    """Postgres and Valkey in containers."""
    from testcontainers.community.postgres import PostgresContainer
    from testcontainers.community.redis import RedisContainer

    with ExitStack() as stack:
        postgres = stack.enter_context(PostgresContainer("postgres:18-alpine", driver=None))
        valkey = stack.enter_context(RedisContainer("valkey/valkey:9-alpine"))
        host, port = valkey.get_container_host_ip(), valkey.get_exposed_port(valkey.port)
        yield Urls(postgres.get_connection_url(), f"redis://{host}:{port}/0")


async def _wait_for_no_disk(database: str) -> None:
    """Have commits answered before they are on the disk: what becomes of them in a crash is asked of other servers."""
    connection = await asyncpg.connect(database)
    for setting in ("synchronous_commit", "fsync", "full_page_writes"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


def with_database(url: str, name: str) -> str:
    """`url` with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
