"""Guards of the routes that nobody may call too often: a limit is checked before the body is read."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from llmstxt_sched.api.middleware.client_address import client_address
from llmstxt_sched.api.middleware.token_header import ping_token_of
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.services.people.access_secrets import hash_secret
from llmstxt_sched.services.rate_limits import Asker, RateLimits


async def limit_creates(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Count the creation of a project.  Raises TooManyRequests."""
    await count_create(connection)


async def count_create(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Count the creation of one of several projects.  Raises TooManyRequests."""
    await _limits(connection).create(_asker(connection))


async def limit_triggers(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Count a request for runs.  Raises TooManyRequests."""
    await _limits(connection).trigger(_asker(connection))


def _limits(connection: ASGIConnection[Any, Any, Any, Any]) -> RateLimits:
    limits: RateLimits = connection.app.state.limits
    return limits


def _asker(connection: ASGIConnection[Any, Any, Any, Any]) -> Asker:
    identity: Identity | None = connection.auth
    address = client_address(connection, connection.app.state.trusted_proxies)
    if identity is None:
        return Asker(hash_secret(ping_token_of(connection)).hex(), is_token=True, address=address)
    return Asker(str(identity.owner_id), is_token=identity.session_id is None, address=address)
