"""Who asks, by the token in the Authorization header or by the cookie of a session, and whether they may."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any, TypeVar

from litestar import MediaType, Request, Response
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from llmstxt_sched.api.middleware.client_address import client_address
from llmstxt_sched.api.middleware.same_origin import is_cross_origin, is_same_origin
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.middleware.time_limit import SAFE_METHODS, within_time_limit
from llmstxt_sched.api.middleware.token_header import ping_token_of, token_of
from llmstxt_sched.api.permissions import Need, need_of
from llmstxt_sched.domain.user import Identity, TokenScope, refusal
from llmstxt_sched.errors import Forbidden, InvalidInput, Unauthorized
from llmstxt_sched.outbound.networks import IpNetwork
from llmstxt_sched.services.idempotency import IdempotentRequest, Once
from llmstxt_sched.services.people.audit import PINGER, Actor, acting_as, actor_of
from llmstxt_sched.services.people.sessions import Sessions
from llmstxt_sched.services.people.tokens import Tokens
from llmstxt_sched.services.pings import PREFIX
from llmstxt_sched.store.idempotency import StoredResponse

T = TypeVar("T")

MAX_KEY = 200
OF_PINGS_ALONE = (
    "a ping token may do nothing but ping its project: for all else `llmstxt-sched token create NAME` makes one"
)
NOT_OURS = "this request did not come from our own pages: a program sends a token instead of the cookie"


class Access(ASGIMiddleware):
    """Lets a request through if whoever asks may make it; `request.auth` is then their Identity.

    It is None on open routes, and for whoever sends a ping token, which the handler checks.

    What the request does is recorded in the audit log as theirs.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(
        self,
        tokens: Tokens,
        sessions: Sessions,
        cookie: SessionCookie,
        public_url: str,
        trusted_proxies: tuple[IpNetwork, ...],
    ) -> None:
        self._tokens = tokens
        self._sessions = sessions
        self._cookie = cookie
        self._public_url = public_url
        self._trusted_proxies = trusted_proxies

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Serve one request.  Raises Unauthorized and Forbidden."""
        request = Request[Any, Any, Any](scope)
        need, is_ping = need_of(request.method, scope["path_template"]), bool(ping_token_of(request))
        identity = None
        if need is not Need.OPEN and not is_ping:
            identity = await identify(request, self._tokens, self._sessions, self._cookie)
        changes = request.method not in SAFE_METHODS
        if changes:
            self._check_origin(request, identity)
        if identity:
            _check_role(identity, need, changes=changes)
        scope["auth"], scope["user"] = identity, None
        address = client_address(request, self._trusted_proxies)
        nobody = Actor(address=address, user_name=PINGER if is_ping else None)
        with acting_as(actor_of(identity, address) if identity else nobody):
            await next_app(scope, receive, send)

    def _check_origin(self, connection: ASGIConnection[Any, Any, Any, Any], identity: Identity | None) -> None:
        """Check that a request which changes something is not made by another site."""
        if identity and identity.session_id:
            # Browsers send the cookie along whichever page makes the request.
            is_refused = not is_same_origin(connection.headers, self._public_url)
        else:
            # Otherwise another site could sign a browser in or out, for instance as somebody else.
            is_refused = identity is None and is_cross_origin(connection.headers, self._public_url)
        if is_refused:
            raise Forbidden(NOT_OURS)


def _check_role(identity: Identity, need: Need, *, changes: bool) -> None:
    if need is Need.ACCOUNT and not identity.owns_account:
        raise Forbidden("a token cannot change the account of its user: sign in by a link, or by name and password")
    reason = refusal(identity, need.role)
    if reason:
        raise Forbidden(reason)
    if changes and identity.is_read_only:
        # Not even what is its user's own.
        raise Forbidden(f"this token may only read: use one with the scope '{TokenScope.WRITE}'")


async def identify(
    connection: ASGIConnection[Any, Any, Any, Any], tokens: Tokens, sessions: Sessions, cookie: SessionCookie
) -> Identity:
    """Who asks; if a request has both, the token counts.  Raises Unauthorized and Unavailable."""
    # Limited here as well, because on a route marked TAKES_LONG nothing else is, and Postgres may be away.
    if token := token_of(connection):
        if token.startswith(PREFIX):
            raise Unauthorized(OF_PINGS_ALONE)
        return await within_time_limit(tokens.identify(token))
    if secret := cookie.read(connection):
        return await within_time_limit(sessions.identify(secret))
    raise Unauthorized("send a token, `Authorization: Bearer llms_…`, or sign in")


def secret_of(request: Request[Any, Identity, Any], cookie: SessionCookie) -> str:
    """The secret by which whoever asks is known: only they can repeat a request that derives another from it."""
    return token_of(request) or cookie.read(request)


async def once(
    request: Request[Any, Identity, Any], respond: Callable[[T], StoredResponse], secret: str = ""
) -> Once[T]:
    """What makes a use case run once for this request's Idempotency-Key; `respond` builds the response to store.

    With `secret`, from `secret_of`, nobody can check a guess at the body against what is stored of it.

    Raises InvalidInput if the key is empty or too long, or there are several.
    """
    keys, owner_id = request.headers.getall("idempotency-key", []), request.auth.owner_id
    if not keys or owner_id is None:
        return Once(None, respond)
    if len(keys) > 1:
        raise InvalidInput("Idempotency-Key", "is given more than once: send one")
    key = keys[0]
    if not 0 < len(key) <= MAX_KEY:
        raise InvalidInput("Idempotency-Key", f"must have 1 to {MAX_KEY} characters")
    query = request.scope["query_string"]
    path = request.url.path.encode() + (b"?" + query if query else b"")
    asked = b"%s %s\n%s" % (request.method.encode(), path, await request.body())
    digest = hmac.digest(secret.encode(), asked, "sha256") if secret else hashlib.sha256(asked).digest()
    return Once(IdempotentRequest(owner_id, key, digest), respond)


def send(response: StoredResponse) -> Response[bytes]:
    """Send a response whose bytes were built before, so that they can be stored for an Idempotency-Key."""
    return Response(response.body, status_code=response.status, media_type=MediaType.JSON)
