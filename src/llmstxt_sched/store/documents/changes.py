"""The changes that each run made to the documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple
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


class EntryRow(Struct, frozen=True):
    """The change of one entry by a run; `total` is the number of entries that the run changed."""

    run_id: UUID
    total: int
    kind: str
    url: str
    title: str
    before: str | None
    after: str | None


class EntryChanges(NamedTuple):
    """The first changes of entries that a run made, in the order of the documents, and the number of all."""

    first: list[EntryRow]
    total: int


async def insert(connection: Connection, run_id: UUID, changes: PackedRows) -> None:
    """Store the changes that a run made; `changes` are packed `RunChange`s."""
    for _, rows in changes.parts():
        await statements["changes_insert"].execute(connection, run_id=run_id, rows=rows)


async def page(connection: Connection, run_id: UUID, after: int, limit: int) -> list[RunChange]:
    """At most `limit` changes of a run, those after position `after`."""
    return each_to(RunChange, await statements["change_page"].rows(connection, run_id=run_id, after=after, limit=limit))


async def entries(connection: Connection, run_ids: Sequence[UUID], limit: int) -> dict[UUID, EntryChanges]:
    """At most `limit` changes of entries of each of several runs, by run; a run that made none is not there."""
    rows = each_to(EntryRow, await statements["change_entries"].rows(connection, run_ids=run_ids, limit=limit))
    found: dict[UUID, list[EntryRow]] = {}
    for row in rows:
        found.setdefault(row.run_id, []).append(row)
    return {run_id: EntryChanges(of_run, of_run[0].total) for run_id, of_run in found.items()}
