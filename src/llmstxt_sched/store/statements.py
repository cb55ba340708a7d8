"""The named statements of `sql/queries`: `await statements["run_claim"].row(connection, id=…)`.

A statement begins with a line `-- name: run_claim`, and a comment that says what it is for.  Its parameters are
written `:id`, as psql has them.
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

# A text, because asyncpg's own classes take no type arguments: these are only in its stubs.
Connection: TypeAlias = "asyncpg.Connection[Record] | PoolConnectionProxy[Record]"

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_COMMENT = re.compile(r"^\s*--.*\n", re.MULTILINE)
# Not the second colon of a cast, nor what stands in quotes.
_PARAMETER = re.compile(r"'[^']*'|(?<![:\w]):([a-z]\w*)")


class Statement(Struct, frozen=True):
    """One statement with numbered parameters, and the names of these in their order.

    Each method takes the values by name; others than the statement's are passed over.
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
        """What the server says was done."""
        return connection.execute(self.sql, *self._ordered(values))

    def execute_many(self, connection: Connection, each: Iterable[Mapping[str, object]]) -> Coroutine[Any, Any, None]:
        """The statement once for each set of values."""
        return connection.executemany(self.sql, [self._ordered(values) for values in each])

    def _ordered(self, values: Mapping[str, object]) -> list[object]:
        return [values[name] for name in self.parameters]


def sql_folder() -> Path:
    """Where the SQL is: beside the package's modules in a wheel, at the top of a checkout."""
    package = Path(__file__).parent.parent
    shipped = package / "sql"
    return shipped if shipped.is_dir() else package.parent.parent / "sql"


def read_statements(text: str) -> dict[str, Statement]:
    """The statements of one file by their names."""
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
