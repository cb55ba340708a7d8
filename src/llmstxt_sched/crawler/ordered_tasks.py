"""Concurrent work whose results are taken in order, which makes a crawl the same in every run."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class OrderedTasks(Generic[ItemT, ResultT]):
    """Runs `work` on up to `width` items at once and returns the results in the order of the items.

    Results that wait for an earlier one count towards `width`, so their number is bounded.
    """

    def __init__(self, work: Callable[[ItemT], Awaitable[ResultT]], width: int) -> None:
        self._work = work
        self.width = width
        self._items: Iterator[ItemT] = iter(())
        self._is_exhausted = True
        self._running: deque[tuple[ItemT, asyncio.Task[ResultT]]] = deque()

    def put(self, items: Iterable[ItemT]) -> None:
        """Set the items to work on next, taken one by one as there is room; only valid while `has_more` is false."""
        self._items = iter(items)
        self._is_exhausted = False

    def put_first(self, item: ItemT) -> None:
        """Start work on `item` now; its result is the next one that `take` returns."""
        self._running.appendleft((item, self._begin(item)))

    @property
    def has_more(self) -> bool:
        """Whether items are running or may still be queued."""
        return bool(self._running) or not self._is_exhausted

    @property
    def first(self) -> ItemT | None:
        """The item whose result comes next, if work on it has begun."""
        return self._running[0][0] if self._running else None

    async def take(self, deadline: float) -> tuple[ItemT, ResultT] | None:
        """Return the next item and its result.

        None if no item is left, or if it is not done by `deadline` (event loop time, seconds); so too if the work on it
        gave up with a TimeoutError, as it could not be done by then.
        """
        remaining = max(0.0, deadline - asyncio.get_running_loop().time())
        if remaining:
            self._fill()
        if not self._running:
            return None
        item, task = self._running[0]
        # Results that are there already would follow each other without a pause for anybody else's work.
        await (asyncio.sleep(0) if task.done() else asyncio.wait({task}, timeout=remaining))
        if not task.done() or isinstance(task.exception(), TimeoutError):
            return None
        self._running.popleft()
        return item, task.result()

    def _fill(self) -> None:
        while not self._is_exhausted and len(self._running) < self.width:
            for item in self._items:
                self._running.append((item, self._begin(item)))
                break
            else:
                self._is_exhausted = True

    async def close(self) -> None:
        """Cancel the tasks that still run and wait for them to end."""
        tasks = [task for _, task in self._running]
        self._running.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, item: ItemT) -> asyncio.Task[ResultT]:
        async def run() -> ResultT:
            return await self._work(item)

        return asyncio.create_task(run())
