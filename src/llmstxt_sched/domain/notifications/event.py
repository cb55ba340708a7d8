"""The kinds of events: what each tells, and what becomes of a project by it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct


class EventKind(StrEnum):
    """What happened; each is written once, in the transaction that makes it true."""

    RUN_COMPLETED = "run.completed"
    RUN_FAILED = "run.failed"
    SCHEDULE_HALTED = "schedule.halted"
    SCHEDULE_RESUMED = "schedule.resumed"
    VERSION_HELD = "version.held"
    PROJECT_STALE = "project.stale"
    PROJECT_RECOVERED = "project.recovered"
    DELIVERY_DISABLED = "delivery.disabled"
    TEST = "test"


class NewEvent(Struct, frozen=True):
    """What happened to a project, as it is written; `details` is what cannot be read later."""

    kind: EventKind
    details: dict[str, Any] = {}


# Somebody should look at the project; what ends it is `project.recovered`.
TROUBLE = frozenset({EventKind.RUN_FAILED, EventKind.SCHEDULE_HALTED, EventKind.VERSION_HELD, EventKind.PROJECT_STALE})
