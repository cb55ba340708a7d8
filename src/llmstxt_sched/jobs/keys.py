"""The names of all keys.  A prefix such as `{llmstxt}:` keeps them in one slot of a cluster."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct


class Keys(Struct, frozen=True):
    """Every key, behind `prefix`."""

    prefix: str = ""

    @property
    def scheduled(self) -> str:
        """Sorted set: job id → due time in epoch seconds, next occurrences and retries."""
        return f"{self.prefix}scheduled:jobs"

    @property
    def queue(self) -> str:
        """List: ids of jobs that may start now, taken from the left."""
        return f"{self.prefix}generate:queue"

    @property
    def workers(self) -> str:
        """Sorted set: worker → time of its last heartbeat in epoch seconds."""
        return f"{self.prefix}generate:workers"

    @property
    def epoch(self) -> str:
        """String that a full rebuild sets; gone means that Redis was wiped."""
        return f"{self.prefix}scheduled:epoch"

    def processing(self, worker: UUID | str) -> str:
        """List: ids that one incarnation of a process holds."""
        return f"{self.prefix}generate:processing:{worker}"

    def job(self, job_id: UUID | str) -> str:
        """Hash: what people see of a job."""
        return f"{self.prefix}job:{job_id}"

    def pace(self, host: str) -> str:
        """String: when a host may be asked next, in epoch seconds by Redis' clock."""
        return f"{self.prefix}pace:{host}"
