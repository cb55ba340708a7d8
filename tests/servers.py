"""Real servers for the tests: those named by the environment, else containers, else the embedded ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from llmstxt_sched.embedded import embedded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class Urls(NamedTuple):
    """Where the servers are; the user of `database` may create databases."""

    database: str
    redis: str


@asynccontextmanager
async def servers(data: Path) -> AsyncIterator[Urls]:
    """Running servers; embedded ones keep their files in `data`."""
    database, redis = os.environ.get("TEST_DATABASE_URL", ""), os.environ.get("TEST_REDIS_URL", "")
    if database and redis:
        yield Urls(database, redis)
    elif has_engine():
        with containers() as urls:
            yield Urls(database or urls.database, redis or urls.redis)
    else:
        async with embedded(data, postgres=not database, valkey=not redis) as own:
            yield Urls(database or own.database_url, redis or own.redis_url)


def has_engine() -> bool:
    """Whether a Docker engine answers; the client alone may well be installed without one."""
    import docker

    try:
        client = docker.from_env(timeout=3)
    except docker.errors.DockerException:
        return False
    try:
        return bool(client.ping())
    except (docker.errors.DockerException, OSError):
        return False
    finally:
        client.close()


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


def with_database(url: str, name: str) -> str:
    """`url` with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
