"""Users."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import Struct

from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import Conflict
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements


class User(Struct, frozen=True):
    """One user; without a password they sign in by links only."""

    id: UUID
    name: str
    role: Role
    has_password: bool
    created_at: datetime
    last_seen_at: datetime | None


class UserPassword(Struct, frozen=True):
    """The hash of a user's password, if there is one."""

    user_id: UUID
    password_hash: str | None


async def insert(connection: Connection, user_id: UUID, name: str, role: Role) -> User:
    """Store a new user.  Raises Conflict if the name is taken."""
    try:
        (user,) = each_to(User, await statements["user_insert"].rows(connection, id=user_id, name=name, role=role))
    except asyncpg.UniqueViolationError:
        raise _taken(name) from None
    return user


async def get(connection: Connection, user_id: UUID) -> User | None:
    """One user."""
    return to(User, await statements["user_get"].row(connection, id=user_id))


async def by_name(connection: Connection, name: str) -> User | None:
    """The user of this name, whose case does not count."""
    return to(User, await statements["user_by_name"].row(connection, name=name))


async def lock(connection: Connection, user_id: UUID) -> User | None:
    """One user, protected from changes and deletion until the transaction ends."""
    return to(User, await statements["user_lock"].row(connection, id=user_id))


async def take_turn(connection: Connection) -> None:
    """Keep other transactions from making, demoting and deleting users until this one ends."""
    await statements["user_turn"].execute(connection)


async def admins(connection: Connection) -> list[UUID]:
    """The ids of all admins."""
    return [row["id"] for row in await statements["user_admins"].rows(connection)]


async def has_any(connection: Connection) -> bool:
    """Whether there is a user."""
    return bool(await statements["user_any"].value(connection))


async def first_admin(connection: Connection) -> User | None:
    """The admin who has been there longest; None if there is no user."""
    return to(User, await statements["user_first_admin"].row(connection))


async def page(connection: Connection, after: tuple[str, UUID] | None, limit: int) -> list[User]:
    """At most `limit` users by name, those after `after` (a name and an id)."""
    name, last = after or (None, None)
    return each_to(User, await statements["user_page"].rows(connection, after_name=name, after_id=last, limit=limit))


async def update(connection: Connection, user_id: UUID, name: str | None, role: Role | None) -> User | None:
    """Change what is not None; None if the user does not exist.  Raises Conflict if the name is taken."""
    try:
        return to(User, await statements["user_update"].row(connection, id=user_id, name=name, role=role))
    except asyncpg.UniqueViolationError:
        raise _taken(name or "") from None


async def password_by_name(connection: Connection, name: str) -> UserPassword | None:
    """Whose name this is, and their password; None if it is nobody's."""
    return to(UserPassword, await statements["user_password_by_name"].row(connection, name=name))


async def password(connection: Connection, user_id: UUID) -> str | None:
    """The hash of a user's password; None if there is none, or no such user."""
    found: str | None = await statements["user_password"].value(connection, id=user_id)
    return found


async def set_password(connection: Connection, before: UserPassword, password_hash: str) -> bool:
    """Set a new password; false if it is no longer as it was before."""
    user_id = before.user_id
    done = await statements["user_set_password"].value(
        connection, id=user_id, before=before.password_hash, password_hash=password_hash
    )
    return done is not None


async def stamp(connection: Connection, user_id: UUID) -> None:
    """Record that a user was seen."""
    await statements["user_stamp"].execute(connection, id=user_id)


async def delete(connection: Connection, user_id: UUID) -> None:
    """Delete a user with their tokens, sessions and links."""
    await statements["user_delete"].execute(connection, id=user_id)


def _taken(name: str) -> Conflict:
    return Conflict(f"there is already a user {name!r}: choose another name")
