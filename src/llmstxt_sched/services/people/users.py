"""Users: inviting, changing and removing them, and what each changes of their own account.

Where there are users, one of them is an admin: the first one is, and the last one can be neither removed nor demoted.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
import structlog
from msgspec import Struct

from llmstxt_sched.domain.password import check_password
from llmstxt_sched.domain.user import Identity, Role, check_user_name
from llmstxt_sched.errors import Conflict, InvalidInput, NotFound, Unauthorized
from llmstxt_sched.services.idempotency import AnsweredBefore, Once
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.people.access_secrets import derived_secret, hash_secret, random_secret
from llmstxt_sched.services.people.passwords import Passwords
from llmstxt_sched.services.people.sign_in_links import (
    INVITATION_SECONDS,
    LINK_SECONDS,
    NewLink,
    link_address,
    make_link,
)
from llmstxt_sched.services.people.tokens import BOOTSTRAP_ID
from llmstxt_sched.store import projects
from llmstxt_sched.store.people import sessions, sign_in_links, tokens, users
from llmstxt_sched.store.people.users import User, UserPassword
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

log = structlog.get_logger(__name__)


class Invitation(Struct, frozen=True):
    """A user and until when the link is valid that was made for them; this much of it may be stored.

    With `salt`, whoever made the link can tell it again.
    """

    user: User
    expires_at: datetime
    salt: str = ""


class NewInvitation(NamedTuple):
    """An invitation with its link, which cannot be read again later."""

    user: User
    expires_at: datetime
    link: str


class Account(NamedTuple):
    """What somebody who is signed in knows of themselves."""

    identity: Identity
    has_password: bool
    needs_current_password: bool
    is_first_start: bool


class AccountPatch(Struct, frozen=True):
    """What a user changes of their own account; None changes nothing."""

    name: str | None = None
    password: str | None = None
    current_password: str | None = None


class Users:
    """Use cases of users; `url` is the address of the service, for the links."""

    def __init__(self, database: Database, passwords: Passwords, url: str) -> None:
        self._database = database
        self._passwords = passwords
        self._url = url

    async def page(self, after: tuple[str, UUID] | None, limit: int) -> list[User]:
        """At most `limit` users by name, those after `after` (a name and an id)."""
        async with self._database.connection() as connection:
            return await users.page(connection, after, limit)

    async def by_name(self, name: str) -> User:
        """The user of this name.  Raises NotFound."""
        async with self._database.connection() as connection:
            user = await users.by_name(connection, name)
        if user is None:
            raise NotFound(f"there is no user {name!r}")
        return user

    async def first_admin(self) -> User | None:
        """The admin who has been there longest; None if there is no user."""
        async with self._database.connection() as connection:
            return await users.first_admin(connection)

    async def invite(self, name: str, role: Role, asker: str, once: Once[Invitation]) -> NewInvitation:
        """Create a user, with a link to sign in by; `asker` is the secret that came with the request.

        Raises InvalidInput, and Conflict if the name is taken or the first user is to be no admin.
        """
        name, salt = check_user_name(name), random_secret()
        try:
            async with once.turn(), self._database.transaction() as connection:
                await once.check(connection)
                user = await _create(connection, name, role)
                link = await make_link(connection, user.id, _link_secret(asker, once, salt), INVITATION_SECONDS)
                invitation = Invitation(user, link.expires_at, salt)
                await once.keep(connection, invitation)
        except AnsweredBefore as before:
            return await self._again(before, asker, once)
        log.info("user invited", user_id=str(user.id), role=role.value)
        return self._show(invitation, link)

    async def renew_link(self, user_id: UUID, asker: str, once: Once[Invitation]) -> NewInvitation:
        """Make a new link for a user, in place of those that were not used.  Raises NotFound and Conflict."""
        salt = random_secret()
        try:
            async with once.turn(), self._database.transaction() as connection:
                await once.check(connection)
                user = _found(await users.lock(connection, user_id), user_id)
                link = await make_link(connection, user_id, _link_secret(asker, once, salt), LINK_SECONDS)
                await audit.record(connection, "user.link", "user", user_id, user.name)
                invitation = Invitation(user, link.expires_at, salt)
                await once.keep(connection, invitation)
        except AnsweredBefore as before:
            return await self._again(before, asker, once)
        return self._show(invitation, link)

    async def edit(self, user_id: UUID, name: str | None, role: Role | None) -> User:
        """Change a user's name, role, or both.

        Raises InvalidInput, NotFound, and Conflict for the last admin or a name that is taken.
        """
        name = check_user_name(name) if name is not None else None
        async with self._database.transaction() as connection:
            if role not in {None, Role.ADMIN}:
                await _check_not_last_admin(connection, user_id)
            before = _found(await users.get(connection, user_id), user_id)
            user = _found(await users.update(connection, user_id, name, role), user_id)
            changes = {
                field: [getattr(before, field), getattr(user, field)]
                for field in ("name", "role")
                if getattr(before, field) != getattr(user, field)
            }
            await audit.record(connection, "user.edit", "user", user_id, before.name, **changes)
        log.info("user changed", user_id=str(user_id), fields=list(changes))
        return user

    async def delete(self, user_id: UUID) -> None:
        """Delete a user with their tokens and sessions.  Raises NotFound, and Conflict for the last admin."""
        async with self._database.transaction() as connection:
            await _check_not_last_admin(connection, user_id)
            user = _found(await users.lock(connection, user_id), user_id)
            await users.delete(connection, user_id)
            await audit.record(connection, "user.delete", "user", user_id, user.name)
        log.info("user deleted", user_id=str(user_id))

    async def sign_out(self, user_id: UUID, *, with_tokens: bool = False) -> None:
        """End all sessions of a user, the links that they have not used and, if wanted, their tokens.  Raises NotFound.

        At once, because the session of who asks may be one that ends with a token.
        """
        async with self._database.transaction() as connection:
            user = _found(await users.lock(connection, user_id), user_id)
            await sign_in_links.revoke(connection, user_id)
            await sessions.delete_others(connection, user_id, None)
            await audit.record(connection, "user.signout", "user", user_id, user.name)
            if with_tokens:
                await _revoke_tokens(connection, user_id)
        log.info("user signed out", user_id=str(user_id), with_tokens=with_tokens)

    async def revoke_tokens(self, user_id: UUID) -> None:
        """Revoke all tokens of a user, whose sessions that were begun with one end, too.  Raises NotFound."""
        async with self._database.transaction() as connection:
            _found(await users.lock(connection, user_id), user_id)
            await _revoke_tokens(connection, user_id)
        log.info("tokens revoked", user_id=str(user_id))

    async def account(self, identity: Identity) -> Account:
        """What somebody who is signed in knows of themselves."""
        async with self._database.connection() as connection:
            user = await users.get(connection, identity.user_id) if identity.user_id else None
            is_first_start = not await projects.has_any(connection)
        # A user who has just signed in by a link need not know it: that is how one who has forgotten it gets a new one.
        has_password = user is not None and user.has_password
        return Account(identity, has_password, has_password and not identity.was_let_in_by_link, is_first_start)

    async def edit_account(self, identity: Identity, patch: AccountPatch) -> Account:
        """Change one's own name or password; a new password ends one's other sessions and unused links.

        Raises InvalidInput, Conflict and Unauthorized.
        """
        name = check_user_name(patch.name) if patch.name is not None else None
        user_id = _user_id(identity)
        async with self._database.connection() as connection:
            before = UserPassword(user_id, await users.password(connection, user_id))
        password_hash = await self._new_hash(identity, before, patch)
        async with self._database.transaction() as connection:
            if await users.lock(connection, user_id) is None:
                raise Unauthorized("this user was removed")
            if name is not None:
                await users.update(connection, user_id, name, None)
            if password_hash is not None:
                await _set_password(connection, identity, before, password_hash)
            changed = [field for field, value in (("name", name), ("password", password_hash)) if value is not None]
            await audit.record(connection, "user.edit", "user", user_id, identity.user_name, fields=changed)
        log.info("account changed", user_id=str(user_id), fields=changed)
        return await self.account(msgspec.structs.replace(identity, user_name=name or identity.user_name))

    async def _new_hash(self, identity: Identity, before: UserPassword, patch: AccountPatch) -> str | None:
        """The hash of the password that is to be set.  Raises InvalidInput if it may not be."""
        if patch.password is None:
            return None
        check_password(patch.password)
        if before.password_hash and not identity.was_let_in_by_link:
            if patch.current_password is None:
                raise InvalidInput("current_password", "is needed to change the password")
            if not await self._passwords.verify(patch.current_password, before.password_hash):
                raise InvalidInput("current_password", "is wrong")
        return await self._passwords.hash(patch.password)

    async def _again(self, before: AnsweredBefore, asker: str, once: Once[Invitation]) -> NewInvitation:
        """The invitation of a repeated request, whose link is only known to the session that made it."""
        kept = msgspec.json.decode(before.response.body, type=Invitation)
        secret = _link_secret(asker, once, kept.salt)
        async with self._database.connection() as connection:
            if not await sign_in_links.exists(connection, hash_secret(secret)):
                raise Conflict("this link was made in another session, or replaced since: ask for a new one")
        return self._show(kept, NewLink(secret, kept.expires_at))

    def _show(self, invitation: Invitation, link: NewLink) -> NewInvitation:
        return NewInvitation(invitation.user, link.expires_at, link_address(self._url, link.secret))


async def make_first_admin(connection: Connection, user_id: UUID, name: str) -> User:
    """Create the first user, an admin, who gets all tokens and sessions that are nobody's but the bootstrap token's."""
    user = await users.insert(connection, user_id, name, Role.ADMIN)
    await tokens.adopt(connection, user_id, except_id=BOOTSTRAP_ID)
    await sessions.adopt(connection, user_id, except_token_id=BOOTSTRAP_ID)
    await sign_in_links.revoke(connection, None)
    await audit.record(connection, "user.create", "user", user_id, name, role=Role.ADMIN)
    log.info("first admin created", user_id=str(user_id))
    return user


async def _create(connection: Connection, name: str, role: Role) -> User:
    await users.take_turn(connection)
    if not await users.has_any(connection):
        if role is not Role.ADMIN:
            raise Conflict("the first user must be an admin, or nobody could manage the others")
        return await make_first_admin(connection, uuid4(), name)
    user = await users.insert(connection, uuid4(), name, role)
    await audit.record(connection, "user.create", "user", user.id, name, role=role)
    return user


async def _check_not_last_admin(connection: Connection, user_id: UUID) -> None:
    await users.take_turn(connection)
    if await users.admins(connection) == [user_id]:
        raise Conflict("this is the last admin: make another user an admin first")


async def _set_password(connection: Connection, identity: Identity, before: UserPassword, password_hash: str) -> None:
    """Set a new password, and end whatever else may have been begun by somebody who knew the one before."""
    if not await users.set_password(connection, before, password_hash):
        raise Conflict("the password was changed meanwhile: try again")
    await sessions.delete_others(connection, before.user_id, identity.session_id)
    await sign_in_links.revoke(connection, before.user_id)


async def _revoke_tokens(connection: Connection, user_id: UUID) -> None:
    for token in await tokens.delete_of_user(connection, user_id):
        await audit.record(connection, "token.revoke", "token", token.id, token.name)


def _link_secret(asker: str, once: Once[Invitation], salt: str) -> str:
    """A secret for a link, which neither who knows `asker` nor who reads the database can compute.

    It is derived from the whole request: the same key with another body is another link.
    """
    if once.request is None:
        return random_secret()
    # Without a salt: a link of the day before there was one.
    of_request = "sign-in link", once.request.key, once.request.sha256.hex(), salt
    return derived_secret(asker, *filter(None, of_request))


def _user_id(identity: Identity) -> UUID:
    if identity.user_id is None:
        raise Unauthorized("only users have an account: sign in as one")
    return identity.user_id


def _found(user: User | None, user_id: UUID) -> User:
    if user is None:
        raise NotFound(f"there is no user {user_id}")
    return user
