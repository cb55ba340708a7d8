"""Commands that work on a database."""

from __future__ import annotations

import subprocess

import asyncpg
from tests.support.service import COMMAND


def run(database_url: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command on a database."""
    environment = {"DATABASE_URL": database_url, "LLMSTXT_API__PUBLIC_URL": "https://docs.example/", **settings}
    return subprocess.run([COMMAND, *arguments], env=environment, capture_output=True, text=True, check=False)


async def sql(database_url: str, statement: str, *values: object) -> list[asyncpg.Record]:
    """Rows of a statement."""
    connection = await asyncpg.connect(database_url)
    try:
        return list(await connection.fetch(statement, *values))
    finally:
        await connection.close()


async def add_users(database_url: str) -> None:
    """An admin and a viewer."""
    await sql(
        database_url,
        "INSERT INTO users (id, name, role) VALUES (gen_random_uuid(), 'admin', 'admin'),"
        " (gen_random_uuid(), 'Bob', 'viewer')",
    )
