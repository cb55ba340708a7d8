"""The ledger of occurrences; its rows are written with the schedule, by `schedules.save` and `runs.end`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from llmstxt_sched.domain.schedule import LedgerRow
from llmstxt_sched.store.records import each_to
from llmstxt_sched.store.statements import Connection, statements


async def page(connection: Connection, project_id: UUID, before: datetime | None, limit: int) -> list[LedgerRow]:
    """The ledger of a project, newest first, from before `before`."""
    rows = await statements["occurrence_page"].rows(connection, project_id=project_id, before=before, limit=limit)
    return each_to(LedgerRow, rows)
