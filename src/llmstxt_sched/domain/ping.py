"""When the ping of a deployment becomes a run: the first at once, those of the minutes after it together, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.domain.run import RunStatus

# Sites are deployed several times in a row, by each push to their repository; and a crawl takes a while itself.
QUIET = timedelta(minutes=5)
# Later than this from now no ping is due, and no run was made for one: a clock that was ahead has said so.
MOST_AHEAD = 2 * QUIET


class PingState(Struct, frozen=True):
    """The pings of a project: the last one, the last run that they led to, and when the next one is due, if any is."""

    last_ping_at: datetime | None = None
    last_run_at: datetime | None = None
    due_at: datetime | None = None


class PingMove(StrEnum):
    """What a ping leads to: a new run, the next attempt of one at once, nothing more than a run to come, or a wait."""

    START = "start"
    WAKE = "wake"
    JOIN = "join"
    WAIT = "wait"


class PingOutcome(NamedTuple):
    """What is to be done, and the pings after that."""

    move: PingMove
    pings: PingState


def take_ping(pings: PingState, active: RunStatus | None, now: datetime) -> PingOutcome:
    """Decide on a ping; `active` is the status of the project's active run.

    A run that has yet to start sees what was deployed; one in progress may have read the pages before that.
    """
    pings = _by_the_right_clock(pings, now)
    quiet_until = pings.last_run_at + QUIET if pings.last_run_at else now
    is_quiet = now < quiet_until
    asked = replace(pings, last_ping_at=now)
    if active is RunStatus.IN_PROGRESS or (active is None and is_quiet):
        return PingOutcome(PingMove.WAIT, replace(asked, due_at=pings.due_at or max(now, quiet_until)))
    asked = replace(asked, last_run_at=pings.last_run_at if is_quiet else now, due_at=None)
    if active is None:
        return PingOutcome(PingMove.START, asked)
    return PingOutcome(PingMove.WAKE if active is RunStatus.RETRYING and not is_quiet else PingMove.JOIN, asked)


def fire_pings(pings: PingState, active: RunStatus | None, started_at: datetime | None, now: datetime) -> PingOutcome:
    """Decide on pings that may be due; `started_at` is when the project's last run started."""
    pings = _by_the_right_clock(pings, now)
    if pings.due_at is None or pings.due_at > now:
        return PingOutcome(PingMove.WAIT, pings)
    # A run that seems to start in the future may have started before the ping, by a clock that was ahead.
    is_seen = started_at is not None and pings.last_ping_at is not None and pings.last_ping_at < started_at <= now
    if active is RunStatus.IN_PROGRESS and not is_seen:
        return PingOutcome(PingMove.WAIT, pings)
    if active is not None or is_seen:
        return PingOutcome(PingMove.JOIN, replace(pings, due_at=None))
    return PingOutcome(PingMove.START, replace(pings, last_run_at=now, due_at=None))


def _by_the_right_clock(pings: PingState, now: datetime) -> PingState:
    latest = now + MOST_AHEAD
    if pings.last_run_at and pings.last_run_at > latest:
        pings = replace(pings, last_run_at=None)
    return replace(pings, due_at=now) if pings.due_at and pings.due_at > latest else pings
