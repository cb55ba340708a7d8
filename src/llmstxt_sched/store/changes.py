"""The changes that each run made to the documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.store.records import each_to
from llmstxt_sched.store.statements import Connection, statements

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


async def insert(connection: Connection, run_id: UUID, changes: Sequence[RunChange]) -> None:
    """Store the changes that a run made."""
    await statements["change_insert"].execute_many(
        connection, [{"run_id": run_id, **structs.asdict(change)} for change in changes]
    )


async def page(connection: Connection, run_id: UUID, after: int, limit: int) -> list[RunChange]:
    """At most `limit` changes of a run, those after position `after`."""
    return each_to(RunChange, await statements["change_page"].rows(connection, run_id=run_id, after=after, limit=limit))
