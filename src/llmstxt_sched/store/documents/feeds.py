"""The versions that feeds tell of."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.documents.changes import ChangeScope
from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements
from llmstxt_sched.store.runs import PageChanges


class FeedVersion(Struct, frozen=True):
    """A version that was published, with its project, the run that made it and the one that made the version before."""

    id: UUID
    project_id: UUID
    project_name: str
    slug: str
    number: int
    page_count: int
    published_at: datetime
    run_id: UUID
    run_number: int
    page_changes: PageChanges | None
    before_run_id: UUID | None


class ChangePlace(Struct, frozen=True):
    """Where a list of changes continues: after a position in those of the run of this number, and since a time."""

    run: int = 0
    position: int = -1
    since: datetime | None = None


class PublishedChange(Struct, frozen=True):
    """One page or one entry of llms.txt that a published version changed; `at` is when it was published."""

    at: datetime
    run_id: UUID
    run: int
    version: int
    position: int
    scope: ChangeScope
    kind: str
    url: str
    title: str
    before: str | None
    after: str | None


async def of_project(connection: Connection, project_id: UUID, since: datetime | None, limit: int) -> list[FeedVersion]:
    """At most `limit` versions of a project that were published after `since`, newest first."""
    rows = await statements["feed_of_project"].rows(connection, project_id=project_id, since=since, limit=limit)
    return each_to(FeedVersion, rows)


async def of_all(connection: Connection, limit: int) -> list[FeedVersion]:
    """At most `limit` versions of all projects, newest first."""
    return each_to(FeedVersion, await statements["feed_of_all"].rows(connection, limit=limit))


async def changes(connection: Connection, project_id: UUID, place: ChangePlace, limit: int) -> list[PublishedChange]:
    """At most `limit` changes of a project that come after `place`, oldest first."""
    rows = await statements["feed_changes"].rows(
        connection, project_id=project_id, run=place.run, position=place.position, since=place.since, limit=limit
    )
    return each_to(PublishedChange, rows)
