"""The scheduler's loop: a tick at every interval, and an extra one on request."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import structlog

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.process.outage import Outage
from llmstxt_sched.process.waiting import stopped_within
from llmstxt_sched.scheduler.tick import Tick, TickReport

log = structlog.get_logger(__name__)


# A scheduler without a successful tick for this many intervals counts as down.
SILENT_PERIODS = 3
# A pause of this share of the interval follows even a tick that took longer, so that the servers get to other work.
LEAST_PAUSE = 0.1


def pause_after(tick_seconds: float, interval_seconds: float) -> float:
    """How long to wait after a tick, so that ticks begin at the interval however long they take."""
    return max(interval_seconds - tick_seconds, LEAST_PAUSE * interval_seconds)


class SchedulerLoop:
    """A member of the process that runs the ticks; remembers the last one for the health check."""

    def __init__(self, tick: Tick, interval_seconds: float, metrics: Metrics) -> None:
        self._tick = tick
        self._metrics = metrics
        self.interval_seconds = interval_seconds
        self._outage = Outage("tick", "a server")
        self.last_tick_at: datetime | None = None
        self.last_report: TickReport | None = None
        self._last_tick: float | None = None
        self._has_begun = False
        self._turn = asyncio.Lock()

    @property
    def seconds_since(self) -> float | None:
        """Seconds since the last successful tick, or since `run` began if there was none; None before that."""
        if self._last_tick is None:
            return None
        return round(asyncio.get_running_loop().time() - self._last_tick, 3)

    @property
    def is_late(self) -> bool:
        """Whether ticks should come, and none has for SILENT_PERIODS intervals.  False in a process without a loop."""
        since = self.seconds_since
        return self._has_begun and since is not None and since > SILENT_PERIODS * self.interval_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until `stop`.  A failed tick is logged (an outage of a server only once) and followed by the next."""
        loop = asyncio.get_running_loop()
        self._has_begun = True
        self._last_tick = self._last_tick or loop.time()
        while not stop.is_set():
            begun = loop.time()
            try:
                await self.tick()
            except Unavailable as error:
                self._outage.note(error)
            except Exception:
                log.exception("tick failed")
            await stopped_within(stop, pause_after(loop.time() - begun, self.interval_seconds))

    async def tick(self) -> TickReport:
        """Run one tick now, or after the current one has finished.  Raises `Unavailable`."""
        try:
            async with self._turn:
                report = await self._tick.run()
        except Exception:
            self._metrics.tick_failed()
            raise
        self._metrics.tick_done(report.due, report.requeued)
        self._outage.clear()
        self.last_tick_at, self.last_report = datetime.now(UTC), report
        self._last_tick = asyncio.get_running_loop().time()
        if report.did_something:
            log.info("tick done", **{name: getattr(report, name) for name in report.__struct_fields__})
        return report
