from __future__ import annotations

import pytest
from tests.jobs.conftest import Jobs

from llmstxt_sched.domain.rate_limits import WINDOW_SECONDS, Limit
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.rate_limits import RateCounters
from llmstxt_sched.jobs.scripts import Scripts

TWO = Limit("sign_in", "192.0.2.7", 2)


def counters(jobs: Jobs) -> RateCounters:
    return RateCounters(jobs.scripts, jobs.keys)


async def test_attempts_are_counted_for_all_processes_together(jobs: Jobs) -> None:
    one, other = counters(jobs), counters(jobs)
    assert [await each.attempt([TWO]) for each in (one, other)] == [0, 0]
    for each in (one, other):
        assert WINDOW_SECONDS - 30 < await each.attempt([TWO]) <= WINDOW_SECONDS
    assert await one.attempt([Limit("sign_in", "192.0.2.8", 2)]) == 0


async def test_a_window_ends_however_often_it_is_asked(jobs: Jobs) -> None:
    counted = counters(jobs)
    key = jobs.keys.limit("sign_in", "192.0.2.7")
    for _ in range(3):
        await counted.attempt([TWO])
    await jobs.redis.pexpire(key, 5000)
    assert 0 < await counted.attempt([TWO]) <= 5
    assert await jobs.redis.pttl(key) <= 5000
    await jobs.redis.delete(key)
    assert await counted.attempt([TWO]) == 0


async def test_what_exceeds_one_limit_is_not_charged_to_the_next(jobs: Jobs) -> None:
    counted = counters(jobs)
    own, shared = Limit("address", "a", 1), Limit("name", "n", 3)
    assert [await counted.attempt([own, shared]) > 0 for _ in range(10)] == [False] + 9 * [True]
    assert await jobs.redis.get(jobs.keys.limit("name", "n")) == "1"


@pytest.mark.parametrize("command", [("SET", "x"), ("SET", str(2**63 - 1)), ("RPUSH", "1"), ("SADD", "1")])
async def test_a_key_that_is_none_of_ours_is_overwritten(jobs: Jobs, command: tuple[str, str]) -> None:
    key = jobs.keys.limit("sign_in", "192.0.2.7")
    await jobs.redis.execute_command(command[0], key, command[1])
    assert await counters(jobs).attempt([TWO]) == 0
    assert await jobs.redis.get(key) == "1"
    assert 0 < await jobs.redis.pttl(key) <= WINDOW_SECONDS * 1000


async def test_a_key_that_lost_its_expiry_gets_one(jobs: Jobs) -> None:
    key = jobs.keys.limit("sign_in", "192.0.2.7")
    await jobs.redis.set(key, 7)
    assert await counters(jobs).attempt([TWO]) > 0
    assert 0 < await jobs.redis.pttl(key) <= WINDOW_SECONDS * 1000


async def test_with_redis_away_each_process_counts_for_itself(
    jobs: Jobs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    client = connect(f"unix://{tmp_path_factory.mktemp('none')}/none.sock", 2)
    one, other = (RateCounters(Scripts(client), jobs.keys) for _ in range(2))
    assert [await one.attempt([TWO]) for _ in range(2)] == [0, 0]
    assert WINDOW_SECONDS - 30 < await one.attempt([TWO]) <= WINDOW_SECONDS
    assert await other.attempt([TWO]) == 0
    await client.aclose()
