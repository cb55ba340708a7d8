"""What a page was read with: stored content is only used again where a run would read it in the same way."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.model import EXTRACTOR_VERSION


def picks_of(options: CrawlOptions) -> Picks:
    """A project's selectors as the extractor takes them."""
    return Picks(options.keep, options.drop)


def versions_with(picks: Picks) -> frozenset[int]:
    """All numbers under which content read with these selectors may be stored, by this or an earlier extractor."""
    return frozenset(reader_version(picks, extractor) for extractor in range(EXTRACTOR_VERSION + 1))


def reader_version(picks: Picks, extractor: int = EXTRACTOR_VERSION) -> int:
    """The number under which the content of a page is stored: that of the extractor and of the project's selectors."""
    if picks == NO_PICKS:
        return extractor
    digest = sha256(msgspec.json.encode((extractor, picks))).digest()
    # Positive in Postgres' integer, and larger than any version of the extractor.
    return 2**30 + int.from_bytes(digest[:4]) % 2**30
