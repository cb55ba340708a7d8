"""What the published versions of a project changed, one change after the other, for programs that follow it."""

from __future__ import annotations

from uuid import UUID

from msgspec import structs

from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.documents.public_projects import public_project
from llmstxt_sched.store import projects
from llmstxt_sched.store.documents import feeds
from llmstxt_sched.store.documents.feeds import ChangePlace, PublishedChange
from llmstxt_sched.store.postgres.database import Database


class ChangeLog:
    """Use cases of the list of changes.  Each returns at most `limit` that come after `place`, oldest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def published(self, slug: str, place: ChangePlace, limit: int) -> list[PublishedChange]:
        """Those of a public project since it became public.  Raises NotFound."""
        async with self._database.connection() as connection:
            project = await public_project(connection, slug)
            since = max(place.since or project.public_since, project.public_since)
            return await feeds.changes(connection, project.id, structs.replace(place, since=since), limit)

    async def of_project(self, project_id: UUID, place: ChangePlace, limit: int) -> list[PublishedChange]:
        """Those of any project.  Raises NotFound."""
        async with self._database.connection() as connection:
            if await projects.get(connection, project_id) is None:
                raise NotFound(f"there is no project {project_id}")
            return await feeds.changes(connection, project_id, place, limit)
