"""What earlier crawls of a site stored of its pages.

The text of a page is long, and rarely needed again where the page is as it was: it is read only for whom it matters.
"""

from __future__ import annotations

from typing import Protocol

from llmstxt_sched.crawler.model import Known
from llmstxt_sched.extraction.model import Content, ContentFacts, with_text


class EarlierPages(Protocol):
    """Looks up what was stored; `services.documents.writing.stored_pages.StoredPages` does."""

    async def recall(self, url: str) -> Known | None:
        """What is stored for an address, or None."""

    async def text(self, sha256: str) -> str:
        """The Markdown of a page that `recall` returned, by its hash."""


class NoEarlierPages:
    """Nothing was stored."""

    async def recall(self, url: str) -> None:
        """None, for any address."""

    async def text(self, sha256: str) -> str:
        """Raises LookupError: no hash can be known."""
        raise LookupError(sha256)


async def whole(earlier: EarlierPages, facts: ContentFacts) -> Content:
    """The content with its text, which is looked up if it is not there."""
    return facts if isinstance(facts, Content) else with_text(facts, await earlier.text(facts.sha256))
