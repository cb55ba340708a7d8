from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from llmstxt_sched.worker.held_runs import Cut, HeldRun, HeldRuns, Phase


@pytest.fixture
async def held() -> AsyncIterator[HeldRun]:
    """A run that never ends by itself."""
    task: asyncio.Task[None] = asyncio.create_task(asyncio.sleep(3600))
    yield HeldRun(uuid4(), uuid4(), task)
    task.cancel()


async def test_a_run_is_renewed_while_it_is_held_and_not_while_it_finishes(held: HeldRun) -> None:
    runs = HeldRuns()
    assert runs.leases() == []
    with runs.holding(held):
        assert runs.leases() == [(held.run_id, held.token)]
        with runs.in_phase(held.token, Phase.FINISHING):
            assert runs.leases() == []
            assert held.run_id in runs
        assert runs.leases() == [(held.run_id, held.token)]
    assert len(runs) == 0


async def test_a_lost_lease_cuts_its_run_short_and_no_other(held: HeldRun) -> None:
    runs = HeldRuns()
    with runs.holding(held):
        runs.lose({UUID(int=1)})
        assert held.cut is None
        runs.lose({held.token})
        await asyncio.wait([held.task])
    assert held.task.cancelled()
    assert held.cut is Cut.LEASE_LOST


async def test_a_run_whose_lease_was_lost_is_not_handed_back_at_a_stop(held: HeldRun) -> None:
    runs = HeldRuns()
    with runs.holding(held):
        runs.lose({held.token})
        runs.stop_all()
    assert held.cut is Cut.LEASE_LOST


async def test_a_lease_that_could_not_be_renewed_in_time_is_told_from_one_that_another_process_took(
    held: HeldRun,
) -> None:
    runs = HeldRuns()
    with runs.holding(held):
        assert runs.lose_all() == 1
        runs.stop_all()
    assert held.cut is Cut.NOT_RENEWED


async def test_a_lease_that_was_not_renewed_cuts_its_run_short(held: HeldRun) -> None:
    runs = HeldRuns()
    with runs.holding(held):
        runs.lose_unless({held.token}, runs.leases())
        assert held.cut is None
        runs.lose_unless(set(), runs.leases())
    assert held.cut is Cut.LEASE_LOST


async def test_a_run_that_comes_back_is_held_by_its_new_lease_alone(held: HeldRun) -> None:
    """Its first holder lets go, or is cut short, without a word for the second."""
    runs, again = HeldRuns(), HeldRun(held.run_id, uuid4(), held.task)
    with runs.holding(again):
        with runs.holding(held), runs.in_phase(held.token, Phase.FINISHING):
            assert runs.leases() == [(again.run_id, again.token)]
            runs.lose_unless({again.token}, [(held.run_id, held.token), *runs.leases()])
        assert runs.leases() == [(again.run_id, again.token)]
        assert held.run_id in runs
    assert (len(runs), again.cut) == (0, None)


async def test_a_run_that_ends_while_leases_are_renewed_is_not_cut_short(held: HeldRun) -> None:
    runs = HeldRuns()
    with runs.holding(held):
        leases = runs.leases()
        with runs.in_phase(held.token, Phase.FINISHING):
            runs.lose_unless(set(), leases)
    assert held.cut is None


async def test_a_run_whose_end_is_tried_keeps_its_lease_and_is_not_taken_for_lost(held: HeldRun) -> None:
    runs = HeldRuns()
    with runs.holding(held):
        with runs.in_phase(held.token, Phase.ENDING):
            assert runs.leases() == [(held.run_id, held.token)]
            assert (runs.lose_all(), held.cut) == (0, None)
            with runs.in_phase(held.token, Phase.FINISHING):
                assert runs.leases() == []
            assert runs.leases() == [(held.run_id, held.token)]
            assert runs.lose_all() == 0
        assert runs.lose_all() == 1
