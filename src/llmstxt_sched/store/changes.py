"""The changes that each run made to the documents."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.postgres.packed_rows import PackedRows
from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements

ChangeScope = Literal["page", "entry"]


class RunChange(Struct, frozen=True):
    """One page or one entry of llms.txt that a run changed."""

    position: int
    scope: ChangeScope
    kind: str
    url: str
    title: str = ""
    before: str | None = None
    after: str | None = None


async def insert(connection: Connection, run_id: UUID, changes: PackedRows) -> None:
    """Store the changes that a run made; `changes` are packed `RunChange`s."""
    for _, rows in changes.parts():
        await statements["changes_insert"].execute(connection, run_id=run_id, rows=rows)


async def page(connection: Connection, run_id: UUID, after: int, limit: int) -> list[RunChange]:
    """At most `limit` changes of a run, those after position `after`."""
    return each_to(RunChange, await statements["change_page"].rows(connection, run_id=run_id, after=after, limit=limit))
