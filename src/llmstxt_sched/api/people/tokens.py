"""API tokens over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, delete, get, post
from litestar.params import Parameter
from msgspec import Meta, Struct

from llmstxt_sched.api.middleware.access import once, secret_of
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.projects import Name
from llmstxt_sched.api.requests.calls import TAKES_KEY
from llmstxt_sched.api.requests.paging import LATEST, Cursor, Listing, PagedList, PageSize
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity, Role, TokenScope
from llmstxt_sched.errors import Forbidden, InvalidInput
from llmstxt_sched.services.people.tokens import KeptToken, TokenRequest, Tokens
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.people.tokens import Token

ALL = "all"


class TokenCreate(Struct, frozen=True, forbid_unknown_fields=True):
    """A token to create; without a `scope` it may do what its user may, but not administer."""

    name: Name
    scope: TokenScope | None = None
    expires_at: Annotated[datetime, Meta(tz=True)] | None = None


class TokenUserWire(Struct, frozen=True):
    """Whose a token is."""

    id: UUID
    name: str


class TokenWire(Struct, frozen=True):
    """What is known about a token; the token itself is not shown.  Without a user it is nobody's."""

    id: UUID
    name: str
    scope: TokenScope
    user: TokenUserWire | None
    created_at: Time
    expires_at: Time | None
    last_used_at: Time | None


class NewTokenWire(TokenWire, frozen=True, kw_only=True):
    """A token that was just created; `token` is never shown again."""

    token: str


class TokensController(Controller):
    """The tokens that give access to this API."""

    path = "/api/tokens"
    tags = ("tokens",)

    @get(operation_id="list_tokens")
    async def many(
        self,
        request: Request[Any, Identity, Any],
        tokens: Tokens,
        user: Annotated[str | None, Parameter(description="For admins: the id of another user, or `all`.")] = None,
        limit: PageSize = 50,
        cursor: Cursor = None,
    ) -> Listing[TokenWire]:
        """The caller's own tokens, newest first; all tokens if the caller is no user."""
        owner = _owner(request.auth, user)
        listed = PagedList(tuple[datetime, UUID], "tokens", owner)
        found = await tokens.page(owner, listed.read(cursor), limit + 1)
        return listed.page(found, limit, _show, lambda token: (token.created_at, token.id))

    @post(opt={TAKES_KEY: True}, operation_id="create_token")
    async def create(
        self, request: Request[Any, Identity, Any], tokens: Tokens, session_cookie: SessionCookie, data: TokenCreate
    ) -> NewTokenWire:
        """Create a token, which may do no more than who asks; it is shown only in this response."""
        if data.expires_at and data.expires_at > LATEST:
            raise InvalidInput("expires_at", f"must be before the year {LATEST.year}")
        asker = secret_of(request, session_cookie)
        wanted = TokenRequest(data.name, data.scope, data.expires_at)
        created = await tokens.create(request.auth, wanted, asker, await once(request, _kept))
        return NewTokenWire(**msgspec.structs.asdict(_show(created.token)), token=created.secret)

    @delete("/{token_id:uuid}", operation_id="revoke_token")
    async def revoke(self, request: Request[Any, Identity, Any], tokens: Tokens, token_id: UUID) -> None:
        """Revoke one of one's own tokens; admins revoke any."""
        await tokens.revoke(request.auth, token_id)


def _owner(identity: Identity, wanted: str | None) -> UUID | None:
    """Whose tokens to list; None means all.  Raises InvalidInput and Forbidden."""
    owner = identity.user_id
    if wanted is not None:
        try:
            owner = None if wanted == ALL else UUID(wanted)
        except ValueError:
            raise InvalidInput("user", f"must be the id of a user, or `{ALL}`") from None
    if identity.role is not Role.ADMIN and (owner is None or owner != identity.user_id):
        raise Forbidden("only admins see the tokens of others")
    return owner


def _show(token: Token) -> TokenWire:
    return TokenWire(
        id=token.id,
        name=token.name,
        scope=token.scope,
        user=TokenUserWire(token.user_id, token.user_name) if token.user_id and token.user_name else None,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )


def _kept(token: KeptToken) -> StoredResponse:
    """The response to store: without the token itself, which must not be in the database."""
    return StoredResponse(201, msgspec.json.encode(token))
