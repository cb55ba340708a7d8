"""The ledger of occurrences; its rows are written with the schedule, by `configs.save` and `runs.end`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from llmstxt_sched.domain.cursor import Entry
from llmstxt_sched.store.records import each_to
from llmstxt_sched.store.statements import statements

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection


async def page(connection: Connection, project_id: UUID, before: datetime | None, limit: int) -> list[Entry]:
    """The ledger of a project, newest first, from before `before`."""
    rows = await statements.occurrence_page(connection, project_id=project_id, before=before, limit=limit)
    return each_to(Entry, rows)
