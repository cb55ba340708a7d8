"""A run: its statuses, the moves between them, and how long a failed run waits for its retry."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct


class RunStatus(StrEnum):
    """The status of a run."""

    QUEUED = "QUEUED"
    IN_PROGRESS = "IN_PROGRESS"
    RETRYING = "RETRYING"
    COMPLETE_NO_DIFFS = "COMPLETE_NO_DIFFS"
    COMPLETE_WITH_DIFFS = "COMPLETE_WITH_DIFFS"
    FAILED = "FAILED"
    CANCELED = "CANCELED"


class Trigger(StrEnum):
    """What caused a run to be created."""

    INITIAL = "initial"
    SCHEDULE = "schedule"
    MANUAL = "manual"


# Somebody waits for such a run: it comes before scheduled ones.
URGENT = frozenset({Trigger.MANUAL, Trigger.INITIAL})


class HeldVersion(StrEnum):
    """What became of a version that a run did not publish, because most of what is published would vanish."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DISCARDED = "discarded"


ACTIVE = frozenset({RunStatus.QUEUED, RunStatus.IN_PROGRESS, RunStatus.RETRYING})
COMPLETE = frozenset({RunStatus.COMPLETE_NO_DIFFS, RunStatus.COMPLETE_WITH_DIFFS})
TERMINAL = frozenset(RunStatus) - ACTIVE


class Move(Struct, frozen=True):
    """A legal change of status: from any of `sources` to `target`."""

    sources: frozenset[RunStatus]
    target: RunStatus


CLAIM = Move(frozenset({RunStatus.QUEUED, RunStatus.RETRYING}), RunStatus.IN_PROGRESS)
HAND_BACK = Move(frozenset({RunStatus.IN_PROGRESS}), RunStatus.QUEUED)
RETRY = Move(frozenset({RunStatus.IN_PROGRESS}), RunStatus.RETRYING)
FAIL = Move(frozenset({RunStatus.IN_PROGRESS}), RunStatus.FAILED)
COMPLETE_SAME = Move(frozenset({RunStatus.IN_PROGRESS}), RunStatus.COMPLETE_NO_DIFFS)
COMPLETE_CHANGED = Move(frozenset({RunStatus.IN_PROGRESS}), RunStatus.COMPLETE_WITH_DIFFS)
CANCEL = Move(ACTIVE, RunStatus.CANCELED)

# All legal moves; a trigger in the database rejects any other.
MOVES = (CLAIM, HAND_BACK, RETRY, FAIL, COMPLETE_SAME, COMPLETE_CHANGED, CANCEL)


class Progress(Struct, frozen=True):
    """The counts of a crawl so far; `found` counts the addresses that were or will be visited."""

    found: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def visited(self) -> int:
        """How many of the addresses have been visited."""
        return self.fetched + self.unchanged + self.failed + self.skipped


class Injection(Struct, frozen=True):
    """A page that addresses the model of an agent that reads it, and the passage."""

    url: str
    text: str


class ReachedLimit(Struct, frozen=True):
    """A limit that left something out, and the first address that it left out or cut short."""

    name: str
    where: str


class Politeness(Struct, frozen=True):
    """What a crawl asked of its site.

    `requests` are all, also for robots.txt, sitemaps and redirects; `bytes` are those of bodies, packed as they were
    sent, and `bytes_saved` those of pages that had not changed.  `robots_rules` counts the lines of robots.txt that
    were obeyed, `longest_wait` is how many seconds one request waited for its turn.
    """

    requests: int = 0
    not_modified: int = 0
    bytes: int = 0
    bytes_saved: int = 0
    robots_rules: int = 0
    longest_wait: float = 0.0
    retries: int = 0
    user_agent: str = ""


class NeedsRendering(Struct, frozen=True):
    """How many pages hold nothing until their scripts run in a browser, and the first of them."""

    count: int = 0
    urls: tuple[str, ...] = ()


class RunReport(Struct, frozen=True, omit_defaults=True):
    """What a run found that its owner should know.

    `dropped` counts what was left out of the main content of the pages that it read, by kind.  `unjudged` counts
    the articles that keep what stands beside them, because judging it failed, by the name of the error.
    `unmatched_globs` are the project's include and exclude patterns that matched no address, `unmatched_selectors` its
    selectors that matched nothing on the pages that it read.  `politeness` is None for runs that did not end well, and
    for those from before there was one.
    """

    injections: tuple[Injection, ...] = ()
    dropped: dict[str, int] = {}
    unjudged: dict[str, int] = {}
    limits: tuple[ReachedLimit, ...] = ()
    politeness: Politeness | None = None
    unmatched_globs: tuple[str, ...] = ()
    unmatched_selectors: tuple[str, ...] = ()
    needs_rendering: NeedsRendering = NeedsRendering()


# With fewer visits than this, the time that a crawl will still take is anybody's guess.
MIN_VISITS = 5


class LiveCrawl(Struct, frozen=True):
    """A crawl in progress: when it began, for how many seconds it has been going on, and the address visited last.

    `started_at` is None, and `seconds` zero, where they are unknown.
    """

    progress: Progress
    started_at: datetime | None = None
    seconds: float = 0.0
    url: str | None = None

    @property
    def pages_per_second(self) -> float:
        """The visits per second since the crawl began."""
        return self.progress.visited / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate of how long the crawl will still take; it grows as more addresses are found."""
        if not self.seconds or self.progress.visited < MIN_VISITS:
            return None
        return max(self.progress.found - self.progress.visited, 0) / self.pages_per_second


MAX_BACKOFF = timedelta(minutes=15)
MAX_RETRY_AFTER = timedelta(hours=1)


def backoff(failures: int, base: float, spread: float, retry_after: float | None = None) -> timedelta:
    """How long a run waits for its retry after its `failures`-th failure in a row.

    `base` is in seconds; `spread` is a random factor in [0.5, 1.5) that keeps runs from being retried all at once.
    The site's Retry-After (`retry_after`, in seconds) is honoured up to MAX_RETRY_AFTER.
    """
    # The exponent is limited because 2.0 ** 1024 overflows; the wait reaches MAX_BACKOFF long before.
    wait = min(timedelta(seconds=base * 2.0 ** min(failures - 1, 30) * spread), MAX_BACKOFF)
    asked = min(timedelta(seconds=retry_after or 0), MAX_RETRY_AFTER)
    return max(wait, asked)
