"""Stores pages while a crawl is in progress; `stored_pages` returns to it what earlier crawls stored."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from llmstxt_sched.crawler.model import PAGES, KnownAddress, Outcome, Visit
from llmstxt_sched.errors import LeaseLost
from llmstxt_sched.extraction.model import Content, ContentFacts
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.documents.writing.page_standing import LATELY_DAYS, MAX_ABSENCES
from llmstxt_sched.services.leases import ClaimedRun
from llmstxt_sched.store import projects
from llmstxt_sched.store.documents import pages
from llmstxt_sched.store.documents.pages import SeenPage
from llmstxt_sched.store.postgres.database import Database

# The status of an answer that leaves the content as it was (RFC 9110, section 15.4.5).
NOT_MODIFIED = 304


class Staging:
    """Use cases of a crawl in progress."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, project_id: UUID) -> list[KnownAddress]:
        """The pages in the documents, in the order in which they are to be asked for again."""
        async with self._database.connection() as connection:
            return [
                KnownAddress(
                    page.url,
                    page.depth,
                    leads_on=page.was_read_lately,
                    is_doubtful=page.absences + 1 >= MAX_ABSENCES,
                    may_be_in_sitemap=page.may_be_in_sitemap,
                )
                async for page in pages.listed(connection, project_id, LATELY_DAYS)
            ]

    async def stage(self, claimed: ClaimedRun, visits: Sequence[Visit]) -> None:
        """Store what the crawl saw.  Raises LeaseLost if we no longer hold the run."""
        fresh = [visit.content for visit in visits if isinstance(visit.content, Content) and _is_fresh(visit)]
        async with self._database.transaction() as connection:
            is_there = await projects.lock(connection, claimed.run.project_id)
            if not is_there or not await pages.hold(connection, claimed.run.id, claimed.token):
                raise LeaseLost(f"run {claimed.run.id} is held by another lease")
            await pages.stage(
                connection,
                claimed.run.project_id,
                claimed.run.id,
                [_seen(visit) for visit in visits],
                {content.sha256: content.markdown for content in fresh},
            )
        crash_point("in_crawl")


def _is_kept(visit: Visit) -> bool:
    """Whether the content is kept: that of a page, and what is none but need not be sent again while it is the same."""
    return visit.outcome in PAGES or bool(visit.etag or visit.last_modified)


def _is_fresh(visit: Visit) -> bool:
    """Whether the content is kept, and is not that of the page's own row already."""
    if visit.outcome in PAGES:
        return visit.outcome is Outcome.OK
    return _is_kept(visit) and visit.status_code != NOT_MODIFIED


def _seen(visit: Visit) -> SeenPage:
    # ETag and Last-Modified are kept only together with the content: otherwise the next request would be conditional on
    # content that was not stored.
    content = visit.content if _is_kept(visit) else None
    # A table of contents in a file of its own is no page, but tells where the pages belong.
    is_contents = visit.outcome is Outcome.NOINDEX and visit.content and visit.content.extract.contents
    fresh = content if _is_fresh(visit) else None
    return SeenPage(
        url=visit.url,
        position=visit.position,
        depth=visit.depth,
        outcome=visit.outcome.value,
        status_code=visit.status_code,
        note=visit.note,
        title=visit.content.extract.title if visit.content else "",
        etag=visit.etag if content else "",
        last_modified=visit.last_modified if content else "",
        content_sha256=fresh.sha256 if fresh else None,
        content=_stored(visit.content) if visit.content and (fresh or is_contents) else None,
        wire_bytes=visit.wire_bytes,
    )


def _stored(content: ContentFacts) -> dict[str, object]:
    stored: dict[str, object] = msgspec.to_builtins(content)
    stored.pop("markdown", None)
    del stored["sha256"]
    return stored
