"""The audit log.

Use cases call `record` in the transaction of what they do, so that there is no deed without its row, and no row without
the deed.  Who does it and from where is known to the edge, which says it once: `with acting_as(actor): …`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct

from llmstxt_sched.domain.user import Identity
from llmstxt_sched.store.people import audit
from llmstxt_sched.store.people.audit import AuditFilter, AuditRow, NewAuditRow
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection


class Actor(Struct, frozen=True, kw_only=True):
    """Who acts, and from which address; a name without an id is not a user's, or only claimed to be."""

    user_id: UUID | None = None
    user_name: str | None = None
    token_id: UUID | None = None
    token_name: str | None = None
    address: str = ""


# Whoever can run a command on this machine needs no name to do so.
COMMAND_LINE = Actor(user_name="command line")
# The actor of what nobody asks for, such as deleting one-off projects.
SERVICE = Actor(user_name="service")
# The name of whoever pings by a token that may do nothing else.
PINGER = "ping token"
_NOBODY = Actor()
_actor: ContextVar[Actor] = ContextVar("actor", default=_NOBODY)


def actor_of(identity: Identity, address: str) -> Actor:
    """The actor of a request."""
    return Actor(
        user_id=identity.user_id,
        user_name=identity.user_name,
        token_id=identity.token_id,
        token_name=identity.token_name,
        address=address,
    )


def current_actor() -> Actor:
    """Who acts here and now."""
    return _actor.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """What is recorded in the block was done by `actor`."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


async def record(
    connection: Connection,
    action: str,
    object_type: str | None = None,
    object_id: UUID | None = None,
    object_name: str | None = None,
    **details: Any,
) -> None:
    """Note what the current actor does, in the transaction in which it is done: `project.create` on a project."""
    actor = current_actor()
    await audit.insert(
        connection,
        NewAuditRow(
            id=uuid4(),
            user_id=actor.user_id,
            user_name=actor.user_name,
            token_id=actor.token_id,
            token_name=actor.token_name,
            action=action,
            object_type=object_type,
            object_id=object_id,
            object_name=object_name,
            address=actor.address,
            details=details,
        ),
    )


class AuditLog:
    """Use cases of the log itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, wanted: AuditFilter, before: tuple[datetime, UUID] | None, limit: int) -> list[AuditRow]:
        """At most `limit` rows, newest first, those before `before` (a time and an id)."""
        async with self._database.connection() as connection:
            return await audit.page(connection, wanted, before, limit)

    async def note(self, action: str, object_type: str | None = None, **details: Any) -> None:
        """Note what is done in no transaction of its own."""
        async with self._database.transaction() as connection:
            await record(connection, action, object_type, **details)
