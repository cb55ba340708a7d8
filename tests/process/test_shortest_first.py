from __future__ import annotations

import asyncio

from llmstxt_sched.process.shortest_first import ShortestFirst


async def order(queue: ShortestFirst[str], efforts: dict[str, float]) -> list[str]:
    """The order in which those who wait at once get the one item."""
    served: list[str] = []

    async def use(name: str, effort: float) -> None:
        item = await queue.get(effort)
        served.append(name)
        queue.put(item)

    item = await queue.get(0)
    async with asyncio.TaskGroup() as tasks:
        for name, effort in efforts.items():
            tasks.create_task(use(name, effort))
        await asyncio.sleep(0)
        queue.put(item)
    return served


async def test_who_has_little_work_is_served_before_those_who_have_much() -> None:
    queue = ShortestFirst(["item"])
    efforts = {"long": 60.0, "longer": 90.0, "short": 1.0, "as short": 1.0}
    assert await order(queue, efforts) == ["short", "as short", "long", "longer"]


async def test_who_has_more_work_is_not_overtaken_for_ever() -> None:
    queue = ShortestFirst(["item"])
    item = await queue.get(0)
    more = asyncio.create_task(queue.get(0.05))
    await asyncio.sleep(0.1)
    less = asyncio.create_task(queue.get(0))
    await asyncio.sleep(0)
    queue.put(item)
    assert await more == item
    assert not less.done()
    less.cancel()


async def test_the_item_that_was_used_last_is_given_first() -> None:
    queue = ShortestFirst(["a", "b"])
    one, other = await queue.get(0), await queue.get(0)
    queue.put(other)
    queue.put(one)
    assert await queue.get(0) == one


async def test_an_item_is_not_lost_with_who_waited_for_it() -> None:
    queue = ShortestFirst(["item"])
    item = await queue.get(0)
    waiting = [asyncio.create_task(queue.get(0)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    queue.put(item)
    # It was given already.
    waiting[1].cancel()
    assert await waiting[2] == item
