"""API tokens: `llms_` and 43 random characters.  A token is shown once; only its hash is stored."""

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
# The fixed id of the token set in the environment, so that a new value replaces the old one.
BOOTSTRAP_ID = UUID("00000000-0000-4000-8000-000000000001")


class NewToken(NamedTuple):
    """A token that was just created; `secret` is the token itself, which cannot be read again later."""

    token: Token
    secret: str


class Tokens:
    """Use cases of tokens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def prepare(self, bootstrap: str) -> str | None:
        """Set up tokens when the service starts.

        If `bootstrap`, the token set in the environment, is not empty, it is stored.  Otherwise an earlier one is
        deleted, and if no token is left, one is created and returned, so that somebody can sign in.
        """
        async with self._database.transaction() as connection:
            if bootstrap:
                await tokens.put(connection, BOOTSTRAP_ID, "bootstrap", _sha256(bootstrap))
                return None
            # Locked before the first write: two replicas that had both written would deadlock on this lock.
            await tokens.lock(connection)
            await tokens.delete(connection, BOOTSTRAP_ID)
            if await tokens.count(connection):
                return None
            return (await _create(connection, "first start", _random())).secret

    async def create(self, name: str, asker: str, once: Once[Token]) -> NewToken:
        """Create a token; `asker` is the token of the request.  Raises InvalidInput.

        With an Idempotency-Key the new token is derived from `asker` and the key, so that a repeated request gets the
        same token without its being stored in the database.
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
        """The id of a token.  Raises Unauthorized if it is not valid."""
        async with self._database.connection() as connection:
            token_id = await tokens.find(connection, _sha256(secret))
        if token_id is None:
            raise Unauthorized("this token is not valid: make one with `llmstxt-sched token create NAME`")
        return token_id

    async def page(self, before: tuple[datetime, UUID] | None, limit: int) -> list[Token]:
        """At most `limit` tokens, newest first, starting before `before` (a creation time and an id)."""
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
    """A token that only the holder of `asker` can compute (HMAC, RFC 2104)."""
    digest = hmac.digest(asker.encode(), key.encode(), "sha256")
    return PREFIX + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _sha256(secret: str) -> bytes:
    """A plain hash, without salt or stretching: the input is 256 random bits, not a password."""
    return hashlib.sha256(secret.encode()).digest()
