"""Dumps the database to a file and loads it again, by Postgres' own pg_dump and pg_restore.

Their format is the one that operators' other tools read, and they know every version of Postgres that we support.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from llmstxt_sched.embedded import client_program
from llmstxt_sched.errors import StartError
from llmstxt_sched.store.database import Database

_QUIET = ("--no-owner", "--no-privileges")
# What a table's rows stand between in a script of pg_restore (COPY, "Text Format").
_COPY, _END = b"COPY ", b"\\.\n"
# The longest line is a row, of which the largest holds a page of 10 MiB; every byte of it may be escaped.
_LINE_BYTES = 64 * 1024**2


async def dump(url: str, path: Path) -> dict[str, int]:
    """Write the database at `url`, as it is at one moment, to `path`; returns how many rows each table has.

    Raises StartError if pg_dump is missing or fails.
    """
    database = await Database.connect(url, 1)
    try:
        async with database.connection() as connection, connection.transaction(isolation="repeatable_read"):
            snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
            tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            counts = {
                row["tablename"]: await connection.fetchval(f'SELECT count(*) FROM "{row["tablename"]}"')  # noqa: S608
                for row in tables
            }
            schema = await connection.fetchval("SELECT current_schema()")
            options = ("--format=custom", *_QUIET, f"--schema={schema}", f"--snapshot={snapshot}", f"--file={path}")
            async with _running("pg_dump", url, *options):
                pass
    finally:
        await database.close()
    return counts


async def count_rows(path: Path) -> dict[str, int]:
    """Read a dump to its end, and count the rows of each table in it.  Raises StartError if it cannot be read."""
    counts: Counter[str] = Counter()
    table = ""
    async with _running("pg_restore", "", "--data-only", "--file=-", str(path)) as script:
        async for line in script:
            if table and line == _END:
                table = ""
            elif table:
                counts[table] += 1
            elif line.startswith(_COPY):
                table = line.split(b" ", 2)[1].decode().rpartition(".")[2].strip('"')
                counts[table] = 0
    return dict(counts)


async def load(url: str, path: Path) -> None:
    """Put a dump in the place of what the database at `url` holds, wholly or not at all.  Raises StartError."""
    options = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error", *_QUIET)
    async with _running("pg_restore", url, *options, str(path)):
        pass


@asynccontextmanager
async def _running(program: str, url: str, *options: str) -> AsyncIterator[asyncio.StreamReader]:
    """Run a program of Postgres on the database at `url`; gives what it prints, and waits for its end.

    Raises StartError with its last words if it fails.
    """
    environment = dict(os.environ)
    place: tuple[str, ...] = ()
    if url:
        # The password is not for a command line, which everybody on this machine can read.
        bare, environment["PGPASSWORD"] = _without_password(url)
        place = (f"--dbname={bare}",)
    process = await asyncio.create_subprocess_exec(
        client_program(program),
        *place,
        *options,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=_LINE_BYTES,
    )
    assert process.stdout, process.stderr  # noqa: S101 - both are pipes
    words = asyncio.create_task(process.stderr.read())  # type: ignore[union-attr]
    try:
        yield process.stdout
        await process.stdout.read()
        status = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
        said = (await words).decode(errors="replace").strip().splitlines()
    if status:
        raise StartError(f"{program} failed: {said[-1] if said else f'it ended with {status}'}")


def _without_password(url: str) -> tuple[str, str]:
    split = urlsplit(url)
    names, _, place = split.netloc.rpartition("@")
    user, _, password = names.partition(":")
    query = parse_qsl(split.query, keep_blank_values=True)
    password = unquote(password) or dict(query).get("password", "") or os.environ.get("PGPASSWORD", "")
    rest = urlencode([(name, value) for name, value in query if name != "password"])
    return urlunsplit(split._replace(netloc=f"{user}@{place}" if names else place, query=rest)), password
