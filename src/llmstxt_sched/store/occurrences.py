"""The ledger of occurrences.  Its rows are written by `schedules.save` and `runs.update_run_status`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from llmstxt_sched.domain.schedule import LedgerRow
from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements


async def page(connection: Connection, project_id: UUID, before: datetime | None, limit: int) -> list[LedgerRow]:
    """At most `limit` rows of a project's ledger, newest first, starting before `before`."""
    rows = await statements["occurrence_page"].rows(connection, project_id=project_id, before=before, limit=limit)
    return each_to(LedgerRow, rows)


async def own(
    connection: Connection, project_id: UUID, first: datetime, last: datetime
) -> list[tuple[datetime, datetime]]:
    """The first and last of each row between `first` and `last` that is there because a run of its own ended."""
    rows = await statements["occurrence_own"].rows(connection, project_id=project_id, first=first, last=last)
    return [(row["first"], row["last"]) for row in rows]


async def take_ranges(connection: Connection, project_id: UUID, since: datetime) -> list[LedgerRow]:
    """Take the other rows that reach as far as `since` out of the ledger."""
    rows = await statements["occurrence_take_ranges"].rows(connection, project_id=project_id, since=since)
    return each_to(LedgerRow, rows)
