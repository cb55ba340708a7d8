"""What receivers get of each kind of event: `{"type", "timestamp", "data"}`, as Standard Webhooks 1.0 has it.  Pure.

The schemas of the API's description are made of these structs.  Fields are only ever added.
"""

from __future__ import annotations

from typing import Literal, TypeAlias
from uuid import UUID

import msgspec
from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.run import HeldVersion, RunStatus, Trigger
from llmstxt_sched.domain.times import Time

# So many changes of entries are told with a run; `entries_total` says how many there are.
MOST_ENTRIES = 200


class ToldProject(Struct, frozen=True):
    """A project; `url` is the site's address, `page` that of the project's page in this service."""

    id: UUID
    name: str
    url: str
    page: str


class ToldRun(Struct, frozen=True):
    """A run that has ended."""

    id: UUID
    number: int
    trigger: Trigger
    status: RunStatus
    started_at: Time | None
    finished_at: Time | None
    summary: str | None


class ToldCounts(Struct, frozen=True):
    """How many pages were added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class ToldEntry(Struct, frozen=True):
    """A change of one entry of llms.txt; what `before` and `after` hold depends on its `kind`."""

    kind: str
    url: str
    title: str
    before: str | None
    after: str | None


class ToldError(Struct, frozen=True):
    """Why a run failed."""

    code: str
    message: str


class ToldTarget(Struct, frozen=True):
    """Who is told of events."""

    id: UUID
    name: str
    kind: TargetKind


class RunCompletedData(Struct, frozen=True, kw_only=True):
    """A run completed, or the version that it left held was accepted.

    `documents_changed` says that a new version was published by this; `llms_txt` is the address of the llms.txt now in
    force, `previous_llms_txt` of the one before it, `changes_page` of the page that compares them.
    """

    project: ToldProject
    run: ToldRun
    documents_changed: bool
    held: HeldVersion | None
    pages: ToldCounts
    entries: tuple[ToldEntry, ...]
    entries_total: int
    llms_txt: str
    previous_llms_txt: str | None
    changes_page: str


class RunFailedData(Struct, frozen=True, kw_only=True):
    """A run failed for good: there will be no other attempt of it."""

    project: ToldProject
    run: ToldRun
    error: ToldError


class ScheduleHaltedData(Struct, frozen=True, kw_only=True):
    """A schedule halted; `halted_by` is the run that failed, if one did."""

    project: ToldProject
    reason: str
    halted_by: UUID | None


class ScheduleResumedData(Struct, frozen=True, kw_only=True):
    """A schedule that was halted runs again."""

    project: ToldProject


class VersionHeldData(Struct, frozen=True, kw_only=True):
    """A run's version waits to be accepted or rejected, because most of what is published would vanish."""

    project: ToldProject
    run: ToldRun
    pages: ToldCounts
    changes_page: str


class ProjectStaleData(Struct, frozen=True, kw_only=True):
    """A project's documents were not renewed by `stale_after`, half a period after they should have been."""

    project: ToldProject
    stale_after: Time


class ProjectRecoveredData(Struct, frozen=True, kw_only=True):
    """A project that was in trouble since `troubled_since` is well again."""

    project: ToldProject
    troubled_since: Time


class DeliveryDisabledData(Struct, frozen=True, kw_only=True):
    """A target is told nothing any more, for this reason; without a project it is one of all projects."""

    project: ToldProject | None
    target: ToldTarget
    reason: str


class ProbeData(Struct, frozen=True, kw_only=True):
    """A test that somebody asked for."""

    project: ToldProject | None
    target: ToldTarget


class RunCompleted(Struct, frozen=True):
    """A run completed, or its held version was accepted."""

    type: Literal["run.completed"]
    timestamp: Time
    data: RunCompletedData


class RunFailed(Struct, frozen=True):
    """A run failed for good."""

    type: Literal["run.failed"]
    timestamp: Time
    data: RunFailedData


class ScheduleHalted(Struct, frozen=True):
    """A schedule halted."""

    type: Literal["schedule.halted"]
    timestamp: Time
    data: ScheduleHaltedData


class ScheduleResumed(Struct, frozen=True):
    """A halted schedule runs again."""

    type: Literal["schedule.resumed"]
    timestamp: Time
    data: ScheduleResumedData


class VersionHeld(Struct, frozen=True):
    """A version waits for a decision."""

    type: Literal["version.held"]
    timestamp: Time
    data: VersionHeldData


class ProjectStale(Struct, frozen=True):
    """A project's documents are stale."""

    type: Literal["project.stale"]
    timestamp: Time
    data: ProjectStaleData


class ProjectRecovered(Struct, frozen=True):
    """A project is well again."""

    type: Literal["project.recovered"]
    timestamp: Time
    data: ProjectRecoveredData


class DeliveryDisabled(Struct, frozen=True):
    """A target is told nothing any more."""

    type: Literal["delivery.disabled"]
    timestamp: Time
    data: DeliveryDisabledData


class Probe(Struct, frozen=True):
    """A test."""

    type: Literal["test"]
    timestamp: Time
    data: ProbeData


Payload: TypeAlias = (
    RunCompleted
    | RunFailed
    | ScheduleHalted
    | ScheduleResumed
    | VersionHeld
    | ProjectStale
    | ProjectRecovered
    | DeliveryDisabled
    | Probe
)
PAYLOADS: dict[EventKind, type[Payload]] = {
    EventKind.RUN_COMPLETED: RunCompleted,
    EventKind.RUN_FAILED: RunFailed,
    EventKind.SCHEDULE_HALTED: ScheduleHalted,
    EventKind.SCHEDULE_RESUMED: ScheduleResumed,
    EventKind.VERSION_HELD: VersionHeld,
    EventKind.PROJECT_STALE: ProjectStale,
    EventKind.PROJECT_RECOVERED: ProjectRecovered,
    EventKind.DELIVERY_DISABLED: DeliveryDisabled,
    EventKind.TEST: Probe,
}


def read_payload(kind: EventKind, body: bytes) -> Payload:
    """The payload of an event of this kind, from its JSON."""
    return msgspec.json.decode(body, type=PAYLOADS[kind])
