"""Records a crawl's visits: numbers them, counts their outcomes, and passes them on in batches."""

from __future__ import annotations

from msgspec.structs import replace

from llmstxt_sched.crawler.model import Keep, Outcome, Visit, Watch
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.extraction.model import Content

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
    """Collects visits in batches for `keep`, and reports the counts to `watch` after each visit."""

    def __init__(self, keep: Keep, watch: Watch) -> None:
        self.progress = Progress()
        self._keep = keep
        self._watch = watch
        self._batch: list[Visit] = []
        self._batch_characters = 0
        self._next_position = 0

    def next_position(self) -> int:
        """Assign the next position in the crawl's order, counted from 0."""
        self._next_position += 1
        return self._next_position - 1

    async def write(self, visit: Visit, found: int) -> None:
        """Add `visit`, and pass the batch on if it is full; `found` is the number of addresses found so far."""
        self._batch.append(visit)
        self._batch_characters += len(visit.content.markdown) if isinstance(visit.content, Content) else 0
        self.progress = _count(self.progress, visit.outcome, found)
        self._watch(self.progress, visit.url)
        if len(self._batch) >= _BATCH_VISITS or self._batch_characters >= _BATCH_CHARACTERS:
            await self.flush()

    async def flush(self) -> None:
        """Pass on the visits collected so far."""
        batch, self._batch, self._batch_characters = self._batch, [], 0
        if batch:
            await self._keep(batch)


def _count(progress: Progress, outcome: Outcome, found: int) -> Progress:
    if outcome is Outcome.OK:
        return replace(progress, found=found, fetched=progress.fetched + 1)
    if outcome is Outcome.NOT_MODIFIED:
        return replace(progress, found=found, unchanged=progress.unchanged + 1)
    if outcome in _SKIPPED:
        return replace(progress, found=found, skipped=progress.skipped + 1)
    return replace(progress, found=found, failed=progress.failed + 1)
