"""Worker pools of an engine, wired as `app.py` wires them."""

from __future__ import annotations

from tests.support.engine import Engine

from llmstxt_sched.worker.generate import Generate
from llmstxt_sched.worker.held_runs import HeldRuns
from llmstxt_sched.worker.lookups import LookUp, Lookups
from llmstxt_sched.worker.pool import Pool
from llmstxt_sched.worker.postponed import Postponed


async def needs_no_name(_: str) -> None:
    """For sites that are not crawled, or whose address is a literal."""


def pool_of(engine: Engine, generate: Generate, held: HeldRuns, size: int = 1, look_up: LookUp = needs_no_name) -> Pool:
    """A pool of `size` workers, which carry out runs by `generate`."""
    lookups = Lookups(engine.worker, engine.leases, engine.queue, held, look_up)
    postponed = Postponed(engine.leases, engine.scheduled)
    return Pool(engine.worker, engine.leases, engine.queue, generate, held, postponed, lookups, size, engine.metrics)
