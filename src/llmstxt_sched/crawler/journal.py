"""What a crawl came to so far: visits numbered in order, counted, and handed on in batches."""

from __future__ import annotations

from msgspec.structs import replace

from llmstxt_sched.crawler.model import Keep, Outcome, Visit, Watch
from llmstxt_sched.domain.run import Progress

_BATCH_VISITS = 32
_BATCH_CHARACTERS = 4_000_000

_SKIPPED = frozenset(
    {
        Outcome.DUPLICATE,
        Outcome.EMPTY,
        Outcome.REDIRECTED,
        Outcome.NOINDEX,
        Outcome.ROBOTS,
        Outcome.OFFSITE,
        Outcome.UNSUPPORTED_TYPE,
    }
)


class Journal:
    """Collects visits for `keep` and tells `watch` the counts after each."""

    def __init__(self, keep: Keep, watch: Watch) -> None:
        self.progress = Progress()
        self._keep = keep
        self._watch = watch
        self._batch: list[Visit] = []
        self._characters = 0
        self._positions = 0

    def number(self) -> int:
        """The next position."""
        self._positions += 1
        return self._positions - 1

    async def write(self, visit: Visit, found: int) -> None:
        """Count `visit` and hand the batch on once it is full; `found` is the count of addresses so far."""
        self._batch.append(visit)
        self._characters += len(visit.content.markdown) if visit.content else 0
        self.progress = _counted(self.progress, visit.outcome, found)
        self._watch(self.progress)
        if len(self._batch) >= _BATCH_VISITS or self._characters >= _BATCH_CHARACTERS:
            await self.flush()

    async def flush(self) -> None:
        """Hand on what was collected."""
        batch, self._batch, self._characters = self._batch, [], 0
        if batch:
            await self._keep(batch)


def _counted(progress: Progress, outcome: Outcome, found: int) -> Progress:
    if outcome is Outcome.OK:
        return replace(progress, found=found, fetched=progress.fetched + 1)
    if outcome is Outcome.NOT_MODIFIED:
        return replace(progress, found=found, unchanged=progress.unchanged + 1)
    if outcome in _SKIPPED:
        return replace(progress, found=found, skipped=progress.skipped + 1)
    return replace(progress, found=found, failed=progress.failed + 1)
