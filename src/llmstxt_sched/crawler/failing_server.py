"""Notices that a site's server is failing, so that a crawl asks less of it and, where nearly all fails, gives up.

Such a server is overloaded or broken: asking on at full speed, and twice for each page, harms it and gains nothing.
Pure: no I/O.
"""

from __future__ import annotations

from llmstxt_sched.crawler.fetch_result import FetchResult
from llmstxt_sched.crawler.model import Outcome
from llmstxt_sched.errors import CrawlFailed

# After each run of so many failures there is a pause, twice as long as the last, from the first to the longest.
_RUN = 5
_FIRST_PAUSE_SECONDS = 2.0
_LONGEST_PAUSE_SECONDS = 8.0
# A crawl is given up after so many failures if they are most of what was asked for; at its end, fewer will do.
_HOPELESS = 20
_MOST = 0.8
_NOT_ASKED = frozenset({Outcome.ROBOTS, Outcome.ROBOTS_UNREACHABLE})


class Strain:
    """Counts the answers of one site that are failures of its server, out of all; see `FetchResult.is_transient`."""

    def __init__(self) -> None:
        self._asked = 0
        self._failed = 0
        self._in_a_row = 0
        self._last = FetchResult(Outcome.OK)

    @property
    def is_failing(self) -> bool:
        """Whether the last answers were all failures: then none is worth a second try."""
        return self._in_a_row >= _RUN

    def note(self, result: FetchResult) -> float:
        """Count the result of one visit; returns for how many seconds the site must now be left alone."""
        if result.outcome in _NOT_ASKED:
            return 0.0
        self._asked += 1
        if not result.is_transient:
            self._in_a_row = 0
            return 0.0
        self._failed += 1
        self._in_a_row += 1
        self._last = result
        runs, rest = divmod(self._in_a_row, _RUN)
        return 0.0 if rest else min(_FIRST_PAUSE_SECONDS * 2.0 ** (runs - 1), _LONGEST_PAUSE_SECONDS)

    def failure(self, *, is_over: bool) -> CrawlFailed | None:
        """Why the crawl must be given up, if it must; `is_over`: nothing is left to ask for."""
        if self._failed < (_RUN if is_over else _HOPELESS) or self._failed < _MOST * self._asked:
            return None
        message = f"{self._failed} of the first {self._asked} addresses failed, the last one so: {self._last.note}"
        return CrawlFailed(self._last.outcome.value, message, transient=True, retry_after=self._last.retry_after)
