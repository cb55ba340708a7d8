"""Writes what was drafted for a run.

The draft is made before the transaction that ends the run and written inside it, so that a run that fails or has lost
its lease does not replace anything.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from llmstxt_sched.domain.project import MadeBy
from llmstxt_sched.services.documents.writing.draft import Draft
from llmstxt_sched.store import projects
from llmstxt_sched.store.documents import changes, held_versions, pages, versions
from llmstxt_sched.store.documents.pages import PageUpdate
from llmstxt_sched.store.postgres.statements import Connection


async def publish(
    connection: Connection, project_id: UUID, run_id: UUID, drafted: Draft, now: datetime, made_by: MadeBy
) -> None:
    """Write a draft; to be called in the transaction that ends its run, while no other version is held.

    `made_by` are the options with which the run began.
    """
    if drafted.version:
        await versions.insert(connection, project_id, run_id, drafted.version)
        await changes.insert(connection, run_id, drafted.changes)
        if drafted.version.is_held:
            await held_versions.insert(connection, project_id, run_id, drafted.version.id, drafted.update)
            return
    await update_pages(connection, project_id, run_id, drafted.update, now, made_by)


async def update_pages(
    connection: Connection, project_id: UUID, run_id: UUID, update: PageUpdate, now: datetime, made_by: MadeBy
) -> None:
    """Leave the project and its pages as the run does."""
    if update.folder is not None:
        await projects.keep_folder(connection, project_id, update.folder, made_by)
    if update.standings:
        await pages.apply(connection, project_id, run_id, update.standings, update.reader_version, now)
    if update.gone:
        await pages.drop(connection, project_id, update.gone)
