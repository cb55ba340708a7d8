"""The leases by which workers hold runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements
from llmstxt_sched.store.projects import Site
from llmstxt_sched.store.runs import Run

FIRST_EXPIRED = (datetime.min.replace(tzinfo=UTC), UUID(int=0))


class TakenRun(NamedTuple):
    """A run that a worker has claimed, and the site to crawl."""

    run: Run
    site: Site


class Expired(Struct, frozen=True):
    """A run whose lease has expired; `was_alone` if its process held no other."""

    id: UUID
    project_id: UUID
    lease_token: UUID
    lease_until: datetime
    was_alone: bool

    @property
    def place(self) -> tuple[datetime, UUID]:
        """After which those come that `expired` returns next."""
        return self.lease_until, self.id


async def claim(
    connection: Connection, run_id: UUID, token: UUID, owner: UUID, lease: float, most_per_host: int
) -> TakenRun | None:
    """Claim a run that may start for `lease` seconds, and delete the staged pages of earlier attempts.

    None if the run cannot be claimed: it is held by another worker, not yet due, or gone, or `most_per_host` runs of
    its host are in progress, or it is a suspect and `owner` holds one already.
    """
    row = await statements["lease_claim"].row(
        connection, id=run_id, token=token, owner=owner, lease=lease, most_per_host=most_per_host
    )
    run, site = to(Run, row), to(Site, row)
    return TakenRun(run, site) if run and site else None


async def renew(connection: Connection, held: Sequence[tuple[UUID, UUID]], lease: float) -> set[UUID]:
    """Renew leases, given as (run, token), for `lease` seconds, without waiting for a row that is locked.

    Returns the tokens that were renewed; all other leases are lost.
    """
    rows = await statements["lease_renew"].rows(
        connection, ids=[run for run, _ in held], tokens=[token for _, token in held], lease=lease
    )
    return {row["token"] for row in rows}


async def shorten(connection: Connection, most: float) -> None:
    """Let no lease end later than `most` seconds from now, which only a clock that was ahead can have caused."""
    await statements["lease_shorten"].execute(connection, most=most)


async def forget_extensions(connection: Connection) -> None:
    """Delete what `renew` noted of leases whose row was locked, once it is over."""
    await statements["lease_forget_extensions"].execute(connection)


async def hand_back(connection: Connection, run_id: UUID, token: UUID) -> bool:
    """Return a run to QUEUED; false if the lease was lost."""
    return await statements["lease_hand_back"].value(connection, id=run_id, token=token) is not None


async def expired(connection: Connection, after: tuple[datetime, UUID], limit: int) -> list[Expired]:
    """At most `limit` runs whose lease has expired, those that expired first at the front, after the place `after`."""
    until, run_id = after
    rows = await statements["lease_expired"].rows(connection, after_until=until, after_id=run_id, limit=limit)
    return each_to(Expired, rows)


async def lock_expired(connection: Connection, run_id: UUID) -> Run | None:
    """A run with an expired lease, locked; None if another process has locked it or its lease was renewed."""
    return to(Run, await statements["lease_lock_expired"].row(connection, id=run_id))
