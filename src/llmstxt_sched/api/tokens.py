"""API tokens over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, delete, get, post
from msgspec import Struct

from llmstxt_sched.api.access import bearer_of, once
from llmstxt_sched.api.paging import Cursor, Limit, Listing, page_of, read_cursor
from llmstxt_sched.api.projects import Name
from llmstxt_sched.services.tokens import Tokens
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.tokens import Token


class TokenCreate(Struct, frozen=True, forbid_unknown_fields=True):
    """A token to create."""

    name: Name


class TokenWire(Struct, frozen=True):
    """What is known about a token; the token itself is not shown."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


class NewTokenWire(Struct, frozen=True):
    """A token that was just created; `token` is never shown again."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    token: str


class TokensController(Controller):
    """The tokens that give access to this API."""

    path = "/api/tokens"
    tags = ("tokens",)

    @get()
    async def many(self, tokens: Tokens, limit: Limit = 50, cursor: Cursor = None) -> Listing[TokenWire]:
        """All tokens, newest first."""
        found = await tokens.page(read_cursor(cursor, tuple[datetime, UUID]), limit + 1)
        return page_of(found, limit, _show, lambda token: (token.created_at, token.id))

    @post()
    async def create(self, request: Request[Any, UUID, Any], tokens: Tokens, data: TokenCreate) -> NewTokenWire:
        """Create a token; it is shown only in this response."""
        created = await tokens.create(data.name, bearer_of(request), await once(request, _kept))
        token = created.token
        return NewTokenWire(token.id, token.name, token.created_at, token.last_used_at, created.secret)

    @delete("/{token_id:uuid}")
    async def revoke(self, tokens: Tokens, token_id: UUID) -> None:
        """Revoke a token."""
        await tokens.revoke(token_id)


def _show(token: Token) -> TokenWire:
    return TokenWire(token.id, token.name, token.created_at, token.last_used_at)


def _kept(token: Token) -> StoredResponse:
    """The response to store: without the token itself, which must not be in the database."""
    return StoredResponse(201, msgspec.json.encode(token))
