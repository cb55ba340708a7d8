"""Pings of deployments over HTTP: a site's own CI asks for a run once what it has built is live."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, delete, get, post
from msgspec import Struct

from llmstxt_sched.api.middleware.access import once, secret_of
from llmstxt_sched.api.middleware.rate_limits import limit_triggers
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.middleware.token_header import TAKES_PINGS, ping_token_of
from llmstxt_sched.api.requests.calls import TAKES_KEY
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.services.pings import KeptPingToken, Pinged, Pings
from llmstxt_sched.store.idempotency import StoredResponse


class PingedRun(Struct, frozen=True):
    """The run that sees what was deployed; a ping token tells no more of it."""

    id: UUID
    number: int
    status: RunStatus


class PingWire(Struct, frozen=True):
    """What came of a ping: a run, or when one is due, which is one for all pings until then."""

    run: PingedRun | None
    due_at: Time | None


class PingStandingWire(Struct, frozen=True):
    """The pings of a project, and since when it has a token for them."""

    token_created_at: Time | None
    last_ping_at: Time | None
    last_run_at: Time | None
    due_at: Time | None


class NewPingTokenWire(Struct, frozen=True):
    """A ping token that was just made; `token` is never shown again."""

    token: str
    created_at: Time


class PingsController(Controller):
    """Telling of deployments, and the tokens that may do nothing else."""

    path = "/api/projects/{project_id:uuid}"
    tags = ("pings",)

    @post(
        "/ping",
        status_code=202,
        guards=[limit_triggers],
        opt={TAKES_PINGS: True},
        operation_id="ping_project",
    )
    async def ping(self, request: Request[Any, Identity | None, Any], pings: Pings, project_id: UUID) -> PingWire:
        """Ask for a run after a deployment: the first one is queued at once, all in five minutes become one more."""
        return _show(await pings.ping(project_id, ping_token_of(request)))

    @get("/ping", operation_id="get_pings")
    async def standing(self, pings: Pings, project_id: UUID) -> PingStandingWire:
        """When the project was pinged last, and whether it has a token for that."""
        found = await pings.standing(project_id)
        return PingStandingWire(**{name: getattr(found, name) for name in PingStandingWire.__struct_fields__})

    @post("/ping-token", opt={TAKES_KEY: True}, operation_id="create_ping_token")
    async def make_token(
        self, request: Request[Any, Identity, Any], pings: Pings, session_cookie: SessionCookie, project_id: UUID
    ) -> NewPingTokenWire:
        """Make a token that may do nothing but ping this project; the one before ends."""
        made = await pings.make_token(project_id, secret_of(request, session_cookie), await once(request, _kept))
        return NewPingTokenWire(made.secret, made.created_at)

    @delete("/ping-token", operation_id="revoke_ping_token")
    async def revoke_token(self, pings: Pings, project_id: UUID) -> None:
        """Revoke the project's ping token."""
        await pings.revoke_token(project_id)


def _kept(token: KeptPingToken) -> StoredResponse:
    """The response to store: without the token, which must not be in the database."""
    return StoredResponse(201, msgspec.json.encode(token))


def _show(pinged: Pinged) -> PingWire:
    run = pinged.run
    return PingWire(PingedRun(run.id, run.number, run.status) if run else None, pinged.due_at)
