from __future__ import annotations

import asyncio

import pytest

from llmstxt_sched.crawler.ordered_tasks import OrderedTasks


def later(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


async def drain(queue: OrderedTasks[int, int]) -> list[int]:
    results = []
    while taken := await queue.take(later(5)):
        results.append(taken[1])
    return results


async def test_results_come_in_the_order_of_the_items() -> None:
    async def work(item: int) -> int:
        await asyncio.sleep((10 - item) / 500)
        return item

    queue = OrderedTasks(work, 4)
    queue.put(range(10))
    assert await drain(queue) == list(range(10))
    assert not queue.has_more


async def test_no_more_is_begun_than_there_is_room_for() -> None:
    begun: list[int] = []

    async def work(item: int) -> int:
        begun.append(item)
        await asyncio.sleep(0.01)
        return item

    queue = OrderedTasks(work, 3)
    queue.put(range(100))
    await queue.take(later(5))
    assert len(begun) == 3
    await queue.close()


async def test_an_item_put_first_is_next() -> None:
    async def work(item: int) -> int:
        return item

    queue = OrderedTasks(work, 2)
    queue.put([1, 2, 3])
    await queue.take(later(5))
    queue.put_first(9)
    assert await drain(queue) == [9, 2, 3]


async def test_at_the_deadline_what_is_done_is_still_given() -> None:
    async def work(item: int) -> int:
        if item > 1:
            await asyncio.sleep(60)
        return item

    queue = OrderedTasks(work, 3)
    queue.put([0, 1, 2, 3])
    assert await queue.take(later(5)) == (0, 0)
    await asyncio.sleep(0)
    assert await queue.take(later(-1)) == (1, 1)
    assert await queue.take(later(-1)) is None
    assert queue.has_more
    await queue.close()


async def test_work_that_cannot_be_done_in_time_ends_the_wait_for_it() -> None:
    async def give_up(_: int) -> int:
        raise TimeoutError

    queue = OrderedTasks(give_up, 1)
    queue.put([0, 1])
    assert await queue.take(later(60)) is None
    assert (queue.has_more, queue.first) == (True, 0)
    await queue.close()


async def test_an_error_comes_out_in_its_turn() -> None:
    async def work(item: int) -> int:
        if item == 1:
            raise ValueError(item)
        return item

    queue = OrderedTasks(work, 3)
    queue.put([0, 1, 2])
    assert await queue.take(later(5)) == (0, 0)
    with pytest.raises(ValueError, match="1"):
        await queue.take(later(5))
    await queue.close()


async def test_closing_cancels_what_runs() -> None:
    ended: list[int] = []

    async def work(item: int) -> int:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(item)
        return item

    queue = OrderedTasks(work, 2)
    queue.put([0, 1])
    assert await queue.take(later(0.02)) is None
    await queue.close()
    assert sorted(ended) == [0, 1]


async def test_others_get_their_turn_between_results_that_are_there_already() -> None:
    async def at_once(item: int) -> int:
        return item

    tasks = OrderedTasks[int, int](at_once, 8)
    tasks.put(range(8))
    deadline = later(60)
    await tasks.take(deadline)
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count_turns())
    for _ in range(7):
        await tasks.take(deadline)
    counting.cancel()
    assert turns >= 5
