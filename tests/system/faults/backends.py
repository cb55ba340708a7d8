"""A Postgres and a Valkey of the tests' own, to be killed, stopped and started again."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import redis.asyncio

from llmstxt_sched.embedded.data_folder import occupy
from llmstxt_sched.embedded.postgres import PORT, USER, Postgres
from llmstxt_sched.embedded.server import Server
from llmstxt_sched.embedded.valkey import Valkey
from llmstxt_sched.store.postgres.migrations import migrate

# Each is a user of its own.
MOST_REPLICAS = 5
TEMPLATE = "faults"
EMPTY = "template1"
# Who changed what, for the checker.
AUDIT = (Path(__file__).parent / "audit.sql").read_text()
_numbers = itertools.count(1)


class Backends:
    """Both servers, on unix sockets."""

    def __init__(self, postgres: Postgres, valkey: Valkey) -> None:
        self.postgres = postgres
        self.valkey = valkey

    @property
    def postgres_socket(self) -> str:
        return str(self.postgres.data_folder.sockets / f".s.PGSQL.{PORT}")

    @property
    def redis_socket(self) -> str:
        return self.valkey.socket

    @property
    def redis_url(self) -> str:
        return self.valkey.url

    def database_url(self, name: str, user: str = USER) -> str:
        host = quote(str(self.postgres.data_folder.sockets), safe="")
        return f"postgresql://{user}:{self.postgres.password}@/{name}?host={host}&port={PORT}"

    def proxied_database_url(self, name: str, port: int, user: str) -> str:
        return f"postgresql://{user}:{self.postgres.password}@127.0.0.1:{port}/{name}?sslmode=disable"

    def proxied_redis_url(self, port: int) -> str:
        return f"redis://:{self.valkey.password}@127.0.0.1:{port}/0"

    async def make_template(self) -> None:
        """Make the database that those of worlds are copies of: with the newest tables, and watched by audit.sql."""
        await self._administer(f"CREATE DATABASE {TEMPLATE}")
        connection = await asyncpg.connect(self.database_url(TEMPLATE))
        await migrate(connection)
        await connection.execute(AUDIT)
        await connection.close()

    async def fresh_database(self, template: str = TEMPLATE) -> str:
        """The name of a new database."""
        name = f"faults_{next(_numbers)}"
        # By files, which costs a third of a copy by way of the log and comes with two checkpoints: a killed Postgres
        # shall not spend its start on what earlier tests wrote, which may be a great deal.
        await self._administer(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    async def let_in(self, user: str) -> None:
        """Make a user, so that the audit log can tell who wrote."""
        await self._administer(f"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{self.postgres.password}'")

    async def _administer(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.database_url("postgres"))
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    async def flush(self) -> None:
        async with self.redis() as client:
            await client.flushall()

    def redis(self) -> Any:
        return redis.asyncio.Redis.from_url(self.redis_url, decode_responses=True, encoding_errors="surrogateescape")

    async def kill(self, server: Server, sign: signal.Signals = signal.SIGKILL) -> None:
        """End it, for Postgres with SIGQUIT as in `pg_ctl stop -m immediate`; returns once it is gone."""
        pid = server.pid
        assert pid is not None
        os.kill(pid, sign)
        while server.pid is not None:
            await asyncio.sleep(0.02)

    async def heal(self) -> None:
        """Start whatever a test left dead, and go on with what it left stopped."""
        for server in (self.postgres, self.valkey):
            if server.pid is None:
                await server.start()
            assert server.pid is not None
            os.kill(server.pid, signal.SIGCONT)


@asynccontextmanager
async def backends(data: Path) -> AsyncIterator[Backends]:
    """Running servers on files in `data`.  Enter it on the main thread."""
    async with occupy(data) as place:
        both = Backends(Postgres(place), Valkey(place))
        try:
            await both.heal()
            for number in range(MOST_REPLICAS):
                await both.let_in(f"replica{number + 1}")
            await both.make_template()
            yield both
        finally:
            await asyncio.gather(both.postgres.stop(), both.valkey.stop())
