"""Actions on many projects over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, post
from litestar.openapi.datastructures import ResponseSpec
from msgspec import UNSET, Meta, Struct, UnsetType, structs

from llmstxt_sched.api.middleware.access import once, send
from llmstxt_sched.api.middleware.rate_limits import limit_triggers
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG
from llmstxt_sched.api.requests.calls import TAKES_KEY
from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.schedule import SchedulePatch, ScheduleState
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.errors import Faults, InvalidInput
from llmstxt_sched.services.projects.bulk import Bulk, BulkAction, BulkOutcome, Matching
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.projects import ProjectFilter


class BulkFilter(Struct, frozen=True, forbid_unknown_fields=True):
    """Which projects, as in the list of projects; all of them if nothing is given."""

    q: Annotated[str, Meta(max_length=200)] | None = None
    status: ProjectStatus | None = None
    schedule: Literal["daily", "weekly", "custom", "none"] | None = None
    label: Annotated[str, Meta(max_length=50)] | None = None
    schedule_state: ScheduleState | None = None


class BulkSchedule(Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of each project's schedule to change."""

    cron_expression: str | UnsetType | None = UNSET
    timezone: str | UnsetType = UNSET
    is_enabled: bool | UnsetType = UNSET


class BulkRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """What to do with which projects: those of `ids`, or all that `filter` finds.

    With a filter, `expected` is the number of projects that it was seen to find.  `schedule` is for that action only.
    """

    action: BulkAction
    ids: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=500)] | None = None
    filter: BulkFilter | None = None
    expected: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None
    schedule: BulkSchedule | None = None
    dry_run: bool = False


class BulkController(Controller):
    """Actions on many projects at once."""

    path = "/api/projects/bulk"
    tags = ("projects",)

    @post(
        status_code=200,
        responses={200: ResponseSpec(BulkOutcome)},
        guards=[limit_triggers],
        opt={TAKES_KEY: True, TAKES_LONG: True},
        operation_id="apply_to_projects",
    )
    async def apply(self, request: Request[Any, Identity, Any], bulk: Bulk, data: BulkRequest) -> Response[bytes]:
        """Do one thing with many projects, each for itself; the answer names those with which it could not be done."""
        selected, patch = _read(data)
        if data.dry_run:
            return send(_answer(await bulk.preview(selected, patch)))
        return send(_answer(await bulk.apply(data.action, selected, patch, await once(request, _answer))))


def _answer(outcome: BulkOutcome) -> StoredResponse:
    return StoredResponse(200, msgspec.json.encode(outcome))


def _read(data: BulkRequest) -> tuple[tuple[UUID, ...] | Matching, SchedulePatch]:
    """What is selected, and the patch of their schedules.  Raises InvalidInput with all that is wrong."""
    selected: tuple[UUID, ...] | Matching = ()
    patch = SchedulePatch()
    faults = Faults()
    with faults:
        selected = _selected(data)
    with faults:
        patch = _patch(data)
    faults.tell()
    return selected, patch


def _selected(data: BulkRequest) -> tuple[UUID, ...] | Matching:
    if data.ids is not None and data.filter is None:
        return data.ids
    if data.filter is None or data.ids is not None:
        raise InvalidInput("ids", "give either ids or a filter")
    if data.expected is None and not data.dry_run:
        raise InvalidInput("expected", "with a filter, give the number of projects that you expect it to find")
    wanted = data.filter
    lists = ProjectFilter(wanted.q, wanted.schedule, wanted.label, wanted.schedule_state)
    return Matching(lists, wanted.status, data.expected)


def _patch(data: BulkRequest) -> SchedulePatch:
    patch = SchedulePatch(**structs.asdict(data.schedule)) if data.schedule else SchedulePatch()
    if (data.action is BulkAction.SCHEDULE) == patch.is_empty:
        raise InvalidInput("schedule", "is for the action `schedule`, and needed there")
    return patch
