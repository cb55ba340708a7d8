"""API tokens: `llms_` and 43 random characters, shown once, known by their hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
import structlog

from llmstxt_sched.errors import InvalidInput, NotFound, Unauthorized
from llmstxt_sched.services.idempotency import AnsweredBefore, Once
from llmstxt_sched.store import tokens
from llmstxt_sched.store.database import Database
from llmstxt_sched.store.statements import Connection
from llmstxt_sched.store.tokens import Token

log = structlog.get_logger(__name__)

PREFIX = "llms_"
MAX_NAME = 200
# The token of the environment has a place of its own, so that a new value takes the place of the old one.
BOOTSTRAP_ID = UUID("00000000-0000-4000-8000-000000000001")


class NewToken(NamedTuple):
    """A token, and what is known of it; the only time that it is seen."""

    token: Token
    secret: str


class Tokens:
    """Use cases of tokens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def prepare(self, bootstrap: str) -> str | None:
        """At a start: set the token of the environment; where nobody could sign in, make one and return it."""
        async with self._database.transaction() as connection:
            if bootstrap:
                await tokens.put(connection, BOOTSTRAP_ID, "bootstrap", _sha256(bootstrap))
                return None
            # Before any write: replicas that each wrote first would wait for each other's lock.
            await tokens.lock(connection)
            await tokens.delete(connection, BOOTSTRAP_ID)
            if await tokens.count(connection):
                return None
            return (await _create(connection, "first start", _random())).secret

    async def create(self, name: str, asker: str, once: Once[Token]) -> NewToken:
        """Make a token; `asker` is the token that asks.

        With an Idempotency-Key the token is derived from the one that asks: so the same request gets the same
        token again, and it stands nowhere in the database.
        """
        if not name.strip() or not name.isprintable() or len(name) > MAX_NAME:
            raise InvalidInput("name", f"must be one line of 1 to {MAX_NAME} characters")
        secret = _derived(asker, once.request.key) if once.request else _random()
        try:
            async with self._database.transaction() as connection:
                await once.check(connection)
                created = await _create(connection, name, secret)
                await once.keep(connection, created.token)
        except AnsweredBefore as before:
            return NewToken(msgspec.json.decode(before.response.body, type=Token), secret)
        log.info("token created", token_id=str(created.token.id), name=name)
        return created

    async def identify(self, secret: str) -> UUID:
        """Whose request it is.  Raises Unauthorized."""
        async with self._database.connection() as connection:
            token_id = await tokens.find(connection, _sha256(secret))
        if token_id is None:
            raise Unauthorized("this token is not valid: make one with `llmstxt-sched token create NAME`")
        return token_id

    async def page(self, before: tuple[datetime, UUID] | None, limit: int) -> list[Token]:
        """Tokens, newest first, from before `before`."""
        async with self._database.connection() as connection:
            return await tokens.page(connection, before, limit)

    async def revoke(self, token_id: UUID) -> None:
        """Revoke a token.  Raises NotFound."""
        async with self._database.transaction() as connection:
            if not await tokens.delete(connection, token_id):
                raise NotFound(f"there is no token {token_id}")
        log.info("token revoked", token_id=str(token_id))


async def _create(connection: Connection, name: str, secret: str) -> NewToken:
    return NewToken(await tokens.insert(connection, uuid4(), name, _sha256(secret)), secret)


def _random() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def _derived(asker: str, key: str) -> str:
    """A token that only the holder of `asker` can work out (HMAC, RFC 2104)."""
    digest = hmac.digest(asker.encode(), key.encode(), "sha256")
    return PREFIX + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _sha256(secret: str) -> bytes:
    """Without salt or stretching: what is hashed is 256 random bits, not a password."""
    return hashlib.sha256(secret.encode()).digest()
