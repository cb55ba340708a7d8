from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from llmstxt_sched.crawler.host_pace import LocalPace, OwnPace, Pace, TimedPace, longest_wait
from llmstxt_sched.outbound.traffic import Traffic


async def turns(pace: Pace, host: str, delay: float, count: int) -> list[float]:
    loop = asyncio.get_running_loop()

    async def turn() -> float:
        await pace.wait(host, delay)
        return loop.time()

    return sorted(await asyncio.gather(*(turn() for _ in range(count))))


async def test_requests_to_one_host_are_spread() -> None:
    began = asyncio.get_running_loop().time()
    times = await turns(LocalPace(), "a.example", 0.05, 4)
    # Not from one to the next: the one before may have been told of its turn late.
    assert all(at - began >= number * 0.05 - 0.005 for number, at in enumerate(times))


async def test_hosts_do_not_wait_for_each_other() -> None:
    pace = LocalPace()
    await pace.wait("a.example", 3600)
    await asyncio.wait_for(pace.wait("b.example", 3600), 5)


async def test_a_host_that_asked_for_it_is_left_alone() -> None:
    loop = asyncio.get_running_loop()
    pace = LocalPace()
    began = loop.time()
    await pace.back_off("a.example", 0.1)
    await pace.back_off("a.example", 0.01)
    await pace.wait("a.example", 0)
    assert loop.time() - began >= 0.1


async def test_hosts_of_long_ago_are_forgotten() -> None:
    pace = LocalPace()
    for number in range(5000):
        await pace.wait(f"{number}.example", 0)
    assert len(pace._turns._free_at) <= 1001


async def test_the_longest_wait_is_noted() -> None:
    traffic = Traffic()
    pace = TimedPace(LocalPace(), traffic)
    await turns(pace, "a.example", 0.05, 3)
    await pace.wait("b.example", 0)
    assert 0.09 <= traffic.longest_wait < 5


async def test_a_crawls_own_delay_holds_up_its_own_requests_alone() -> None:
    shared = LocalPace()
    slow = OwnPace(shared, 3600)
    await slow.wait("a.example", 0)
    waiting = asyncio.create_task(slow.wait("a.example", 0))
    async with asyncio.timeout(5):
        await slow.wait("b.example", 0)
        await OwnPace(shared, 0).wait("a.example", 0)
    assert not waiting.done()
    waiting.cancel()


async def test_requests_with_a_delay_of_their_own_are_spread_however_long_the_others_took() -> None:
    shared = LocalPace()
    await shared.back_off("a.example", 0.1)
    times = await turns(OwnPace(shared, 0.05), "a.example", 0, 3)
    assert all(later - earlier >= 0.045 for earlier, later in pairwise(times))


async def test_a_request_that_would_come_after_the_crawls_end_is_given_up_at_once() -> None:
    deadline = asyncio.get_running_loop().time() + 60
    pace = OwnPace(LocalPace(), 3600, deadline)
    await pace.wait("a.example", 0)
    with pytest.raises(TimeoutError):
        await pace.wait("a.example", 0)
    assert asyncio.get_running_loop().time() < deadline - 50


def test_the_longest_wait_is_that_behind_all_who_may_ask() -> None:
    assert longest_wait(1, 1, 0.25) == 120 + 4 * 30
    assert longest_wait(2, 2, 60) == 120 + 12 * 60
