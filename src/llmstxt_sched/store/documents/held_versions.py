"""Versions that wait to be accepted or rejected, at most one a project; the caller holds the lock on its schedule."""

from __future__ import annotations

from uuid import UUID

from msgspec import convert, structs

from llmstxt_sched.domain.project import MadeBy
from llmstxt_sched.domain.run import HeldVersion
from llmstxt_sched.store.documents.pages import PageUpdate
from llmstxt_sched.store.postgres.records import to
from llmstxt_sched.store.postgres.statements import Connection, statements
from llmstxt_sched.store.runs import Run


async def insert(connection: Connection, project_id: UUID, run_id: UUID, version_id: UUID, update: PageUpdate) -> None:
    """Keep the held version of a run, which `store.versions` has stored; the project must have no other."""
    await statements["held_version_insert"].execute(
        connection,
        project_id=project_id,
        run_id=run_id,
        version_id=version_id,
        **structs.asdict(update),
    )


async def of_run(connection: Connection, run_id: UUID) -> PageUpdate | None:
    """How the held version of a run leaves the pages; None if it has none, or it does not wait any more."""
    return to(PageUpdate, await statements["held_version_of_run"].row(connection, run_id=run_id))


async def made_by(connection: Connection, run_id: UUID) -> MadeBy | None:
    """The options by which the held version of a run was made; None if it has none, or they are not known."""
    options = await statements["held_version_made_by"].value(connection, run_id=run_id)
    return convert(options, MadeBy) if options else None


async def accept(connection: Connection, run_id: UUID) -> Run | None:
    """Make the held version of a run the newest of its project; None if it has none."""
    return to(Run, await statements["held_version_accept"].row(connection, run_id=run_id))


async def drop(connection: Connection, project_id: UUID, held: HeldVersion) -> Run | None:
    """Delete the held version of a project, and note why with its run; None if it has none."""
    return to(Run, await statements["held_version_drop"].row(connection, project_id=project_id, held=held))
