"""Targets over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, delete, get, patch, post
from msgspec import UNSET, Meta, Struct, UnsetType, structs

from llmstxt_sched.api.middleware.access import once, secret_of
from llmstxt_sched.api.middleware.rate_limits import limit_creates, limit_triggers
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG
from llmstxt_sched.api.projects import Name
from llmstxt_sched.api.requests.bodies import faults_of
from llmstxt_sched.api.requests.calls import CHECKS_THE_REST, TAKES_KEY
from llmstxt_sched.api.requests.paging import Cursor, Listing, PagedList, PageSize
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.notifications.delivery_log import DeliveryLog
from llmstxt_sched.services.notifications.mail.addresses import MailAddresses
from llmstxt_sched.services.notifications.targets import NewTarget, Targets
from llmstxt_sched.services.notifications.wanted_targets import TargetPatch, WantedTarget
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.notifications.targets import Target

Address = Annotated[str, Meta(min_length=1, max_length=2000)]
Kinds = Annotated[tuple[EventKind, ...], Meta(min_length=1, max_length=20)]
Options = Annotated[dict[str, Any], Meta(max_length=30)]
Secret = Annotated[str, Meta(max_length=200)]
Token = Annotated[str, Meta(max_length=500)]


class TargetCreate(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to be told of events; null stands for what this kind has if nothing is said."""

    kind: TargetKind
    name: Name
    address: Address
    project_id: UUID | None = None
    events: Kinds | None = None
    only_changes: bool | None = None
    is_ordered: bool = False
    options: Options = {}
    secret: Secret | None = None
    token: Token | None = None
    is_enabled: bool = True


class TargetPatchWire(Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a target to change; its kind and its project stay."""

    name: Name | UnsetType = UNSET
    address: Address | UnsetType = UNSET
    events: Kinds | UnsetType = UNSET
    only_changes: bool | UnsetType = UNSET
    is_ordered: bool | UnsetType = UNSET
    options: Options | UnsetType = UNSET
    token: Token | UnsetType = UNSET
    is_enabled: bool | UnsetType = UNSET


class SecretRotation(Struct, frozen=True, forbid_unknown_fields=True):
    """A secret to change to; without one, a new one is made."""

    secret: Secret | None = None


class TargetWire(Struct, frozen=True):
    """Who is told of events; of its address nothing is shown that may be secret."""

    id: UUID
    project_id: UUID | None
    kind: TargetKind
    name: str
    address: str
    events: tuple[EventKind, ...]
    only_changes: bool
    is_ordered: bool
    options: dict[str, Any]
    is_enabled: bool
    disabled_reason: str | None
    failing_since: Time | None
    confirmed_at: Time | None
    created_at: Time
    updated_at: Time


class NewTargetWire(TargetWire, frozen=True, kw_only=True):
    """A target that was just made, or whose secret was changed; the secret is not shown by other calls."""

    secret: str | None


class TestAnswerWire(Struct, frozen=True):
    """What a target answered to a test; without a status there was no answer, and `error` says why."""

    status_code: int | None
    milliseconds: int
    body: str
    error: str


class TargetsController(Controller):
    """Who is told of events."""

    path = "/api/targets"
    tags = ("notifications",)

    @get(operation_id="list_targets")
    async def many(
        self, targets: Targets, project_id: UUID | None = None, limit: PageSize = 50, cursor: Cursor = None
    ) -> Listing[TargetWire]:
        """Targets, newest first: of one project, or all."""
        listed = PagedList(tuple[datetime, UUID], "targets", project_id)
        found = await targets.page(project_id, listed.read(cursor), limit + 1)
        return listed.page(found, limit, show_target, lambda target: (target.created_at, target.id))

    @post(guards=[limit_creates], opt={TAKES_KEY: True, CHECKS_THE_REST: True}, operation_id="create_target")
    async def create(
        self, request: Request[Any, Identity, Any], targets: Targets, session_cookie: SessionCookie, data: TargetCreate
    ) -> NewTargetWire:
        """Make a target; without a project it is told of all of them, and needs an admin.

        A webhook's secret is in this response, and in no other.
        """
        faults = faults_of(request)
        if faults.knows("project_id"):
            # Who may make it depends on it.
            faults.tell()
        wanted = WantedTarget(**{name: getattr(data, name) for name in data.__struct_fields__})
        key: Once[Target] = Once()
        with faults:
            key = await once(request, _kept, secret_of(request, session_cookie))
        return _show_new(await targets.create(wanted, request.auth.role, key, faults))

    @get("/{target_id:uuid}", operation_id="get_target")
    async def one(self, targets: Targets, target_id: UUID) -> TargetWire:
        """One target."""
        return show_target(await targets.get(target_id))

    @patch("/{target_id:uuid}", opt={CHECKS_THE_REST: True}, operation_id="edit_target")
    async def edit(
        self, request: Request[Any, Identity, Any], targets: Targets, target_id: UUID, data: TargetPatchWire
    ) -> TargetWire:
        """Change a target; one that is disabled is told nothing, and what it was not told yet is given up."""
        wanted = TargetPatch(**structs.asdict(data))
        return show_target(await targets.edit(target_id, wanted, request.auth.role, faults_of(request)))

    @delete("/{target_id:uuid}", operation_id="delete_target")
    async def remove(self, request: Request[Any, Identity, Any], targets: Targets, target_id: UUID) -> None:
        """Delete a target with its deliveries."""
        await targets.delete(target_id, request.auth.role)

    @post(
        "/{target_id:uuid}/test",
        guards=[limit_triggers],
        opt={TAKES_LONG: True},
        status_code=200,
        operation_id="test_target",
    )
    async def test(
        self, request: Request[Any, Identity, Any], delivery_log: DeliveryLog, target_id: UUID
    ) -> TestAnswerWire:
        """Tell a target of a test at once, and wait for its answer."""
        answer = await delivery_log.test(target_id, request.auth.role)
        return TestAnswerWire(answer.status_code, answer.milliseconds, answer.body, answer.error)

    @post("/{target_id:uuid}/confirmation", guards=[limit_creates], status_code=204, operation_id="ask_again")
    async def ask_again(
        self, request: Request[Any, Identity, Any], mail_addresses: MailAddresses, target_id: UUID
    ) -> None:
        """Send an address of mail another link by which its reader confirms it; those before are not valid any more."""
        await mail_addresses.ask_again(target_id, request.auth.role)

    @post("/{target_id:uuid}/secret", opt={TAKES_KEY: True}, status_code=200, operation_id="rotate_secret")
    async def rotate(
        self,
        request: Request[Any, Identity, Any],
        targets: Targets,
        session_cookie: SessionCookie,
        target_id: UUID,
        data: SecretRotation | None = None,
    ) -> NewTargetWire:
        """Change a target's secret; for 24 hours the one before signs too."""
        wanted = data.secret if data else None
        key = await once(request, _kept, secret_of(request, session_cookie))
        return _show_new(await targets.rotate(target_id, request.auth.role, wanted, key))


def show_target(target: Target) -> TargetWire:
    """A target as it is shown."""
    return TargetWire(**_fields(target))


def _show_new(made: NewTarget) -> NewTargetWire:
    return NewTargetWire(**_fields(made.target), secret=made.secret or None)


def _fields(target: Target) -> dict[str, Any]:
    shown = {name: getattr(target, name) for name in TargetWire.__struct_fields__ if name != "address"}
    return {**shown, "address": target.shown_address}


def _kept(target: Target) -> StoredResponse:
    """The response to store: without the secret, which is read from the target if the request is repeated."""
    return StoredResponse(201, msgspec.json.encode({"id": target.id}))
