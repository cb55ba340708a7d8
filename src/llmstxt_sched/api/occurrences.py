"""The ledger of a project's due times over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from litestar import Controller, get
from msgspec import Struct, structs

from llmstxt_sched.api.requests.paging import LATEST, Cursor, Listing, PagedList, PageSize
from llmstxt_sched.domain.schedule import PENDING, LedgerRow, explain
from llmstxt_sched.domain.times import Time
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.store.projects import Project

LAST = LATEST - timedelta.resolution


class OccurrenceWire(Struct, frozen=True):
    """Consecutive occurrences with the same outcome; PENDING is the next one, still to come.

    `reason_text` says in a sentence what became of them and why.
    """

    first: Time
    last: Time
    count: int
    outcome: Literal["PENDING", "RAN", "COALESCED", "SKIPPED", "MISSED"]
    reason: str | None
    reason_text: str
    run_id: UUID | None
    cron_expression: str
    timezone: str


class OccurrencesController(Controller):
    """What became of each time at which a project was due."""

    path = "/api/projects/{project_id:uuid}/occurrences"
    tags = ("projects",)

    @get(operation_id="list_occurrences")
    async def many(
        self, projects: Projects, project_id: UUID, limit: PageSize = 50, cursor: Cursor = None
    ) -> Listing[OccurrenceWire]:
        """What became of each due time, newest first; the first page starts with the next one.

        While the schedule is paused or halted, a provisional row covers the times that have come due since.
        """
        listed = PagedList(datetime, "occurrences", project_id)
        before = listed.read(cursor)
        pending = _pending((await projects.get(project_id)).project) if before is None else []
        found = [*pending, *map(_show_ledger_row, await projects.occurrences(project_id, before, limit + 1))]
        # After what is to come the newest row follows, also one that a clock which was ahead has written.
        return listed.page(found, limit, lambda row: row, lambda row: LAST if row in pending else row.first)


def _pending(project: Project) -> list[OccurrenceWire]:
    at, expression = project.next_run_at, project.cron_expression
    if at is None or expression is None:
        return []
    return [OccurrenceWire(at, at, 1, "PENDING", None, PENDING, None, expression, project.timezone)]


def _show_ledger_row(entry: LedgerRow) -> OccurrenceWire:
    return OccurrenceWire(**{**structs.asdict(entry), "outcome": entry.outcome.value, "reason_text": explain(entry)})
