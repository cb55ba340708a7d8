"""Records a crawl's visits: numbers them, counts their outcomes, and passes them on in batches."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from llmstxt_sched.crawler.model import Keep, Outcome, Visit, Watch
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.domain.urls import Url

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
    """Collects visits in batches for `keep`, and reports the counts to `watch` after each visit.

    Who watches is also told of visits that are not written yet, because the crawl waits for something before them.
    """

    def __init__(self, keep: Keep, watch: Watch) -> None:
        self.progress = Progress()
        self._keep = keep
        self._watch = watch
        self._batch: list[Visit] = []
        self._batch_characters = 0
        self._next_position = 0
        # The counts of visits that are not written yet, by their addresses, and how many there are of each.
        self._ahead: dict[Url, str] = {}
        self._ahead_counts: Counter[str] = Counter()

    def saw(self, url: Url, outcome: Outcome) -> None:
        """Count a visit that will be written, or not, once it has its turn."""
        if url not in self._ahead:
            self._ahead[url] = count = _count_of(outcome)
            self._ahead_counts[count] += 1
            self._tell(str(url))

    def takes_turn(self, url: Url) -> None:
        """Take back what `saw` has counted."""
        if count := self._ahead.pop(url, None):
            self._ahead_counts[count] -= 1

    def next_position(self) -> int:
        """Assign the next position in the crawl's order, counted from 0."""
        self._next_position += 1
        return self._next_position - 1

    async def write(self, visit: Visit, found: int) -> None:
        """Add `visit`, and pass the batch on if it is full; `found` is the number of addresses found so far."""
        self._batch.append(visit)
        self._batch_characters += len(visit.content.markdown) if visit.content else 0
        count = _count_of(visit.outcome)
        self.progress = replace(self.progress, found=found, **{count: getattr(self.progress, count) + 1})
        self._tell(visit.url)
        if len(self._batch) >= _BATCH_VISITS or self._batch_characters >= _BATCH_CHARACTERS:
            await self.flush()

    async def flush(self) -> None:
        """Pass on the visits collected so far."""
        batch, self._batch, self._batch_characters = self._batch, [], 0
        if batch:
            await self._keep(batch)

    def _tell(self, url: str) -> None:
        written = self.progress
        ahead = {name: getattr(written, name) + number for name, number in self._ahead_counts.items()}
        shown = replace(written, **ahead)
        self._watch(replace(shown, found=max(shown.found, shown.visited)), url)


def _count_of(outcome: Outcome) -> str:
    """The name of the count of Progress in which a visit with this outcome is."""
    if outcome is Outcome.OK:
        return "fetched"
    if outcome is Outcome.NOT_MODIFIED:
        return "unchanged"
    return "skipped" if outcome in _SKIPPED else "failed"
