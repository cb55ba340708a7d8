"""What is published without a token, and which of it has changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements


class Publication(Struct, frozen=True):
    """The version that a public project serves, with the name at the head of its files."""

    project_id: UUID
    version_id: UUID
    sha256: str
    name: str


class PublicProject(Struct, frozen=True):
    """A project that is public; what changed before `public_since` is nothing for strangers."""

    id: UUID
    name: str
    slug: str
    created_at: datetime
    public_since: datetime


class PublicStanding(Struct, frozen=True):
    """How the documents of a public project stand now, and when a run last found them as they are."""

    status: str
    checked_at: datetime | None
    now: datetime


class PublishedChanges(Struct, frozen=True):
    """The slugs of what has changed, some perhaps known before, and the horizon to name at the next look."""

    horizon: str
    slugs: tuple[str, ...]


async def get(connection: Connection, slug: str) -> Publication | None:
    """What is published under `slug`, if it is anything."""
    return to(Publication, await statements["publication_get"].row(connection, slug=slug))


async def project(connection: Connection, slug: str) -> PublicProject | None:
    """The public project of this slug, also one that has not published anything yet."""
    return to(PublicProject, await statements["publication_project"].row(connection, slug=slug))


async def standing(connection: Connection, slug: str) -> PublicStanding | None:
    """How the documents of the public project of this slug stand."""
    return to(PublicStanding, await statements["publication_standing"].row(connection, slug=slug))


async def changed(connection: Connection, since: str | None) -> PublishedChanges:
    """What has changed since the look that returned the horizon `since`; None asks for a first horizon only."""
    (only,) = each_to(PublishedChanges, await statements["publication_changes"].rows(connection, since=since))
    return only


async def purge(connection: Connection) -> None:
    """Forget the changes of more than an hour ago."""
    await statements["publication_changes_purge"].execute(connection)
