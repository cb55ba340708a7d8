"""Instants, and the occurrences of a cron expression after one."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

from llmstxt_sched.domain.schedule import Cron, Occurrence, occurrences

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def following(expression: str, zone: str, after: datetime, count: int) -> list[Occurrence]:
    """The first `count` occurrences after an instant."""
    return list(islice(occurrences(Cron(expression, zone), after), count))
