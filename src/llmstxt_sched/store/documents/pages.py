"""Pages.  A run stages what it sees while it crawls; when it ends, this is merged into the project's pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.store.postgres.packed_rows import PackedRows
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements

# Rows that are converted before others get their turn: less than a millisecond.
_TURN_ROWS = 500


class SeenPage(Struct, frozen=True):
    """What a run saw at one address; `content` is the parsed page as plain data, without its Markdown."""

    url: str
    position: int
    depth: int
    outcome: str
    status_code: int | None
    note: str
    title: str
    etag: str
    last_modified: str
    content_sha256: str | None
    content: Mapping[str, Any] | None
    wire_bytes: int = 0


class RecalledPage(Struct, frozen=True):
    """What an earlier run stored for an address."""

    url: str
    etag: str
    last_modified: str
    content: dict[str, Any]
    content_sha256: str
    wire_bytes: int


class StagedPage(Struct, frozen=True):
    """An address that a run saw, with the fields that `services/documents/writing` decides by.

    From `extract` on they are those of the page's content, None if it has none.
    """

    url: str
    position: int
    outcome: str
    status_code: int | None
    content_sha256: str | None
    extract: Extract | None
    language: str | None = None
    translations: tuple[tuple[str, str], ...] | None = None
    injection: str | None = None
    dropped: dict[str, int] | None = None
    unjudged: str | None = None


class KnownPage(Struct, frozen=True):
    """A page known from earlier runs, with the fields that `services/documents/writing` decides by."""

    url: str
    position: int
    path: str
    is_listed: bool
    absences: int
    content_sha256: str | None
    extract: Extract | None
    was_read_lately: bool
    language: str | None = None
    translations: tuple[tuple[str, str], ...] | None = None
    injection: str | None = None
    dropped: dict[str, int] | None = None
    unjudged: str | None = None
    depth: int = 0
    extractor_version: int = 0


class ListedPage(Struct, frozen=True):
    """A page that stands in the documents, its depth when a run visited it last, and whether one read it lately.

    `may_be_in_sitemap`: it is as far from the start as what sitemaps list, and these could all be read lately.
    """

    url: str
    depth: int
    absences: int
    was_read_lately: bool
    may_be_in_sitemap: bool


class Standing(Struct, frozen=True):
    """The state of a page after a run; title and description are the ones used in the documents, None as they were."""

    url: str
    position: int
    path: str
    title: str | None
    description: str | None
    is_listed: bool
    absences: int


class PastVisit(Struct, frozen=True):
    """What a run that ended well found at an address."""

    number: int
    finished_at: datetime
    outcome: str
    note: str


class NamingPage(Struct, frozen=True):
    """A page that names an address: as its translation into `language`, or by a link, which it may ask not to follow.

    `outcome` is what the last run found at the page.
    """

    url: str
    depth: int
    language: str | None
    nofollow: bool
    outcome: str


class PageUpdate(Struct, frozen=True):
    """How a run leaves the pages of its project; what it read was read by the reader of this version.

    `standings` are packed `Standing`s, `folder` the one that the run was restricted to; None leaves that as it is.
    """

    standings: PackedRows
    gone: tuple[str, ...]
    reader_version: int
    folder: str | None


class PageFilter(Struct, frozen=True):
    """Which pages a list contains; None does not filter."""

    q: str | None = None
    outcome: str | None = None
    listed: bool | None = None


class PageRow(Struct, frozen=True):
    """A page as the API lists it."""

    url: str
    position: int
    title: str
    outcome: str
    status_code: int | None
    note: str
    depth: int
    content_sha256: str | None
    path: str | None = None
    description: str | None = None
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None
    last_changed_at: datetime | None = None


async def recall(
    connection: Connection, project_id: UUID, url: str, extractor_version: int, limit: int, max_bytes: int
) -> list[RecalledPage]:
    """What is stored for an address and those after it in crawl order, if this version of the extractor produced it.

    At most `limit` pages; beside the one that is asked for, only as many as have `max_bytes` of content, as stored.
    """
    rows = await statements["page_recall"].rows(
        connection, project_id=project_id, url=url, extractor_version=extractor_version, limit=limit, bytes=max_bytes
    )
    return each_to(RecalledPage, rows)


async def text(connection: Connection, project_id: UUID, sha256: str) -> str | None:
    """The Markdown of a project's page, by its hash; None if it is not there."""
    found = await statements["content_text"].value(connection, project_id=project_id, sha256=sha256)
    return None if found is None else str(found)


async def are_stored(connection: Connection, project_id: UUID) -> bool:
    """Whether earlier runs stored any page of the project."""
    return bool(await statements["pages_are_stored"].value(connection, project_id=project_id))


async def hold(connection: Connection, run_id: UUID, token: UUID) -> bool:
    """Lock the run so that it keeps this lease until the transaction ends; false if the lease is lost."""
    return bool(await statements["page_hold"].value(connection, run_id=run_id, token=token))


async def stage(
    connection: Connection, project_id: UUID, run_id: UUID, seen: Sequence[SeenPage], markdown: Mapping[str, str]
) -> None:
    """Stage the pages that a run saw, after `hold` has confirmed its lease; `markdown` maps hashes to texts."""
    if markdown:
        await statements["content_keep"].execute(
            connection, project_id=project_id, sha256s=list(markdown), markdowns=list(markdown.values())
        )
    await statements["page_stage"].execute_many(
        connection, [{"run_id": run_id, **structs.asdict(page)} for page in seen]
    )


@asynccontextmanager
async def planned_for_all(connection: Connection) -> AsyncIterator[None]:
    """The statements within are on all pages of a run or a project, however few were known of.

    Only in a transaction, which an error must end: what is set stays until then.
    """
    await statements["page_plan"].execute(connection)
    yield
    await statements["page_unplan"].execute(connection)


async def staged(connection: Connection, run_id: UUID, known: Iterable[KnownPage]) -> list[StagedPage]:
    """The staged pages of a run, in crawl order; those not read anew have the known page's content."""
    rows = await statements["page_staged"].rows(connection, run_id=run_id)
    before = {page.url: page for page in known}
    return [_as_known(page, before.get(page.url)) for page in each_to(StagedPage, rows)]


def _as_known(staged: StagedPage, known: KnownPage | None) -> StagedPage:
    if staged.extract is not None or known is None:
        return staged
    return structs.replace(
        staged,
        content_sha256=staged.content_sha256 or known.content_sha256,
        extract=known.extract,
        language=known.language,
        translations=known.translations,
        injection=known.injection,
        dropped=known.dropped,
        unjudged=known.unjudged,
    )


async def known(connection: Connection, project_id: UUID, lately_days: int) -> list[KnownPage]:
    """The project's pages as earlier runs left them, in crawl order; whether they were read in the last days."""
    return each_to(
        KnownPage, await statements["page_known"].rows(connection, project_id=project_id, lately_days=lately_days)
    )


async def listed(connection: Connection, project_id: UUID, lately_days: int) -> AsyncIterator[ListedPage]:
    """The pages that stand in the documents, those that no run has come across for the longest time first."""
    async with connection.transaction(), planned_for_all(connection):
        rows = await statements["page_listed"].rows(connection, project_id=project_id, lately_days=lately_days)
    for start in range(0, len(rows), _TURN_ROWS):
        for page in each_to(ListedPage, rows[start : start + _TURN_ROWS]):
            yield page
        # A large site's would keep the event loop busy for a tenth of a second.
        await asyncio.sleep(0)


async def apply(
    connection: Connection,
    project_id: UUID,
    run_id: UUID,
    standings: PackedRows,
    extractor_version: int,
    now: datetime,
) -> None:
    """Merge what the run saw into the project's pages, in a transaction; `standings` are packed `Standing`s."""
    async with planned_for_all(connection):
        for _, rows in standings.parts():
            await statements["page_apply"].execute(
                connection,
                project_id=project_id,
                run_id=run_id,
                extractor_version=extractor_version,
                now=now,
                rows=rows,
            )
    await release(connection, run_id)


async def release(connection: Connection, run_id: UUID) -> None:
    """Delete the parsed content of a run's staged pages; the fields that the API lists are kept."""
    await statements["page_release"].execute(connection, run_id=run_id)


async def drop(connection: Connection, project_id: UUID, urls: Sequence[str]) -> None:
    """Delete pages of a project."""
    await statements["page_drop"].execute(connection, project_id=project_id, urls=urls)


async def beginnings(
    connection: Connection, project_id: UUID, sha256s: Sequence[str], characters: int
) -> dict[str, str]:
    """The first so many `characters` of Markdown, by its hashes."""
    rows = await statements["content_beginnings"].rows(
        connection, project_id=project_id, sha256s=sha256s, characters=characters
    )
    return {row["sha256"]: row["beginning"] for row in rows}


async def sweep(connection: Connection, project_id: UUID) -> None:
    """Delete Markdown that neither a page nor a version refers to."""
    await statements["content_sweep"].execute(connection, project_id=project_id)


async def page(
    connection: Connection, project_id: UUID, wanted: PageFilter, after: tuple[int, str], limit: int
) -> list[PageRow]:
    """At most `limit` pages of a project, those after `after` (a position and a URL)."""
    rows = await statements["page_page"].rows(
        connection,
        project_id=project_id,
        after_position=after[0],
        after_url=after[1],
        limit=limit,
        **structs.asdict(wanted),
    )
    return each_to(PageRow, rows)


async def counts(connection: Connection, project_id: UUID, wanted: PageFilter) -> dict[str, int]:
    """The number of pages for each outcome that occurs, the most frequent first."""
    rows = await statements["page_counts"].rows(connection, project_id=project_id, **structs.asdict(wanted))
    return {row["outcome"]: row["count"] for row in rows}


async def at(connection: Connection, project_id: UUID, urls: Sequence[str]) -> PageRow | None:
    """The page at one of several spellings of an address: a listed one, else the first."""
    return to(PageRow, await statements["page_at"].row(connection, project_id=project_id, urls=urls))


async def visits_to(connection: Connection, project_id: UUID, urls: Sequence[str], limit: int) -> list[PastVisit]:
    """At most `limit` visits to an address in one of its spellings by runs that ended well, newest first."""
    rows = await statements["page_visits"].rows(connection, project_id=project_id, urls=urls, limit=limit)
    return each_to(PastVisit, rows)


async def missed_at(connection: Connection, project_id: UUID, number: int, urls: Sequence[str]) -> datetime | None:
    """When the first run ended that left out an address which run `number` was the last to meet; None if none did."""
    moment: datetime | None = await statements["page_missed_at"].value(
        connection, project_id=project_id, number=number, urls=urls
    )
    return moment


async def naming(connection: Connection, project_id: UUID, urls: Sequence[str]) -> NamingPage | None:
    """The first page, in crawl order, that names an address in one of its spellings."""
    return to(NamingPage, await statements["page_naming"].row(connection, project_id=project_id, urls=urls))


async def home(connection: Connection, project_id: UUID) -> str | None:
    """The page at which the project's newest run began, after redirects; None if there was none yet."""
    url: str | None = await statements["page_home"].value(connection, project_id=project_id)
    return url


async def page_of_run(connection: Connection, run_id: UUID, after: tuple[int, str], limit: int) -> list[PageRow]:
    """At most `limit` pages that a run saw, those after `after` (a position and a URL)."""
    rows = await statements["page_of_run"].rows(
        connection, run_id=run_id, after_position=after[0], after_url=after[1], limit=limit
    )
    return each_to(PageRow, rows)
