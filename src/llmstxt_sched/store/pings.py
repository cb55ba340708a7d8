"""The pings of deployments: at most one row a project, and the hash of a token that may do nothing else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import structs

from llmstxt_sched.domain.ping import PingState
from llmstxt_sched.store.postgres.records import to
from llmstxt_sched.store.postgres.statements import Connection, statements


class StoredPings(PingState, frozen=True, kw_only=True):
    """A project's pings, and since when it has a token for them, if it has one."""

    token_created_at: datetime | None = None


async def get(connection: Connection, project_id: UUID) -> StoredPings:
    """The pings of a project."""
    return to(StoredPings, await statements["ping_get"].row(connection, project_id=project_id)) or StoredPings()


async def save(connection: Connection, project_id: UUID, state: PingState) -> None:
    """Store the pings of a project, whose schedule the caller has locked."""
    await statements["ping_save"].execute(connection, project_id=project_id, **structs.asdict(state))


async def last_start(connection: Connection, project_id: UUID) -> datetime | None:
    """When the last run of the project that started did so."""
    found: datetime | None = await statements["ping_last_start"].value(connection, project_id=project_id)
    return found


async def due(connection: Connection, seconds: float, after: UUID, limit: int) -> list[UUID]:
    """At most `limit` projects after a project, by id, whose pings are due, or only in more than `seconds`.

    Those with a run in progress are left out.
    """
    rows = await statements["ping_due"].rows(connection, seconds=seconds, after=after, limit=limit)
    return [row["project_id"] for row in rows]


async def set_token(connection: Connection, project_id: UUID, sha256: bytes) -> datetime:
    """Give a project a token, by its hash; returns the time."""
    made: datetime = await statements["ping_token_set"].value(connection, project_id=project_id, sha256=sha256)
    return made


async def unset_token(connection: Connection, project_id: UUID) -> bool:
    """Take the token of a project away; false if it has none."""
    return bool(await statements["ping_token_unset"].value(connection, project_id=project_id))


async def project_of(connection: Connection, sha256: bytes) -> UUID | None:
    """The project that the token of this hash may ping, or None."""
    found: UUID | None = await statements["ping_token_find"].value(connection, sha256=sha256)
    return found
