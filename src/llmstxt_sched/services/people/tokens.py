"""API tokens: `llms_` and 43 random characters.  A token is shown once; only its hash is stored."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
import structlog
from msgspec import Struct, structs

from llmstxt_sched.config import variable
from llmstxt_sched.domain.user import Identity, Role, TokenScope, lesser, role_of, scope_of
from llmstxt_sched.errors import ConfigError, Conflict, Forbidden, InvalidInput, NotFound, Unauthorized
from llmstxt_sched.services.idempotency import AnsweredBefore, Once
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.people.access_secrets import derived_secret, hash_secret, random_secret
from llmstxt_sched.store.people import tokens, users
from llmstxt_sched.store.people.tokens import Token, TokenDetails
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

log = structlog.get_logger(__name__)

PREFIX = "llms_"
MAX_NAME = 200
# The fixed id of the token set in the environment, so that a new value replaces the old one.
BOOTSTRAP_ID = UUID("00000000-0000-4000-8000-000000000001")


class TokenRequest(Struct, frozen=True):
    """A token that somebody wants; without a scope it may do what its user may, but not administer."""

    name: str
    scope: TokenScope | None = None
    expires_at: datetime | None = None


class KeptToken(Token, frozen=True, kw_only=True):
    """What is stored of a token for a repeated request; with `salt`, whoever made the token can tell it again."""

    salt: str = ""


class NewToken(NamedTuple):
    """A token that was just created; `secret` is the token itself, which cannot be read again later."""

    token: Token
    secret: str


class Tokens:
    """Use cases of tokens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def prepare(self, bootstrap: str) -> None:
        """Store the token set in the environment when the API starts; an empty one revokes an earlier one.

        Raises ConfigError if it is a token that somebody made.
        """
        name = variable("auth", "bootstrap_token")
        async with self._database.transaction() as connection:
            if not bootstrap:
                is_revoked = await tokens.unset(connection, BOOTSTRAP_ID)
            else:
                is_revoked = await tokens.put(connection, BOOTSTRAP_ID, "bootstrap", hash_secret(bootstrap))
                if await tokens.id_of(connection, hash_secret(bootstrap)) != BOOTSTRAP_ID:
                    raise ConfigError(
                        f"{name} is a token that somebody made already: `openssl rand -base64 32` makes one of its own"
                    )
        if is_revoked:
            # It may be that of replicas that still run, whose settings are then to be the same as here.
            log.warning("bootstrap token revoked", reason=f"{name} is {'another now' if bootstrap else 'not set'}")

    async def create(self, identity: Identity, wanted: TokenRequest, asker: str, once: Once[KeptToken]) -> NewToken:
        """Create a token of the user who asks, or of the first admin; `asker` is the secret that came with the request.

        It may do no more than who asks, and is valid no longer than the token of the request.  With an Idempotency-Key
        it is derived from `asker`, the key and a random salt that is stored, so that a repeated request gets the same
        token, which neither who knows `asker` nor who reads the database can compute.

        Raises InvalidInput, Forbidden and Conflict.
        """
        if not wanted.name.strip() or not wanted.name.isprintable() or len(wanted.name) > MAX_NAME:
            raise InvalidInput("name", f"must be one line of 1 to {MAX_NAME} characters")
        details = TokenDetails(
            id=uuid4(),
            name=wanted.name,
            scope=_scope(identity.role, wanted.scope),
            user_id=identity.user_id,
            expires_at=_end(identity, wanted.expires_at),
        )
        salt = random_secret()
        secret = _secret(asker, once, salt) if once.request else PREFIX + random_secret()
        try:
            async with once.turn(), self._database.transaction() as connection:
                await once.check(connection)
                created = await _create(connection, details, secret)
                await once.keep(connection, KeptToken(**structs.asdict(created), salt=salt))
        except AnsweredBefore as before:
            kept = msgspec.json.decode(before.response.body, type=KeptToken)
            return await self._again(kept, _secret(asker, once, kept.salt))
        log.info("token created", token_id=str(created.id), name=created.name, scope=created.scope.value)
        return NewToken(created, secret)

    async def identify(self, secret: str) -> Identity:
        """Whose token this is.  Raises Unauthorized if it is not valid."""
        async with self._database.connection() as connection:
            identity = await tokens.find(connection, hash_secret(secret))
        if identity is None:
            raise Unauthorized("this token is not valid: make one with `llmstxt-sched token create NAME`")
        return identity

    async def page(self, user_id: UUID | None, before: tuple[datetime, UUID] | None, limit: int) -> list[Token]:
        """At most `limit` tokens of a user (None means all), newest first, those before `before` (a time and an id)."""
        async with self._database.connection() as connection:
            return await tokens.page(connection, user_id, before, limit)

    async def revoke(self, identity: Identity, token_id: UUID) -> None:
        """Revoke a token of the user who asks; admins revoke any.  Raises NotFound."""
        of_anybody = identity.role is Role.ADMIN
        async with self._database.transaction() as connection:
            revoked = await tokens.delete(connection, token_id, identity.user_id, of_anybody=of_anybody)
            if revoked is None:
                raise NotFound(f"there is no token {token_id}")
            await audit.record(connection, "token.revoke", "token", revoked.id, revoked.name)
        log.info("token revoked", token_id=str(token_id))

    async def _again(self, token: KeptToken, secret: str) -> NewToken:
        """The token of a repeated request, whose secret is only known to the session that made it."""
        async with self._database.connection() as connection:
            known = await tokens.id_of(connection, hash_secret(secret))
        if known != token.id:
            raise Conflict(
                "this token was made in another session, or has ended since: send a new Idempotency-Key to make another"
            )
        shown = {name: getattr(token, name) for name in Token.__struct_fields__}
        return NewToken(Token(**shown), secret)


def _secret(asker: str, once: Once[KeptToken], salt: str) -> str:
    key = once.request.key if once.request else ""
    # Without a salt: a token of the day before there was one.
    return PREFIX + derived_secret(asker, *filter(None, (key, salt)))


def _scope(role: Role, wanted: TokenScope | None) -> TokenScope:
    """The scope of a token made by somebody who has this role."""
    if wanted is None:
        return scope_of(lesser(role, Role.EDITOR))
    if not role.allows(role_of(wanted)):
        most = scope_of(role).value
        raise Forbidden(f"the scope {wanted.value!r} is more than may be given: {most!r} is the most")
    return wanted


def _end(identity: Identity, wanted: datetime | None) -> datetime | None:
    """Until when a token is valid: a token that runs out makes none that outlast it."""
    last = identity.token_expires_at
    if last and wanted and wanted > last:
        raise InvalidInput("expires_at", "is later than the token that asks is valid")
    return wanted or last


async def _create(connection: Connection, details: TokenDetails, secret: str) -> Token:
    if details.expires_at and details.expires_at <= await database.now(connection):
        raise InvalidInput("expires_at", "must be in the future")
    if details.user_id is None:
        # The first admin, who may be made just now, gets the tokens that are nobody's: this one before that or after.
        # An admin who is being removed does not get it either: there is another, to whom it then belongs.
        await users.take_turn(connection)
        admin = await users.first_admin(connection)
        details = msgspec.structs.replace(details, user_id=admin.id if admin else None)
    if details.user_id and await users.lock(connection, details.user_id) is None:
        raise Unauthorized("this user was removed")
    created = await tokens.insert(connection, details, hash_secret(secret))
    await audit.record(connection, "token.create", "token", created.id, created.name, scope=created.scope)
    return created
