from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from llmstxt_sched import store
from llmstxt_sched.store.statements import sql_folder, statements

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection

FILES = sorted((sql_folder() / "queries").glob("*.sql"))
NAME = re.compile(r"^-- name: (\w+)", re.MULTILINE)


def names() -> set[str]:
    return {name for path in FILES for name in NAME.findall(path.read_text())}


async def test_every_statement_is_one_that_postgres_can_prepare(connection: Connection) -> None:
    for name in sorted(names()):
        await connection.prepare(getattr(statements, name).sql)


def test_every_statement_is_used_by_its_name_in_the_store_and_no_other_is() -> None:
    folder = Path(store.__file__).parent
    used = {name for path in folder.glob("*.py") for name in re.findall(r"statements\.(\w+)\(", path.read_text())}
    assert used == names()


def test_every_statement_begins_with_what_it_is_for_and_its_files_noun() -> None:
    for path in FILES:
        for block in path.read_text().split("-- name: ")[1:]:
            heading, purpose, *_ = block.splitlines()
            assert re.fullmatch(r"-- [A-Z].+", purpose), (path.name, heading)
            noun = heading.partition("_")[0]
            assert path.stem.startswith(noun) or noun == "content", (path.name, heading)
