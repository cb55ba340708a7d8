"""Jobs, and the hash `job:{id}` in Redis, which is only for display and is rebuilt when lost."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.run import Progress, Trigger

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


def progress_fields(progress: Progress) -> dict[str, int]:
    """A crawl's progress as fields of the hash."""
    return {
        "found": progress.found,
        "fetched": progress.fetched,
        "unchanged": progress.unchanged,
        "failed": progress.failed,
        "skipped": progress.skipped,
    }


def read_progress(fields: dict[str, str]) -> Progress | None:
    """The progress in a hash; None if it is missing or malformed."""
    try:
        return Progress(**{name: int(fields[name]) for name in Progress.__struct_fields__})
    except (KeyError, ValueError):
        return None
