"""Projects' credentials for their sites, sealed; only their names can be read here."""

from __future__ import annotations

from uuid import UUID

from msgspec import structs

from llmstxt_sched.domain.credentials import CredentialNames
from llmstxt_sched.store.postgres.statements import Connection, statements


async def put(connection: Connection, project_id: UUID, sealed: bytes, names: CredentialNames) -> None:
    """Store a project's credentials in place of those before."""
    await statements["credentials_put"].execute(
        connection, project_id=project_id, sealed=sealed, names=structs.asdict(names)
    )


async def sealed(connection: Connection, project_id: UUID) -> bytes | None:
    """A project's credentials as they were stored."""
    found: bytes | None = await statements["credentials_get"].value(connection, project_id=project_id)
    return found


async def reseal(connection: Connection, project_id: UUID, before: bytes, after: bytes) -> None:
    """Store the same credentials under another key, unless they were replaced in the meantime."""
    await statements["credentials_reseal"].execute(connection, project_id=project_id, before=before, after=after)


async def delete(connection: Connection, project_id: UUID) -> None:
    """Delete a project's credentials, if it has any."""
    await statements["credentials_delete"].execute(connection, project_id=project_id)


async def all_sealed(connection: Connection) -> list[tuple[UUID, bytes]]:
    """All that the database holds sealed, of targets as well, with the ids for which it was sealed."""
    return [(row["owner"], row["sealed"]) for row in await statements["credentials_all_sealed"].rows(connection)]
