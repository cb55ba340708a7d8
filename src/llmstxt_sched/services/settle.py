"""The one settle for every end of a run, and the one way in which a schedule is changed.

`settle` ends the run and schedules the next one in one statement.  As two, `schedule_next_run` before the end, they
took a third longer in this process, and that a run was not ours came out only after its schedule was written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from llmstxt_sched.domain import cursor
from llmstxt_sched.errors import LeaseLost, NotFound
from llmstxt_sched.store import configs, runs

if TYPE_CHECKING:
    from llmstxt_sched.domain.cursor import Change, Config
    from llmstxt_sched.store.configs import Locked, LockedWithRun
    from llmstxt_sched.store.runs import Ending, Run
    from llmstxt_sched.store.statements import Connection


# A decision counts the occurrences since the ledger's end, by the day.  Below this time it takes milliseconds at most,
# less than a thread's turn; after a longer stop the event loop must not wait for it.
LONG = timedelta(days=2)


class Settled(NamedTuple):
    """A run as it ended or waits for its next try, and the schedule after that."""

    run: Run
    config: Config


async def lock(connection: Connection, project_id: UUID) -> Locked:
    """Take the locks in their order.  Raises NotFound where the project is gone."""
    locked = await configs.lock(connection, project_id)
    if locked is None:
        raise NotFound(f"there is no project {project_id}")
    return locked


async def lock_free(connection: Connection, project_id: UUID) -> Locked | None:
    """Take the locks without waiting; None where somebody holds them, or the project is gone."""
    return await configs.lock_free(connection, project_id)


async def decided(decide: Callable[..., Change], config: Config, *arguments: object) -> Change:
    """A change of the schedule, not written."""
    if datetime.now(UTC) - config.accounted_until > LONG:
        return await asyncio.to_thread(decide, config, *arguments)
    return decide(config, *arguments)


async def change(connection: Connection, decide: Callable[..., Change], config: Config, *arguments: object) -> Change:
    """Decide a change of a locked schedule, and write it with its rows of the ledger."""
    made = await decided(decide, config, *arguments)
    await configs.save(connection, made.config, made.entries)
    return made


async def settle(
    connection: Connection, locked: Locked | LockedWithRun, run: Run, ending: Ending, token: UUID | None, spread: int
) -> Settled:
    """End `run` by its token, or without one whoever holds it, and settle its schedule in the same statement.

    Raises LeaseLost where that token does not hold it, or it has ended; nothing is written then.
    """
    made = await decided(cursor.settle, locked.config, run.scheduled(ending.status), locked.now, spread)
    ended = await runs.end(connection, run.id, token, ending, locked.now, made)
    if ended is None:
        raise LeaseLost(f"run {run.id} is held by another lease")
    return Settled(ended, made.config)
