"""The metrics of this process in Prometheus' text format: counters, and gauges that are read at each scrape.

They are in a registry of their own, not in prometheus_client's global one, so that each `Metrics` counts from zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from llmstxt_sched.domain.notifications.delivery import DeliveryStatus
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.run import TERMINAL, RunStatus

# Without the charset, which Litestar adds.
CONTENT_TYPE = CONTENT_TYPE_LATEST.partition("; charset=")[0]

# What retention deletes: pages that runs saw, runs, versions, and rows of the ledger and of the logs.
KINDS_OF_HISTORY = ("seen_pages", "runs", "versions", "occurrences", "audit", "events", "deliveries")


class Reading(Struct, frozen=True):
    """The values read for one scrape; None, if a server did not answer, leaves the metric out."""

    due_lag_seconds: float | None
    active_leases: int | None
    queue_depth: int | None
    member_restarts: Mapping[str, int]
    oldest_waiting_seconds: float | None = None
    retrying: int | None = None
    halted: int | None = None
    held: int | None = None
    oldest_delivery_seconds: float | None = None


class Metrics:
    """The counters of this process, since its start."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._ticks = self._counter("ticks", "Ticks that went through")
        self._tick_errors = self._counter("tick_errors", "Ticks that failed, also because a server was away")
        self._due = self._counter("due", "Occurrences and retries that ticks found due")
        self._rescued = self._counter("rescued", "Runs taken back from a lease that had run out")
        self._requeued = self._counter("requeued", "Jobs that Redis had lost and got again")
        self._fenced = self._counter("fenced_commits", "Results refused because the run was not held any more")
        self._deleted = self._counter("retention_deleted", "Rows deleted because of their age, by kind", "kind")
        for kind in KINDS_OF_HISTORY:
            self._deleted.labels(kind)
        self._ended = self._counter("runs_ended", "Runs that ended, by state", "status")
        for status in sorted(TERMINAL):
            self._ended.labels(status)

        self._attempts = self._counter(
            "delivery_attempts",
            "Attempts to tell a target of an event, by its kind and how it stands then",
            "kind",
            "status",
        )

    def tick_done(self, due: int, requeued: int) -> None:
        """Count a successful tick."""
        self._ticks.inc()
        self._due.inc(due)
        self._requeued.inc(requeued)

    def tick_failed(self) -> None:
        """Count a failed tick."""
        self._tick_errors.inc()

    def run_ended(self, status: RunStatus) -> None:
        """Count a run that has ended; a status in which the run waits for its next attempt is ignored."""
        if status in TERMINAL:
            self._ended.labels(status).inc()

    def run_rescued(self, status: RunStatus) -> None:
        """Count a run that was taken back from a dead worker, and its end if that was its last attempt."""
        self._rescued.inc()
        self.run_ended(status)

    def commit_fenced(self) -> None:
        """Count a result that was refused because the lease was lost."""
        self._fenced.inc()

    def delivery_attempted(self, kind: TargetKind, status: DeliveryStatus) -> None:
        """Count an attempt of a delivery, by what kind of target it is for and how the delivery stands after it."""
        self._attempts.labels(kind, status).inc()

    def retention_deleted(self, deleted: Mapping[str, int]) -> None:
        """Count rows that were deleted because of their age, by kind."""
        for kind, count in deleted.items():
            self._deleted.labels(kind).inc(count)

    def expose(self, reading: Reading) -> bytes:
        """The response body for a scrape: the counters, and the gauges with the values of `reading`."""
        return generate_latest(self._registry) + generate_latest(_ReadingCollector(reading))

    def _counter(self, name: str, documentation: str, *labels: str) -> Counter:
        return Counter(name, documentation, labels, namespace="llmstxt", registry=self._registry)


class _ReadingCollector(Collector):
    """Makes the metrics of one `Reading` readable by prometheus_client."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def collect(self) -> Iterator[Metric]:
        """The metrics whose value could be read."""
        reading = self._reading
        gauges = {
            "llmstxt_due_lag_seconds": ("How long the oldest due job has been waiting", reading.due_lag_seconds),
            "llmstxt_active_leases": ("Runs that some process holds", reading.active_leases),
            "llmstxt_queue_depth": ("Jobs in the queue", reading.queue_depth),
            "llmstxt_oldest_waiting_seconds": (
                "How long the oldest run that may start has been waiting for a worker",
                reading.oldest_waiting_seconds,
            ),
            "llmstxt_retrying_runs": ("Runs that wait for their next attempt", reading.retrying),
            "llmstxt_halted_schedules": ("Schedules that a failed run has halted", reading.halted),
            "llmstxt_held_versions": ("Versions that wait for a decision", reading.held),
            "llmstxt_oldest_pending_delivery_seconds": (
                "How long the oldest event that somebody is still to be told of has been waiting",
                reading.oldest_delivery_seconds,
            ),
        }
        for name, (documentation, value) in gauges.items():
            if value is not None:
                yield GaugeMetricFamily(name, documentation, value=value)
        restarts = CounterMetricFamily(
            "llmstxt_member_restarts", "Crashes of a member of this process", labels=["member"]
        )
        for member, count in reading.member_restarts.items():
            restarts.add_metric([member], count)
        yield restarts
