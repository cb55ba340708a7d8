"""The named statements of `sql/queries`: `await statements["lease_claim"].row(connection, id=…)`.

Each statement starts with a line `-- name: lease_claim` and a comment on its purpose.  Parameters are written `:id`, as
in psql.
"""

from __future__ import annotations

import re
from collections.abc import Coroutine, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg
from asyncpg import Record
from asyncpg.pool import PoolConnectionProxy
from msgspec import Struct

# A string, because asyncpg's classes are generic only in their type stubs, not at runtime.
Connection: TypeAlias = "asyncpg.Connection[Record] | PoolConnectionProxy[Record]"

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_COMMENT = re.compile(r"^\s*--.*\n", re.MULTILINE)
# Skips the second colon of a cast such as `::text`, and anything inside quotes.
_PARAMETER = re.compile(r"'[^']*'|(?<![:\w]):([a-z]\w*)")


class Statement(Struct, frozen=True):
    """One statement with numbered parameters; `parameters` holds their names in that order.

    The methods take the values by name and ignore names that the statement does not use.
    """

    sql: str
    parameters: tuple[str, ...]

    def rows(self, connection: Connection, **values: object) -> Coroutine[Any, Any, list[Record]]:
        """All rows."""
        return connection.fetch(self.sql, *self._ordered(values))

    def row(self, connection: Connection, **values: object) -> Coroutine[Any, Any, Record | None]:
        """The first row, or None."""
        return connection.fetchrow(self.sql, *self._ordered(values))

    def value(self, connection: Connection, **values: object) -> Coroutine[Any, Any, Any]:
        """The first value of the first row, or None."""
        return connection.fetchval(self.sql, *self._ordered(values))

    def execute(self, connection: Connection, **values: object) -> Coroutine[Any, Any, str]:
        """Run the statement; returns the server's command tag, such as `DELETE 1`."""
        return connection.execute(self.sql, *self._ordered(values))

    def execute_many(self, connection: Connection, each: Iterable[Mapping[str, object]]) -> Coroutine[Any, Any, None]:
        """Run the statement once for each set of values."""
        return connection.executemany(self.sql, [self._ordered(values) for values in each])

    def _ordered(self, values: Mapping[str, object]) -> list[object]:
        return [values[name] for name in self.parameters]


def sql_folder() -> Path:
    """The folder of the SQL files: inside the package in a wheel, at the top of the repository in a checkout."""
    package = Path(__file__).parents[2]
    shipped = package / "sql"
    return shipped if shipped.is_dir() else package.parent.parent / "sql"


def read_statements(text: str) -> dict[str, Statement]:
    """Parse the statements of one file, by name."""
    _, *parts = _NAME.split(text)
    return {name: _statement(sql) for name, sql in zip(parts[::2], parts[1::2], strict=True)}


def _statement(text: str) -> Statement:
    names: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        name = match[1]
        return f"${names.setdefault(name, len(names) + 1)}" if name else match[0]

    sql = _PARAMETER.sub(numbered, _COMMENT.sub("", text)).strip().removesuffix(";")
    return Statement(sql, tuple(names))


statements = {
    name: statement
    for path in sorted((sql_folder() / "queries").glob("*.sql"))
    for name, statement in read_statements(path.read_text()).items()
}
