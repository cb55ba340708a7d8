"""What the pages that a run read tell the site's owner, also those that had not changed.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from llmstxt_sched.crawler.model import PAGES
from llmstxt_sched.domain.run import Injection, RunReport
from llmstxt_sched.store.documents.pages import StagedPage

# More say no more.
MAX_INJECTIONS = 50


def found_in(staged: Iterable[StagedPage]) -> RunReport:
    """A report of passages that address an agent's model, in crawl order, and of what was left out or kept."""
    read = [page for page in staged if page.outcome in PAGES]
    injections = (Injection(page.url, page.injection) for page in read if page.injection)
    dropped: Counter[str] = Counter()
    for page in read:
        dropped.update(page.dropped or {})
    unjudged = Counter(page.unjudged for page in read if page.unjudged)
    return RunReport(
        tuple(islice(injections, MAX_INJECTIONS)), dict(sorted(dropped.items())), dict(sorted(unjudged.items()))
    )
