"""The schema, brought to its newest state: the files of `sql/migrations` once each, in their order, then `sql/derived`.

What is derived (views, and functions that know the states of `domain/run.py`) is made anew as a whole, because a view
over all columns of a table does not see those that a migration has added.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from llmstxt_sched.domain.run import ACTIVE, MOVES
from llmstxt_sched.errors import StartError
from llmstxt_sched.store.database import MIN_VERSION, server_version
from llmstxt_sched.store.statements import Connection, sql_folder

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
# In this order: the view calls a function.
DERIVED = ("run_states", "project_views")


async def migrate(connection: Connection) -> list[str]:
    """Apply what is missing, all of it or nothing, and return the names of what was applied.

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
        await _derive(connection, has_changed=bool(missing))
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


async def _derive(connection: Connection, *, has_changed: bool) -> None:
    sql = _derived_sql()
    # Kept as the view's comment: making it anew locks out whoever reads it.
    digest = sha256(sql.encode()).hexdigest()
    known = await connection.fetchval("SELECT obj_description(to_regclass('project_views'))")
    if has_changed or known != digest:
        await connection.execute(f"{sql}\nCOMMENT ON VIEW project_views IS '{digest}'", timeout=MIGRATION_SECONDS)


def _derived_sql() -> str:
    states = {
        "{active_states}": _literals(sorted(ACTIVE)),
        "{moves}": _literals(f"{source}>{move.target}" for move in MOVES for source in sorted(move.sources)),
    }
    sql = "\n".join((sql_folder() / "derived" / f"{name}.sql").read_text() for name in DERIVED)
    for placeholder, literals in states.items():
        sql = sql.replace(placeholder, literals)
    return sql


def _literals(texts: Iterable[str]) -> str:
    return ", ".join(f"'{text}'" for text in texts)
