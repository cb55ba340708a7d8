"""Who asks: a token in the header, found by its hash.  A route is open only where it says so."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from llmstxt_sched.api.promptly import promptly
from llmstxt_sched.errors import InvalidInput, Unauthorized
from llmstxt_sched.services.replay import Replay
from llmstxt_sched.services.tokens import Tokens

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
        token_id = await promptly(tokens.identify(bearer))
        return AuthenticationResult(user=None, auth=token_id)


def bearer_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The token in the header (RFC 6750, section 2.1); empty where there is none."""
    header = connection.headers.get("authorization", "")
    return header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else ""


async def replay_of(request: Request[Any, UUID, Any]) -> Replay | None:
    """What tells this request from others with its Idempotency-Key; None without one."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not 0 < len(key) <= MAX_KEY:
        raise InvalidInput("Idempotency-Key", f"must have 1 to {MAX_KEY} characters")
    asked = f"{request.method} {request.url.path}\n".encode() + await request.body()
    return Replay(request.auth, key, hashlib.sha256(asked).digest())
