from __future__ import annotations

import os

import pytest
from tests.jobs.conftest import Jobs

from llmstxt_sched.domain.robots_copy import MAX_AGE_SECONDS, RobotsCopy
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.robots_copies import RedisRobotsCopies

ORIGIN = "https://docs.example"
COPY = RobotsCopy(bytes(range(256)) + "Disallow: /ü".encode(), '"1"', "Mon, 23 Nov 2026 12:00:00 GMT")


async def test_a_copy_is_there_for_all_for_a_day(jobs: Jobs) -> None:
    await RedisRobotsCopies(jobs.redis, jobs.keys).put(ORIGIN, COPY)
    peer = RedisRobotsCopies(jobs.redis, jobs.keys)
    assert await peer.get(ORIGIN) == COPY
    assert await peer.get("https://other.example") is None
    assert MAX_AGE_SECONDS - 60 < await jobs.redis.ttl(jobs.keys.robots(ORIGIN)) <= MAX_AGE_SECONDS


async def test_a_copy_that_is_too_large_is_not_kept_nor_the_one_before(jobs: Jobs) -> None:
    copies = RedisRobotsCopies(jobs.redis, jobs.keys)
    await copies.put(ORIGIN, COPY)
    await copies.put(ORIGIN, RobotsCopy(b"Disallow: /a\n" * 30_000))
    assert await jobs.redis.strlen(jobs.keys.robots(ORIGIN)) < 32_000
    await copies.put(ORIGIN, RobotsCopy(os.urandom(100_000)))
    assert await copies.get(ORIGIN) is None


@pytest.mark.parametrize("value", ["", "x", "x\u20ac"])
async def test_a_value_that_is_none_of_ours_is_no_copy(jobs: Jobs, value: str) -> None:
    await jobs.redis.set(jobs.keys.robots(ORIGIN), value)
    assert await RedisRobotsCopies(jobs.redis, jobs.keys).get(ORIGIN) is None


async def test_with_redis_away_there_are_no_copies(jobs: Jobs, tmp_path_factory: pytest.TempPathFactory) -> None:
    client = connect(f"unix://{tmp_path_factory.mktemp('none')}/none.sock", 2)
    copies = RedisRobotsCopies(client, jobs.keys)
    await copies.put(ORIGIN, COPY)
    assert await copies.get(ORIGIN) is None
    await client.aclose()
