"""Previews of schedules over HTTP, before a project uses them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import Annotated
from zoneinfo import ZoneInfo

from litestar import Controller, get
from litestar.params import Parameter
from msgspec import Struct

from llmstxt_sched.domain.schedule import Note, check_cron, describe, occurrences
from llmstxt_sched.domain.times import Time


class NextTime(Struct, frozen=True):
    """One due time; `note` says if a clock change skips or repeats its local time."""

    utc: Time
    local: Time
    note: Note | None


class Preview(Struct, frozen=True):
    """A schedule in words, and its next due times."""

    text: str
    next: list[NextTime]


class ScheduleController(Controller):
    """Previews of schedules."""

    path = "/api/schedule"
    tags = ("schedule",)

    @get("/preview", sync_to_thread=True, operation_id="preview_schedule")
    def preview(
        self,
        min_period_seconds: float,
        cron_expression: str,
        timezone: str = "UTC",
        count: Annotated[int, Parameter(ge=1, le=400)] = 5,
    ) -> Preview:
        """A schedule in words and its next due times; 422 if a project could not have this schedule."""
        now = datetime.now(UTC)
        schedule = check_cron(cron_expression, timezone, now, min_period_seconds)
        zone = ZoneInfo(schedule.zone)
        found = islice(occurrences(schedule, now), count)
        return Preview(describe(schedule), [NextTime(o.at, o.at.astimezone(zone), o.note) for o in found])
