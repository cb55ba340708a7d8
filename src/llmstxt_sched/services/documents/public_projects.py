"""Finds a public project by its slug; one that is not public is as one that is not there."""

from __future__ import annotations

from llmstxt_sched.errors import NotFound
from llmstxt_sched.store import publications
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.publications import PublicProject


async def public_project(connection: Connection, slug: str) -> PublicProject:
    """The public project.  Raises NotFound."""
    # Postgres takes no U+0000 in a text.
    found = None if "\0" in slug else await publications.project(connection, slug)
    if found is None:
        raise NotFound("nothing is published here")
    return found
