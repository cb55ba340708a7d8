"""The named statements of `sql/queries`, as coroutines: `await statements.run_claim(connection, id=…)`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiosql
from aiosql.adapters.asyncpg import AsyncPGAdapter

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]


def sql_folder() -> Path:
    """Where the SQL is: beside the package's modules in a wheel, at the top of a checkout."""
    package = Path(__file__).parent.parent
    shipped = package / "sql"
    return shipped if shipped.is_dir() else package.parent.parent / "sql"


class Adapter(AsyncPGAdapter):
    """aiosql's adapter without its look at each call for a pool, and with lists instead of generators.

    Its methods return asyncpg's coroutines as they are, which is why it is no `aio` driver to aiosql.
    """

    is_aio_driver = False

    def select(self, conn: Connection, name: str, sql: str, values: Any, _record_class: Any = None) -> Any:
        """All rows."""
        return conn.fetch(sql, *self._ordered(name, values))

    def select_one(self, conn: Connection, name: str, sql: str, values: Any, _record_class: Any = None) -> Any:
        """The first row, or None."""
        return conn.fetchrow(sql, *self._ordered(name, values))

    def select_value(self, conn: Connection, name: str, sql: str, values: Any) -> Any:
        """The first value of the first row, or None."""
        return conn.fetchval(sql, *self._ordered(name, values))

    def insert_update_delete(self, conn: Connection, name: str, sql: str, values: Any) -> Any:
        """What the server says was done."""
        return conn.execute(sql, *self._ordered(name, values))

    def insert_update_delete_many(self, conn: Connection, name: str, sql: str, values: Any) -> Any:
        """The statement once for each set of values."""
        return conn.executemany(sql, [self._ordered(name, each) for each in values])

    def _ordered(self, name: str, values: Any) -> Any:
        return self.maybe_order_params(name, values)  # type: ignore[no-untyped-call]


statements: Any = aiosql.from_path(sql_folder() / "queries", Adapter, mandatory_parameters=False)
