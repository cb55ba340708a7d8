"""Projects that were made for one llms.txt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.postgres.records import to
from llmstxt_sched.store.postgres.statements import Connection, statements


class OneOff(Struct, frozen=True):
    """Whether llms-full.txt was wanted too, and when the project is deleted; None for never."""

    with_full: bool
    expires_at: datetime | None


async def insert(connection: Connection, project_id: UUID, seconds: float, *, with_full: bool, is_kept: bool) -> None:
    """Note that a project is one, to be deleted after so many seconds unless it `is_kept`."""
    await statements["one_off_insert"].execute(
        connection, project_id=project_id, with_full=with_full, is_kept=is_kept, seconds=seconds
    )


async def get(connection: Connection, project_id: UUID) -> OneOff | None:
    """One of them."""
    return to(OneOff, await statements["one_off_get"].row(connection, project_id=project_id))


async def expiring(connection: Connection, project_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these projects are to be deleted one day."""
    rows = await statements["one_off_expiring"].rows(connection, ids=project_ids)
    return {row["project_id"] for row in rows}


async def expired(connection: Connection, passed: Collection[UUID]) -> UUID | None:
    """The project of one whose time is over, but for those of `passed`."""
    found: UUID | None = await statements["one_off_expired"].value(connection, passed=passed)
    return found


async def lock_expired(connection: Connection, project_id: UUID) -> bool:
    """Lock the project of one against every change; whether its time is over and it has no other use still."""
    await statements["one_off_lock"].execute(connection, project_id=project_id)
    return bool(await statements["one_off_is_expired"].value(connection, project_id=project_id))
