"""The names of all Redis keys.  A prefix with a hash tag, such as `{llmstxt}:`, keeps them in one slot of a cluster."""

from __future__ import annotations

import re
from uuid import UUID

from msgspec import Struct


def glob_escaped(text: str) -> str:
    """`text` as a pattern of Redis' SCAN that matches nothing else: a prefix may hold brackets."""
    return re.sub(r"([\\*?\[\]^-])", r"\\\1", text)


class Keys(Struct, frozen=True):
    """The keys; every name starts with `prefix`."""

    prefix: str = ""

    @property
    def scheduled(self) -> str:
        """Sorted set: job id → due time in epoch seconds.  Holds next occurrences and waiting retries."""
        return f"{self.prefix}scheduled:jobs"

    @property
    def queue(self) -> str:
        """List: ids of jobs that may start now; workers take them from the left, where runs by hand come first."""
        return f"{self.prefix}generate:queue"

    @property
    def front(self) -> str:
        """String: the id of the run by hand or initial run that was put into the queue last."""
        return f"{self.prefix}generate:front"

    @property
    def workers(self) -> str:
        """Sorted set: worker → time of its last heartbeat in epoch seconds."""
        return f"{self.prefix}generate:workers"

    @property
    def epoch(self) -> str:
        """String: set by a full rebuild.  If it is missing, Redis has lost its keys."""
        return f"{self.prefix}scheduled:epoch"

    @property
    def probe(self) -> str:
        """String: written for the health check alone, to see whether the server takes writes."""
        return f"{self.prefix}scheduled:probe"

    def processing(self, worker: UUID | str) -> str:
        """List: ids that one worker has taken.  A process gets a new worker id each time it starts."""
        return f"{self.prefix}generate:processing:{worker}"

    def job(self, job_id: UUID | str) -> str:
        """Hash: what is shown of a job."""
        return f"{self.prefix}job:{job_id}"

    def pace(self, host: str) -> str:
        """String: when the next request to a host may be sent, in epoch milliseconds by the clock of Redis."""
        return f"{self.prefix}pace:{host}"

    def robots(self, origin: str) -> str:
        """String: a copy of the robots.txt of an origin, packed; expires when it may no longer be used."""
        return f"{self.prefix}robots:{origin}"

    def limit(self, what: str, who: str) -> str:
        """String: how often somebody has done something since the key was made; expires at the end of the window."""
        return f"{self.prefix}limit:{what}:{who}"
