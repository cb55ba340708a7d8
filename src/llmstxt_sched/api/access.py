"""Who asks: a token in the header, found by its hash.  A route is open only where it says so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from litestar import MediaType, Request, Response
from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from llmstxt_sched.api.time_limit import within_time_limit
from llmstxt_sched.errors import InvalidInput, Unauthorized
from llmstxt_sched.services.idempotency import IdempotentRequest, Once
from llmstxt_sched.services.tokens import Tokens
from llmstxt_sched.store.idempotency import StoredResponse

T = TypeVar("T")

IS_OPEN = "is_open"
SCHEME = "bearer "
MAX_KEY = 200


class Access(AbstractAuthenticationMiddleware):
    """Lets requests with a valid token through; `request.auth` is the token's id."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """Raises Unauthorized."""
        bearer = bearer_of(connection)
        if not bearer:
            raise Unauthorized("send a token: `Authorization: Bearer llms_…`")
        tokens: Tokens = connection.app.state.tokens
        # The first thing that asks Postgres, and the only one that is bounded where the rest may take long.
        token_id = await within_time_limit(tokens.identify(bearer))
        return AuthenticationResult(user=None, auth=token_id)


def bearer_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The token in the header (RFC 6750, section 2.1); empty where there is none."""
    header = connection.headers.get("authorization", "")
    return header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else ""


async def once(request: Request[Any, UUID, Any], respond: Callable[[T], StoredResponse]) -> Once[T]:
    """A deed that is done once for this request's Idempotency-Key, with the response to what happened."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return Once(None, respond)
    if not 0 < len(key) <= MAX_KEY:
        raise InvalidInput("Idempotency-Key", f"must have 1 to {MAX_KEY} characters")
    asked = f"{request.method} {request.url.path}\n".encode() + await request.body()
    return Once(IdempotentRequest(request.auth, key, hashlib.sha256(asked).digest()), respond)


def send(response: StoredResponse) -> Response[bytes]:
    """A response that may be kept for an Idempotency-Key, byte for byte."""
    return Response(response.body, status_code=response.status, media_type=MediaType.JSON)
