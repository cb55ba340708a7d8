"""Authentication by the API token in the Authorization header.  Only routes marked IS_OPEN need no token."""

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
    """Lets only requests with a valid token through; `request.auth` is then the id of the token."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """Identify the token.  Raises Unauthorized."""
        bearer = bearer_of(connection)
        if not bearer:
            raise Unauthorized("send a token: `Authorization: Bearer llms_…`")
        tokens: Tokens = connection.app.state.tokens
        # Limited here as well, because on a route marked TAKES_LONG nothing else is, and Postgres may be away.
        token_id = await within_time_limit(tokens.identify(bearer))
        return AuthenticationResult(user=None, auth=token_id)


def bearer_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The token in the Authorization header (RFC 6750, section 2.1); empty if there is none."""
    header = connection.headers.get("authorization", "")
    return header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else ""


async def once(request: Request[Any, UUID, Any], respond: Callable[[T], StoredResponse]) -> Once[T]:
    """What makes a use case run once for this request's Idempotency-Key; `respond` builds the response to store.

    Raises InvalidInput if the key is empty or too long.
    """
    key = request.headers.get("idempotency-key")
    if key is None:
        return Once(None, respond)
    if not 0 < len(key) <= MAX_KEY:
        raise InvalidInput("Idempotency-Key", f"must have 1 to {MAX_KEY} characters")
    asked = f"{request.method} {request.url.path}\n".encode() + await request.body()
    return Once(IdempotentRequest(request.auth, key, hashlib.sha256(asked).digest()), respond)


def send(response: StoredResponse) -> Response[bytes]:
    """Send a response whose bytes were built before, so that they can be stored for an Idempotency-Key."""
    return Response(response.body, status_code=response.status, media_type=MediaType.JSON)
