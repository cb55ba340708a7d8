"""The member of the process that hands events to their targets and delivers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.process.outage import Outage
from llmstxt_sched.services.notifications.deliveries import Deliveries
from llmstxt_sched.store.notifications.deliveries import ClaimedDelivery

log = structlog.get_logger(__name__)

LOOK_SECONDS = 0.5
# With fewer, claims would follow each other as fast as receivers answer.
BETWEEN_SECONDS = 0.005
# Attempts at once in this process; half of them are left to targets that do not fail, so that hundreds that hang hold
# up nobody else.
AT_ONCE = 256
FAILING_AT_ONCE = AT_ONCE // 2
# When the process stops, an attempt that takes longer is left to another process.
DRAIN_SECONDS = 3.0

# Something to be done at each look: it returns how much it did; if that is not 0, the next look comes at once.
Step = Callable[[], Awaitable[int]]


class Deliver:
    """Takes the `steps`, each in its turn, and makes the attempts that are due, until it is to stop.

    The steps are taken twice a second, and oftener as long as there is more for one of them.
    """

    def __init__(self, deliveries: Deliveries, *steps: Step) -> None:
        self._deliveries = deliveries
        self._steps = steps
        self._outage = Outage("deliver", "Postgres")
        # The steps that failed last: one statement may fail for long, as behind a lock, while others go through.
        self._in_vain = set[tuple[Step, ...]]()
        self._under_way: dict[asyncio.Task[None], ClaimedDelivery] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop`.  A failed step is logged (an outage only once) and followed by the next."""
        stopped = asyncio.create_task(stop.wait())
        looked_at = float("-inf")
        try:
            while not stop.is_set():
                if time.monotonic() - looked_at >= LOOK_SECONDS:
                    looked_at = time.monotonic()
                    if await self._take(self._steps):
                        looked_at = float("-inf")
                await self._take((self._begin_due,))
                await asyncio.wait({stopped}, timeout=BETWEEN_SECONDS)
                waited = {stopped, *self._under_way}
                rest = max(0.0, looked_at + LOOK_SECONDS - time.monotonic())
                await asyncio.wait(waited, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
                self._forget_ended()
        finally:
            stopped.cancel()
            await self._drain()

    async def _take(self, steps: tuple[Step, ...]) -> int:
        # Each once, so that what one has much of holds up no attempts.
        done = 0
        for step in steps:
            try:
                done += await step()
            except Unavailable as error:
                self._in_vain.add(steps)
                self._outage.note(error)
                return 0
            except Exception:
                # One step that fails must not keep the others from being taken.
                log.exception("deliveries failed")
        self._in_vain.discard(steps)
        if not self._in_vain:
            self._outage.clear()
        return done

    async def _begin_due(self) -> int:
        room = AT_ONCE - len(self._under_way)
        failing = sum(claimed.is_failing for claimed in self._under_way.values())
        if room > 0:
            for claimed in await self._deliveries.claim(room, max(0, FAILING_AT_ONCE - failing)):
                self._under_way[asyncio.create_task(self._attempt(claimed))] = claimed
        return 0

    async def _attempt(self, claimed: ClaimedDelivery) -> None:
        about = {"delivery_id": str(claimed.id), "target_id": str(claimed.target_id)}
        try:
            await self._deliveries.attempt(claimed)
        except Unavailable as error:
            log.warning("attempt could not be noted", reason=error.message, **about)
        except Exception:
            log.exception("attempt failed", **about)

    def _forget_ended(self) -> None:
        for task in [task for task in self._under_way if task.done()]:
            del self._under_way[task]

    async def _drain(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=DRAIN_SECONDS)
        left = [claimed for task, claimed in self._under_way.items() if task.cancel()]
        if left:
            await asyncio.wait(self._under_way, timeout=DRAIN_SECONDS)
            with suppress(Unavailable):
                await self._deliveries.hand_back(left)
