"""Jobs, and the hash `job:{id}` in Redis, which is only for display and is rebuilt when lost."""

from __future__ import annotations

import math
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.run import LiveCrawl, Progress, Trigger

# How long the hash of a finished job can still be looked at.
KEPT_SECONDS = 24 * 3600


class Job(Struct, frozen=True):
    """A job; `due_at` is set only if it waits in `scheduled:jobs`."""

    id: UUID
    project_id: UUID
    trigger: Trigger
    scheduled_for: datetime | None = None
    due_at: datetime | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the hash that stay the same for the lifetime of the job."""
        return {
            "project_id": str(self.project_id),
            "trigger": self.trigger.value,
            "scheduled_for": self.scheduled_for.isoformat() if self.scheduled_for else "",
        }


def read_id(member: str) -> UUID | None:
    """The job id in a member of a list or set; None if the member is not in the form in which we write ids."""
    try:
        found = UUID(member)
    except ValueError:
        return None
    return found if str(found) == member else None


class ShownJob(Struct, frozen=True):
    """What the hash tells: the state of the job, empty if unknown, and its crawl as it was last reported."""

    state: str
    crawl: LiveCrawl | None


def crawl_fields(crawl: LiveCrawl) -> dict[str, int | float | str]:
    """A crawl in progress as fields of the hash."""
    progress = crawl.progress
    return {
        "found": progress.found,
        "fetched": progress.fetched,
        "unchanged": progress.unchanged,
        "failed": progress.failed,
        "skipped": progress.skipped,
        "started_at": crawl.started_at.isoformat() if crawl.started_at else "",
        "seconds": round(crawl.seconds, 3),
        "url": crawl.url or "",
    }


def read_job(fields: dict[str, str]) -> ShownJob:
    """What a hash tells.  What is missing or malformed is left out."""
    progress = _read_progress(fields)
    return ShownJob(fields.get("state", ""), _read_crawl(progress, fields) if progress else None)


def _read_progress(fields: dict[str, str]) -> Progress | None:
    try:
        return Progress(**{name: int(fields[name]) for name in Progress.__struct_fields__})
    except (KeyError, ValueError):
        return None


def _read_crawl(progress: Progress, fields: dict[str, str]) -> LiveCrawl:
    try:
        started_at, seconds = datetime.fromisoformat(fields["started_at"]), float(fields["seconds"])
    except (KeyError, ValueError):
        return LiveCrawl(progress)
    url = fields.get("url", "")
    is_url = bool(url) and url.isascii() and url.isprintable()
    if started_at.tzinfo is None or not math.isfinite(seconds) or seconds < 0:
        return LiveCrawl(progress)
    return LiveCrawl(progress, started_at, seconds, url if is_url else None)
