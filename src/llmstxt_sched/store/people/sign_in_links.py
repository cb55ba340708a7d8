"""Links that sign somebody in once, stored as hashes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.postgres.records import to
from llmstxt_sched.store.postgres.statements import Connection, statements


class SignInLink(Struct, frozen=True):
    """A link that may still be used; without a user it makes the first admin."""

    user_id: UUID | None


async def insert(connection: Connection, sha256: bytes, user_id: UUID | None, seconds: float) -> datetime:
    """Store the hash of a new link, and return until when it is valid."""
    expires_at: datetime = await statements["sign_in_link_insert"].value(
        connection, sha256=sha256, user_id=user_id, seconds=seconds
    )
    return expires_at


async def find(connection: Connection, sha256: bytes) -> SignInLink | None:
    """The link with this hash, if it may still be used."""
    return to(SignInLink, await statements["sign_in_link_find"].row(connection, sha256=sha256))


async def use(connection: Connection, sha256: bytes) -> bool:
    """Use up a link; false if it may not be used any more."""
    return await statements["sign_in_link_use"].value(connection, sha256=sha256) is not None


async def exists(connection: Connection, sha256: bytes) -> bool:
    """Whether there is a link with this hash, used or not."""
    return bool(await statements["sign_in_link_exists"].value(connection, sha256=sha256))


async def revoke(connection: Connection, user_id: UUID | None) -> None:
    """Delete the unused links of a user; with None those that make the first admin."""
    await statements["sign_in_link_revoke"].execute(connection, user_id=user_id)


async def purge(connection: Connection) -> None:
    """Delete links that have run out."""
    await statements["sign_in_link_purge"].execute(connection)
