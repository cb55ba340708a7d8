"""Reads the ledger of occurrences.  Its rows are written by `schedules.save` and `runs.update_run_status`."""

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
