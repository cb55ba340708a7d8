"""What earlier runs stored of a site's pages, read ahead for the crawl that will ask for them.

A crawl meets the pages in the order of the run before, so one statement reads those that it asks for next.  A statement
for each page took a fifth of an unchanged run.
"""

from __future__ import annotations

import asyncio
from uuid import UUID

import msgspec

from llmstxt_sched.crawler.model import Known
from llmstxt_sched.errors import LeaseLost
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.model import ContentFacts
from llmstxt_sched.services.documents.writing.reading import reader_version
from llmstxt_sched.store.documents import pages
from llmstxt_sched.store.documents.pages import RecalledPage
from llmstxt_sched.store.postgres.database import Database

# So many pages at most, and only as long as what is known of them, as stored, is below so many bytes.
_PAGES, _BYTES = 64, 256 * 1024
# Pages that the crawl does not ask for, because the site's order has changed, are forgotten beyond this number.
_MOST_KEPT = 4 * _PAGES


class StoredPages:
    """The pages of one project that were read by this extractor and under the same `picks`; for one crawl."""

    def __init__(self, database: Database, project_id: UUID, picks: Picks = NO_PICKS) -> None:
        self._database = database
        self._project_id = project_id
        self._version = reader_version(picks)
        self._ahead: dict[str, RecalledPage] = {}
        self._reading = asyncio.Lock()
        self._is_empty: bool | None = None

    async def recall(self, url: str) -> Known | None:
        """What is stored for an address, or None.

        Used for conditional requests, and to tell a page whose parts were only reordered from a changed one.
        """
        # Whoever asks while pages are read waits for them: they are likely to hold what it asks for.
        async with self._reading:
            if url not in self._ahead and not self._is_empty:
                await self._read_ahead(url)
            page = self._ahead.pop(url, None)
        return None if page is None else _known(page)

    async def text(self, sha256: str) -> str:
        """The Markdown of a page that was recalled.  Raises LeaseLost if it is gone, as with its project."""
        async with self._database.connection() as connection:
            text = await pages.text(connection, self._project_id, sha256)
        if text is None:
            raise LeaseLost(f"the text {sha256} of project {self._project_id} is gone, and perhaps the project")
        return text

    async def _read_ahead(self, url: str) -> None:
        async with self._database.connection() as connection:
            if self._is_empty is None:
                self._is_empty = not await pages.are_stored(connection, self._project_id)
            if self._is_empty:
                return
            found = await pages.recall(connection, self._project_id, url, self._version, _PAGES, _BYTES)
        for page in found:
            # Put last, as the ones that were read first are forgotten first.
            self._ahead.pop(page.url, None)
            self._ahead[page.url] = page
        for forgotten in list(self._ahead)[: max(0, len(self._ahead) - _MOST_KEPT)]:
            del self._ahead[forgotten]


def _known(page: RecalledPage) -> Known:
    stored = {**page.content, "sha256": page.content_sha256}
    return Known(page.etag, page.last_modified, msgspec.convert(stored, ContentFacts), page.wire_bytes)
