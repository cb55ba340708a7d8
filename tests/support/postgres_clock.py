"""A clock of Postgres that a test sets, for what depends on the date: statements find it before Postgres' own."""

from __future__ import annotations

from datetime import datetime

import asyncpg
from tests.support.engine import Engine


async def give_hands(database_url: str) -> None:
    """Let `set_clock` set the clock of all who connect from now on; defaults of columns keep to the true time."""
    connection = await asyncpg.connect(database_url)
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(
        f"""
        CREATE SCHEMA hands;
        CREATE TABLE hands.ahead (by interval NOT NULL);
        INSERT INTO hands.ahead VALUES ('0');
        CREATE FUNCTION hands.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS
            'SELECT pg_catalog.clock_timestamp() + by FROM hands.ahead';
        ALTER DATABASE {name} SET search_path = public, hands, pg_catalog;
        """
    )
    await connection.close()


async def set_clock(engine: Engine, at: datetime) -> None:
    """It is `at` now, and the clock goes on."""
    await engine.sql("UPDATE hands.ahead SET by = $1 - pg_catalog.clock_timestamp()", at)
