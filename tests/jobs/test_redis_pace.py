from __future__ import annotations

import asyncio

import pytest
from tests.jobs.conftest import LONGEST_WAIT, Jobs

from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.redis_pace import _FREE_SECONDS, RedisPace
from llmstxt_sched.jobs.scripts import Scripts

HOST = "example.com"
LONG = 1000.0


async def test_turns_of_a_host_are_a_delay_apart_for_all_who_ask(jobs: Jobs) -> None:
    """The waits are reserved and not slept, so that hours cost no time."""
    peer = RedisPace(jobs.scripts, jobs.keys, LONGEST_WAIT)
    waits = [await each._turn(HOST, LONG, 0) for each in (jobs.pace, peer, jobs.pace)]
    assert waits[0] == 0
    assert LONG - 30 < waits[1] <= LONG
    assert 2 * LONG - 30 < waits[2] <= 2 * LONG
    assert await peer._turn("other.example", LONG, 0) == 0


async def test_a_host_that_asked_for_it_is_left_alone_by_all(jobs: Jobs) -> None:
    await jobs.pace.back_off(HOST, LONG)
    peer = RedisPace(jobs.scripts, jobs.keys, LONGEST_WAIT)
    assert LONG - 30 < await peer._turn(HOST, 0, 0) <= LONG
    assert await peer._turn("other.example", 0, 0) == 0


async def test_a_shorter_request_to_wait_shortens_no_longer_one(jobs: Jobs) -> None:
    await jobs.pace.back_off(HOST, LONG)
    key = jobs.keys.pace(HOST)
    free = float(await jobs.redis.get(key))
    await jobs.redis.set(key, int(free) - 500_000)
    assert 0 < await jobs.pace._turn(HOST, 0, 10) <= LONG - 500
    assert float(await jobs.redis.get(key)) == int(free) - 500_000


async def test_a_key_goes_when_its_host_is_free_again(jobs: Jobs) -> None:
    await jobs.pace._turn(HOST, LONG, 0)
    assert 0 < await jobs.redis.pttl(jobs.keys.pace(HOST)) <= LONG * 1000 + 1
    await jobs.pace.wait("other.example", 0)
    async with asyncio.timeout(30):
        while await jobs.redis.exists(jobs.keys.pace("other.example")):
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("command", [("SET", "x"), ("RPUSH", "1"), ("SADD", "1")])
async def test_a_key_that_is_none_of_ours_is_overwritten(jobs: Jobs, command: tuple[str, str]) -> None:
    key = jobs.keys.pace(HOST)
    await jobs.redis.execute_command(command[0], key, command[1])
    assert await jobs.pace._turn(HOST, LONG, 0) == 0
    assert await jobs.redis.type(key) == "string"
    assert await jobs.redis.pttl(key) > 0


async def test_a_turn_later_than_any_can_be_counts_as_none(jobs: Jobs) -> None:
    """Such as one from before the clock of Redis was set back."""
    key = jobs.keys.pace(HOST)
    now = await jobs.queue.clock()
    for spoilt in (f"{(now + LONGEST_WAIT + 60) * 1000:.0f}", "1e300", "inf", "nan"):
        await jobs.redis.set(key, spoilt)
        assert await jobs.pace._turn(HOST, LONG, 0) == 0
        assert LONG - 30 < await jobs.pace._turn(HOST, LONG, 0) <= LONG
    await jobs.redis.set(key, f"{(now + LONGEST_WAIT - 60) * 1000:.0f}")
    assert LONGEST_WAIT - 90 < await jobs.pace._turn(HOST, LONG, 0) <= LONGEST_WAIT


async def test_with_redis_away_a_process_keeps_the_pace_for_itself(
    jobs: Jobs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    client = connect(f"unix://{tmp_path_factory.mktemp('none')}/none.sock", 2)
    alone = RedisPace(Scripts(client), jobs.keys, LONGEST_WAIT)
    await alone.wait(HOST, LONG)
    assert LONG - 30 < await alone._turn(HOST, LONG, 0) <= LONG
    await alone.back_off("other.example", LONG)
    assert LONG - 30 < await alone._turn("other.example", 0, 0) <= LONG
    await client.aclose()


async def test_a_process_remembers_turns_for_when_redis_goes(jobs: Jobs) -> None:
    await jobs.pace._turn(HOST, LONG, 0)
    now = asyncio.get_running_loop().time()
    assert LONG - 30 < jobs.pace._own.reserve(HOST, now, LONG) <= LONG


async def test_without_a_delay_redis_is_asked_anew_after_a_moment_or_a_request_to_wait(jobs: Jobs) -> None:
    peer = RedisPace(jobs.scripts, jobs.keys, LONGEST_WAIT)
    await jobs.pace.wait(HOST, 0)
    await peer.back_off(HOST, LONG)
    await asyncio.wait_for(jobs.pace.wait(HOST, 0), 10)
    await asyncio.sleep(_FREE_SECONDS)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(jobs.pace.wait(HOST, 0), 0.5)
    await jobs.pace.wait("other.example", 0)
    await jobs.pace.back_off("other.example", LONG)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(jobs.pace.wait("other.example", 0), 0.5)
