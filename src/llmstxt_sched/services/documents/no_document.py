"""Says why a project has no document."""

from __future__ import annotations

from uuid import UUID

from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.errors import NotFound
from llmstxt_sched.store import projects, runs
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import Run


async def no_document(connection: Connection, project_id: UUID) -> NotFound:
    """The error for a project that has no version, which may be that there is no such project."""
    if await projects.get(connection, project_id) is None:
        return NotFound(f"there is no project {project_id}")
    newest = next(iter(await runs.page(connection, project_id, None, 1)), None)
    return NotFound(f"the project has no document yet: {_reason(newest)}")


def _reason(newest: Run | None) -> str:
    if newest is None:
        return "it has never run"
    match newest.status:
        case RunStatus.FAILED:
            return f"its last run failed: {newest.error_message}"
        case RunStatus.RETRYING:
            return f"its run failed and is tried again: {newest.error_message}"
        case RunStatus.CANCELED:
            return "its last run was canceled"
        case _:
            return "its first run has not ended"
