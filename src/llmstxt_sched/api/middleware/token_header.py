"""The token in the Authorization header of a request."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from litestar.connection import ASGIConnection
from litestar.types import Scope

from llmstxt_sched.services.pings import PREFIX

# Marks a handler that takes a token by basic authentication as well: what feed readers know.  A browser sends what was
# once typed there along with whatever page makes the request, so it may mark only what changes nothing.
TAKES_BASIC = "takes_basic"
# Marks a handler that takes a ping token as well, and checks it itself: only it knows of which project.
TAKES_PINGS = "takes_pings"
BEARER, BASIC = "bearer", "basic"


def token_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The token (RFC 6750, section 2.1; RFC 7617 with the token as the password); empty if there is none."""
    scheme, _, value = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == BEARER:
        return value.strip()
    if scheme.lower() == BASIC and takes_basic(connection.scope):
        return _password(value.strip())
    return ""


def ping_token_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The ping token of a request to a handler that takes one; empty if there is none."""
    handler = connection.scope.get("route_handler")
    token = token_of(connection)
    return token if handler and handler.opt.get(TAKES_PINGS) and token.startswith(PREFIX) else ""


def challenge(scope: Scope) -> str:
    """What WWW-Authenticate says to a request without a valid token."""
    return 'Bearer, Basic realm="llmstxt-sched"' if takes_basic(scope) else "Bearer"


def takes_basic(scope: Scope) -> bool:
    """Whether the handler of the request is marked so; none is, where no route was found."""
    handler = scope.get("route_handler")
    return handler is not None and bool(handler.opt.get(TAKES_BASIC))


def _password(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
