from __future__ import annotations

import re
from pathlib import Path

import pytest

from llmstxt_sched import store
from llmstxt_sched.store.postgres.statements import Connection, read_statements, sql_folder, statements

FILES = sorted((sql_folder() / "queries").glob("*.sql"))


def test_parameters_are_numbered_in_the_order_of_their_first_use() -> None:
    text = "-- name: one\n-- What it is for: `:that`.\nSELECT :b::uuid[], :a, ':c', now()::text, x[1:2], :b;\n"
    statement = read_statements(text)["one"]
    assert statement.sql == "SELECT $1::uuid[], $2, ':c', now()::text, x[1:2], $1"
    assert statement.parameters == ("b", "a")


async def test_values_are_taken_by_name_and_others_passed_over(connection: Connection) -> None:
    statement = read_statements("-- name: one\nSELECT :a::int - :b::int AS left_over;")["one"]
    assert await statement.value(connection, b=1, a=3, c=9) == 2
    row = await statement.row(connection, b=1, a=3)
    assert row
    assert [dict(each) for each in await statement.rows(connection, b=1, a=3)] == [dict(row)] == [{"left_over": 2}]
    with pytest.raises(KeyError, match="b"):
        await statement.value(connection, a=3)


async def test_every_statement_is_one_that_postgres_can_prepare(connection: Connection) -> None:
    for statement in statements.values():
        await connection.prepare(statement.sql)


def test_every_statement_is_used_by_its_name_in_the_store_and_no_other_is() -> None:
    folder = Path(store.__file__).parent
    used = {name for path in folder.rglob("*.py") for name in re.findall(r'\bstatements\["(\w+)"\]', path.read_text())}
    # The docstring of the loader shows one as an example.
    assert used == statements.keys()


def test_every_statement_begins_with_what_it_is_for_and_its_files_noun() -> None:
    for path in FILES:
        for block in path.read_text().split("-- name: ")[1:]:
            heading, purpose, *_ = block.splitlines()
            assert re.fullmatch(r"-- [A-Z].+", purpose), (path.name, heading)
            noun = heading.partition("_")[0]
            assert path.stem.startswith(noun) or noun == "content", (path.name, heading)
