"""The schema, brought to its newest state by the files of `sql/migrations` in their order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from llmstxt_sched.errors import StartError
from llmstxt_sched.store.database import MIN_VERSION, server_version
from llmstxt_sched.store.statements import sql_folder

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection

# Any number will do, so long as every replica takes the same.
LOCK = 5_215_302_211
# An index on all runs of some years takes minutes.
MIGRATION_SECONDS = 3600
HISTORY = """
CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
"""


async def migrate(connection: Connection) -> list[str]:
    """Applies what is missing, all of it or nothing, and gives the names applied.

    Replicas that start together take turns.  Raises StartError for a server that is too old, or a
    database that a newer release of this service has changed.
    """
    version = await server_version(connection)
    if version < MIN_VERSION:
        raise StartError(f"Postgres is version {version}; {MIN_VERSION} or later is needed: upgrade the server")
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK, timeout=MIGRATION_SECONDS)
        await connection.execute(HISTORY)
        applied = await _applied(connection)
        known = migration_files()
        unknown = sorted(applied - known.keys())
        if unknown:
            raise StartError(f"the database has been migrated by a newer release ({unknown[-1]}): start that one")
        missing = [name for name in known if name not in applied]
        for name in missing:
            await connection.execute(known[name].read_text(), timeout=MIGRATION_SECONDS)
            await connection.execute("INSERT INTO migrations (name) VALUES ($1)", name)
    return missing


async def is_migrated(connection: Connection) -> bool:
    """Whether the schema is at its newest state."""
    if await connection.fetchval("SELECT to_regclass('migrations')") is None:
        return False
    return await _applied(connection) >= migration_files().keys()


def migration_files() -> dict[str, Path]:
    """The migrations by name, in their order."""
    return {path.stem: path for path in sorted((sql_folder() / "migrations").glob("*.sql"))}


async def _applied(connection: Connection) -> set[str]:
    return {row["name"] for row in await connection.fetch("SELECT name FROM migrations")}
