"""The scheduler: a tick every interval, and one more when somebody asks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.outage import Outage
from llmstxt_sched.scheduler.tick import TickReport

if TYPE_CHECKING:
    from llmstxt_sched.metrics import Metrics
    from llmstxt_sched.scheduler.tick import Tick

log = structlog.get_logger(__name__)


class SchedulerLoop:
    """A member of the process; remembers the last tick for health."""

    def __init__(self, tick: Tick, interval_seconds: float, metrics: Metrics) -> None:
        self._tick = tick
        self._metrics = metrics
        self._interval_seconds = interval_seconds
        self._outage = Outage("tick", "a server")
        self.last_tick_at: datetime | None = None
        self.last_report: TickReport | None = None
        self._last_tick: float | None = None

    @property
    def seconds_since(self) -> float | None:
        """Seconds since the last tick that went through, or since the start; None before that."""
        if self._last_tick is None:
            return None
        return round(asyncio.get_running_loop().time() - self._last_tick, 3)

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until `stop`.  A server that is away is waited for, said once."""
        self._last_tick = self._last_tick or asyncio.get_running_loop().time()
        while not stop.is_set():
            try:
                await self.tick()
            except Unavailable as error:
                self._outage.goes_on(error)
            except Exception:
                log.exception("tick failed")
            try:
                async with asyncio.timeout(self._interval_seconds):
                    await stop.wait()
            except TimeoutError:
                continue

    async def tick(self) -> TickReport:
        """One tick now.  Raises `Unavailable`."""
        try:
            report = await self._tick.run()
        except Exception:
            self._metrics.tick_failed()
            raise
        self._metrics.tick_done(report.due, report.requeued)
        self._outage.is_over()
        self.last_tick_at, self.last_report = datetime.now(UTC), report
        self._last_tick = asyncio.get_running_loop().time()
        if report.did_something:
            log.info("tick done", **{name: getattr(report, name) for name in report.__struct_fields__})
        return report
