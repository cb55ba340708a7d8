"""Public projects by their slugs; one that is not public is as one that is not there."""

from __future__ import annotations

from llmstxt_sched.documents.badge import BadgeState, render_badge
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.documents.fixed_files import FixedFile
from llmstxt_sched.store.documents import publications
from llmstxt_sched.store.documents.publications import PublicProject
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

NOTHING = "nothing is published here"


class Badges:
    """Use cases of badges."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def published(self, slug: str) -> FixedFile:
        """The badge of a public project.  Raises NotFound."""
        _check(slug)
        async with self._database.connection() as connection:
            found = await publications.standing(connection, slug)
        if found is None:
            raise NotFound(NOTHING)
        age = found.now - found.checked_at if found.checked_at else None
        return FixedFile(render_badge(BadgeState(found.status, age)))


async def public_project(connection: Connection, slug: str) -> PublicProject:
    """The public project.  Raises NotFound."""
    _check(slug)
    found = await publications.project(connection, slug)
    if found is None:
        raise NotFound(NOTHING)
    return found


def _check(slug: str) -> None:
    if "\0" in slug:
        # Postgres takes none in a text.
        raise NotFound(NOTHING)
