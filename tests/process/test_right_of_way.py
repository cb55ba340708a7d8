from __future__ import annotations

import asyncio

import pytest

from llmstxt_sched.process import right_of_way
from llmstxt_sched.process.right_of_way import RightOfWay

FOREVER = 3600.0


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(right_of_way, "_REQUEST_SECONDS", FOREVER)
    monkeypatch.setattr(right_of_way, "_WAIT_SECONDS", FOREVER)


async def test_a_crawl_does_not_pause_while_there_is_no_request() -> None:
    going = RightOfWay().give_way()
    with pytest.raises(StopIteration):
        going.send(None)


async def test_crawls_wait_until_all_requests_have_ended() -> None:
    shared = RightOfWay()
    first, second = shared.begin(), shared.begin()
    crawls = [asyncio.create_task(shared.give_way()) for _ in range(3)]
    await asyncio.sleep(0)
    first()
    first()
    assert not any([await _has_ended(each) for each in crawls])
    second()
    await asyncio.gather(*crawls)


async def test_the_next_request_is_waited_for_as_the_first_was() -> None:
    shared = RightOfWay()
    for _ in range(2):
        end = shared.begin()
        crawl = asyncio.create_task(shared.give_way())
        assert not await _has_ended(crawl)
        end()
        await crawl


async def test_a_request_that_waits_itself_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(right_of_way, "_REQUEST_SECONDS", 0.01)
    shared = RightOfWay()
    shared.begin()
    await shared.give_way()
    with pytest.raises(StopIteration):
        shared.give_way().send(None)


async def test_requests_that_follow_each_other_stop_no_crawl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(right_of_way, "_WAIT_SECONDS", 0.01)
    shared = RightOfWay()
    shared.begin()
    await shared.give_way()


async def test_crawls_that_waited_in_vain_go_on_for_a_while_before_they_wait_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = RightOfWay()
    shared.begin()
    monkeypatch.setattr(right_of_way, "_WAIT_SECONDS", 0.01)
    await shared.give_way()
    await asyncio.sleep(0.02)
    again = asyncio.create_task(shared.give_way())
    await asyncio.sleep(0)
    monkeypatch.setattr(right_of_way, "_WAIT_SECONDS", FOREVER)
    assert not again.done()
    await again
    with pytest.raises(StopIteration):
        shared.give_way().send(None)


async def test_a_crawl_that_is_cancelled_meanwhile_leaves_the_others_waiting() -> None:
    shared = RightOfWay()
    end = shared.begin()
    cancelled, crawl = (asyncio.create_task(shared.give_way()) for _ in range(2))
    assert not await _has_ended(crawl)
    cancelled.cancel()
    assert not await _has_ended(crawl)
    end()
    await crawl


async def _has_ended(task: asyncio.Task[None]) -> bool:
    for _ in range(3):
        await asyncio.sleep(0)
    return task.done()
