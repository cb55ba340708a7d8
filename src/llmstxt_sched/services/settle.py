"""The one settle for every end of a run, and the one way in which a schedule is changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from llmstxt_sched.domain import cursor
from llmstxt_sched.errors import NotFound
from llmstxt_sched.store import configs, occurrences

if TYPE_CHECKING:
    from llmstxt_sched.domain.cursor import Change
    from llmstxt_sched.store.configs import Locked
    from llmstxt_sched.store.statements import Connection


async def lock(connection: Connection, project_id: UUID) -> Locked:
    """Take the locks in their order.  Raises NotFound where the project is gone."""
    locked = await configs.lock(connection, project_id)
    if locked is None:
        raise NotFound(f"there is no project {project_id}")
    return locked


async def lock_free(connection: Connection, project_id: UUID) -> Locked | None:
    """Take the locks without waiting; None where somebody holds them, or the project is gone."""
    return await configs.lock_free(connection, project_id)


async def change(connection: Connection, decide: Callable[..., Change], *arguments: object) -> Change:
    """Decide a change of a locked schedule, and write it with its rows of the ledger.

    The decision runs in a thread: after a long stop it walks over every occurrence that was missed.
    """
    decided = await asyncio.to_thread(decide, *arguments)
    await configs.save(connection, decided.config)
    await occurrences.insert(connection, decided.config.project_id, decided.entries)
    return decided


async def schedule_next_run(connection: Connection, locked: Locked, run: cursor.Scheduled, spread: int) -> Change:
    """Settle the schedule after `run`, with `run.status`, in the transaction that ends it."""
    return await change(connection, cursor.settle, locked.config, run, locked.now, spread)
