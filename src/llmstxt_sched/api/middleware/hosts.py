"""Refuses requests for another host: a name that leads here, such as one that rebinds to this machine, is not ours."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

import idna
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from llmstxt_sched.api.middleware.response_headers import HEADERS
from llmstxt_sched.api.problems import told
from llmstxt_sched.domain.urls import ascii_name

# Scripts and proxies on this machine may call the service by these.
OWN = frozenset({"localhost", "127.0.0.1", "::1"})
MISSING = "a request in HTTP/1.1 names one host, in the header Host"


class Hosts:
    """ASGI middleware around the whole API; without a `public_url` any host will do, as long as one is named."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self._app = app
        self._allowed = OWN | {_plain(urlsplit(public_url).hostname or "")} if public_url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or answer 400."""
        if scope["type"] == ScopeType.HTTP and (reason := self._refusal(scope)):
            await _refuse(scope, send, reason)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> str | None:
        named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1:
            # RFC 9112, section 3.2; before HTTP/1.1 there was no Host.
            return None if not named and scope["http_version"] == "1.0" else MISSING
        if self._allowed is not None and _name(named[0]) not in self._allowed:
            return f"this service is not at {named[0][:100]}: ask for the host of its public address"
        return None


@lru_cache(maxsize=64)
def _name(host: str) -> str:
    try:
        return _plain(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return ""


def _plain(name: str) -> str:
    """One spelling of those that a name or an address has: as browsers send it, without the dot of the root."""
    with suppress(ValueError):
        address = ip_address(name)
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return str(mapped or address)
    with suppress(idna.IDNAError, UnicodeError):
        name = ascii_name(name)
    return name.removesuffix(".")


async def _refuse(scope: Scope, send: Send, reason: str) -> None:
    body, media_type = told(scope, HTTPStatus.BAD_REQUEST, reason)
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    headers.append((b"content-type", media_type.encode()))
    await send({"type": "http.response.start", "status": HTTPStatus.BAD_REQUEST, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
