"""Sessions: who signs in gets a cookie with a new secret, and is known by it until the session ends."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import structlog
from msgspec import structs

from llmstxt_sched.domain.user import BegunWith, Identity, normalise_name
from llmstxt_sched.errors import NotFound, Unauthorized
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.people.access_secrets import hash_secret, random_secret
from llmstxt_sched.services.people.audit import acting_as, actor_of, current_actor
from llmstxt_sched.services.people.passwords import Passwords
from llmstxt_sched.services.people.sign_in_links import LinkFile
from llmstxt_sched.services.people.tokens import Tokens
from llmstxt_sched.services.people.users import make_first_admin
from llmstxt_sched.store.people import sessions, sign_in_links, tokens, users
from llmstxt_sched.store.people.sessions import NewSession, Session
from llmstxt_sched.store.people.users import User
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

log = structlog.get_logger(__name__)

FIRST_ADMIN = "admin"
MAX_USER_AGENT = 300
# One sentence for an unknown name and for a wrong password: nothing tells which it was.
WRONG_PASSWORD = "name or password is wrong"  # noqa: S105  (a sentence)
DEAD_LINK = "this link was used or has run out: ask an admin for another, or run `llmstxt-sched sign-in`"


class Guest(NamedTuple):
    """A browser that signs in; `cookie` is that of its session so far, which ends, or empty."""

    address: str
    user_agent: str
    cookie: str


class BegunSession(NamedTuple):
    """A session that has just begun; `secret` goes into the cookie, and nowhere else."""

    identity: Identity
    secret: str


class Sessions:
    """Use cases of sessions."""

    def __init__(self, database: Database, tokens: Tokens, passwords: Passwords, link_file: LinkFile) -> None:
        self._database = database
        self._tokens = tokens
        self._passwords = passwords
        self._link_file = link_file

    async def begin_by_link(self, secret: str, guest: Guest) -> BegunSession:
        """Sign in by a link, which is thereby used up.  Raises Unauthorized."""
        sha256 = hash_secret(secret)
        try:
            async with self._database.transaction() as connection:
                user = await _user_of_link(connection, sha256)
                begun = await _begin(connection, guest, "link", Identity(user_id=user.id))
        except Unauthorized:
            await self._note_failure("link", None)
            raise
        # There is an admin now, so a link for the first one is of no use any more.
        self._link_file.remove()
        return begun

    async def begin_by_token(self, secret: str, guest: Guest) -> BegunSession:
        """Sign in by a token; the session may do no more, and ends with it.  Raises Unauthorized."""
        try:
            identity = await self._tokens.identify(secret)
            async with self._database.transaction() as connection:
                begun = await _begin(connection, guest, "token", identity)
        except Unauthorized:
            await self._note_failure("token", None)
            raise
        return begun

    async def begin_by_password(self, name: str, password: str, guest: Guest) -> BegunSession:
        """Sign in by name and password.  Raises Unauthorized, as soon for an unknown name as for a wrong password."""
        async with self._database.connection() as connection:
            known = await users.password_by_name(connection, normalise_name(name))
        is_right = await self._passwords.verify(password, known.password_hash if known else None)
        try:
            if known is None or not is_right:
                raise Unauthorized(WRONG_PASSWORD)
            async with self._database.transaction() as connection:
                await users.lock(connection, known.user_id)
                # Changed meanwhile: the change has ended the sessions that the old password began, and this is one.
                if await users.password(connection, known.user_id) != known.password_hash:
                    raise Unauthorized(WRONG_PASSWORD)
                begun = await _begin(connection, guest, "password", Identity(user_id=known.user_id))
        except Unauthorized:
            await self._note_failure("password", name)
            raise
        return begun

    async def identify(self, cookie: str) -> Identity:
        """Who is signed in.  Raises Unauthorized."""
        async with self._database.connection() as connection:
            identity = await sessions.find(connection, hash_secret(cookie))
        if identity is None:
            raise Unauthorized("this session has ended: sign in again")
        return identity

    async def page(self, owner: Identity, before: tuple[datetime, UUID] | None, limit: int) -> list[Session]:
        """At most `limit` sessions of who asks, newest first, those before `before` (a time and an id)."""
        async with self._database.connection() as connection:
            return await sessions.page(connection, owner, before, limit)

    async def end(self, owner: Identity, session_id: UUID) -> None:
        """End one session of the user who asks.  Raises NotFound."""
        async with self._database.transaction() as connection:
            if not await sessions.delete(connection, session_id, owner.user_id):
                raise NotFound(f"there is no session {session_id}")
            await audit.record(connection, "session.delete", "session", session_id)

    async def sign_out(self, cookie: str) -> None:
        """End the session of this cookie, if there is one."""
        # Before the transaction: it may record that the user was seen, and a user is locked before their sessions.
        async with self._database.connection() as connection:
            identity = await sessions.find(connection, hash_secret(cookie))
        async with self._database.transaction() as connection:
            ended = await sessions.delete_by_hash(connection, hash_secret(cookie))
            if identity and ended:
                with acting_as(actor_of(identity, current_actor().address)):
                    await audit.record(connection, "session.delete", "session", ended.id)

    async def _note_failure(self, begun_with: BegunWith, name: str | None) -> None:
        """Note that somebody was not let in, under the name that they gave."""
        async with self._database.transaction() as connection:
            with acting_as(structs.replace(current_actor(), user_name=name)):
                await audit.record(connection, "session.failed", begun_with=begun_with)
        log.info("sign-in failed", begun_with=begun_with)


async def _user_of_link(connection: Connection, sha256: bytes) -> User:
    """The user that a link signs in, who is made now if it is the first admin's.  Raises Unauthorized."""
    link = await sign_in_links.find(connection, sha256)
    if link is None:
        raise Unauthorized(DEAD_LINK)
    if link.user_id is None:
        return await _first_admin(connection, sha256)
    # The user before the link: whoever deletes a user takes the locks in this order too.
    user = await users.lock(connection, link.user_id)
    if user is None or not await sign_in_links.use(connection, sha256):
        raise Unauthorized(DEAD_LINK)
    return user


async def _first_admin(connection: Connection, sha256: bytes) -> User:
    """The first admin, made by a link; of several links that are opened at once, by one."""
    await users.take_turn(connection)
    if await users.has_any(connection) or not await sign_in_links.use(connection, sha256):
        raise Unauthorized(DEAD_LINK)
    user_id = uuid4()
    with acting_as(structs.replace(current_actor(), user_id=user_id, user_name=FIRST_ADMIN)):
        return await make_first_admin(connection, user_id, FIRST_ADMIN)


async def _begin(connection: Connection, guest: Guest, begun_with: BegunWith, who: Identity) -> BegunSession:
    """Store a session with a secret that is always new: one that the browser brought along may be known to others."""
    if who.user_id and await users.lock(connection, who.user_id) is None:
        raise Unauthorized("this user was removed")
    if who.token_id and not await tokens.lock(connection, who.token_id):
        raise Unauthorized("this token was revoked")
    if guest.cookie:
        await sessions.delete_by_hash(connection, hash_secret(guest.cookie))
    secret = random_secret()
    session = NewSession(
        id=uuid4(),
        sha256=hash_secret(secret),
        user_id=who.user_id,
        token_id=who.token_id,
        begun_with=begun_with,
        address=guest.address,
        user_agent=guest.user_agent[:MAX_USER_AGENT],
    )
    await sessions.insert(connection, session)
    if who.user_id:
        await users.stamp(connection, who.user_id)
    identity = await sessions.find(connection, session.sha256)
    if identity is None:
        raise Unauthorized("this token has run out")
    with acting_as(actor_of(identity, guest.address)):
        await audit.record(connection, "session.create", "session", session.id, begun_with=begun_with)
    log.info("session begun", session_id=str(session.id), begun_with=begun_with)
    return BegunSession(identity, secret)
