"""The pages of a project's site over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.params import Parameter
from msgspec import Struct

from llmstxt_sched.api.requests.paging import Cursor, PagedList, PageSize, Position32
from llmstxt_sched.crawler.model import Outcome
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.urls import MAX_URL
from llmstxt_sched.services.documents.outcomes import reason_of
from llmstxt_sched.services.documents.site_pages import SitePages, Verdict
from llmstxt_sched.store.documents.pages import PageFilter, PageRow


class PageWire(Struct, frozen=True):
    """One page of a project's site; without a `path` it is not listed in the documents.

    `reason` says what the outcome means, `note` what is special about this page.
    """

    url: str
    path: str | None
    title: str
    description: str | None
    status_code: int | None
    outcome: Outcome
    reason: str
    note: str
    depth: int
    content_sha256: str | None
    first_seen_at: Time | None
    last_seen_at: Time | None
    last_changed_at: Time | None


class SitePagesWire(Struct, frozen=True):
    """A page of the list, and the number of pages for each outcome, under the same filters but that by outcome."""

    items: list[PageWire]
    next_cursor: str | None
    counts: dict[str, int]


class AddressWire(Struct, frozen=True):
    """What is known of one address, and why; `page` is null where the last runs have not met it.

    `since` is when the first of the runs ended that found it so without a break, null where no run tells.
    """

    url: str
    verdict: Verdict
    reason: str
    page: PageWire | None
    since: Time | None


class SitePagesController(Controller):
    """The pages of a project's site."""

    path = "/api/projects/{project_id:uuid}/pages"
    tags = ("projects",)

    @get(operation_id="list_pages")
    async def pages(
        self,
        site_pages: SitePages,
        project_id: UUID,
        q: Annotated[str | None, Parameter(max_length=200, description="Part of an address or a title.")] = None,
        outcome: Outcome | None = None,
        listed: Annotated[bool | None, Parameter(description="In the documents, or not.")] = None,
        url: Annotated[
            str | None, Parameter(max_length=MAX_URL, description="Asks for one address alone, which may be a path.")
        ] = None,
        limit: PageSize = 50,
        cursor: Cursor = None,
    ) -> SitePagesWire | AddressWire:
        """The project's pages, in crawl order; with `url`, why that address is among the documents or not."""
        if url is not None:
            found = await site_pages.explain(project_id, url)
            met = _show_page(found.page) if found.page else None
            return AddressWire(found.url, found.verdict, found.reason, met, found.since)
        wanted = PageFilter(q, outcome, listed)
        pages = PagedList(tuple[Position32, str], "pages", project_id, wanted)
        rows = await site_pages.page(project_id, wanted, pages.read(cursor) or (-1, ""), limit + 1)
        page = pages.page(rows, limit, _show_page, lambda row: (row.position, row.url))
        return SitePagesWire(page.items, page.next_cursor, await site_pages.counts(project_id, wanted))


def _show_page(page: PageRow) -> PageWire:
    same = {name: getattr(page, name) for name in PageWire.__struct_fields__ if name != "reason"}
    return PageWire(reason=reason_of(page.outcome, is_listed=page.path is not None), **same)
