"""Gives the items that become free to those who wait for one, to who has little work sooner than to who has much."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Iterable
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")


class ShortestFirst(Generic[ItemT]):
    """Free items, of which the one that was used last is given first.

    Who waits is overtaken only by work that came later by no more seconds than its own `effort` is greater.
    """

    def __init__(self, items: Iterable[ItemT]) -> None:
        self._free = list(items)
        self._waiting: list[tuple[float, int, asyncio.Future[ItemT]]] = []
        self._numbers = itertools.count()

    async def get(self, effort: float) -> ItemT:
        """An item, once one is free; `effort` are about the seconds for which it is needed."""
        if self._free:
            return self._free.pop()
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[ItemT] = loop.create_future()
        heapq.heappush(self._waiting, (loop.time() + effort, next(self._numbers), turn))
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.put(turn.result())
            raise

    def put(self, item: ItemT) -> None:
        """Give `item`, which is free, to who is next."""
        while self._waiting:
            *_, turn = heapq.heappop(self._waiting)
            # It is where who waited has been cancelled.
            if not turn.done():
                turn.set_result(item)
                return
        self._free.append(item)
