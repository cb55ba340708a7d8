"""Deletes the projects that were made for one llms.txt, once their time is over."""

from __future__ import annotations

import time
from uuid import UUID

from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.maintenance.isolation import alone
from llmstxt_sched.services.people.audit import SERVICE, acting_as
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.store import one_offs
from llmstxt_sched.store.postgres.database import Database

# No other is begun after this time; whatever is left waits for the next turn.
TURN_SECONDS = 10.0


class ExpiredOneOffs:
    """The use case of a turn: each is deleted as a user would delete it, in small transactions."""

    def __init__(self, database: Database, projects: Projects) -> None:
        self._database = database
        self._projects = projects

    async def delete(self) -> int:
        """Delete those whose time is over; returns how many.  Raises Unavailable."""
        begun, passed, deleted = time.monotonic(), set[UUID](), 0
        while time.monotonic() < begun + TURN_SECONDS:
            async with self._database.connection() as connection:
                project_id = await one_offs.expired(connection, passed)
            if project_id is None:
                break
            passed.add(project_id)
            failure = "one-off could not be deleted"
            deleted += bool(await alone(self._delete(project_id), failure, project_id=str(project_id)))
        return deleted

    async def _delete(self, project_id: UUID) -> bool:
        try:
            with acting_as(SERVICE):
                await self._projects.delete(project_id, one_offs.lock_expired)
        except NotFound:
            # Another replica was faster, or somebody gave it a schedule or a run.
            return False
        return True
