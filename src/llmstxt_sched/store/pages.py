"""Pages: what a run sees is staged while it crawls, and laid over what is known when it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.store.records import each_to, to
from llmstxt_sched.store.statements import Connection, statements


class SeenPage(Struct, frozen=True):
    """What a run saw of one address; `content` is what parsing gave, as plain data without the Markdown."""

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


class RecalledPage(Struct, frozen=True):
    """What an earlier run stored of an address."""

    etag: str
    last_modified: str
    content: dict[str, Any]
    content_sha256: str
    markdown: str


class StagedPage(Struct, frozen=True):
    """What deciding needs of an address that a run saw."""

    url: str
    position: int
    outcome: str
    status_code: int | None
    content_sha256: str | None
    extract: Extract | None


class KnownPage(Struct, frozen=True):
    """What deciding needs of a page that earlier runs left."""

    url: str
    position: int
    path: str
    is_listed: bool
    absences: int
    content_sha256: str | None
    extract: Extract | None


class Standing(Struct, frozen=True):
    """How a page stands after a run; title and description are those of the documents."""

    url: str
    position: int
    path: str
    title: str
    description: str
    is_listed: bool
    absences: int


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


async def recall(connection: Connection, project_id: UUID, url: str, extractor_version: int) -> RecalledPage | None:
    """What is stored of an address by this version of the extractor."""
    row = await statements["page_recall"].row(
        connection, project_id=project_id, url=url, extractor_version=extractor_version
    )
    return to(RecalledPage, row)


async def hold(connection: Connection, run_id: UUID, token: UUID) -> bool:
    """Keep the run with this lease until the transaction ends; false where the lease is lost."""
    return bool(await statements["page_hold"].value(connection, run_id=run_id, token=token))


async def stage(
    connection: Connection, project_id: UUID, run_id: UUID, seen: Sequence[SeenPage], markdown: Mapping[str, str]
) -> None:
    """Store what a held run saw; `markdown` is by its hash."""
    if markdown:
        await statements["content_keep"].execute(
            connection, project_id=project_id, sha256s=list(markdown), markdowns=list(markdown.values())
        )
    await statements["page_stage"].execute_many(
        connection, [{"run_id": run_id, **structs.asdict(page)} for page in seen]
    )


async def staged(connection: Connection, project_id: UUID, run_id: UUID) -> list[StagedPage]:
    """What the run saw, in the crawl's order."""
    return each_to(StagedPage, await statements["page_staged"].rows(connection, project_id=project_id, run_id=run_id))


async def known(connection: Connection, project_id: UUID) -> list[KnownPage]:
    """The project's pages as earlier runs left them."""
    return each_to(KnownPage, await statements["page_known"].rows(connection, project_id=project_id))


async def apply(
    connection: Connection,
    project_id: UUID,
    run_id: UUID,
    standings: Sequence[Standing],
    extractor_version: int,
    now: datetime,
) -> None:
    """Lay what the run saw over what is known."""
    await statements["page_apply"].execute(
        connection,
        project_id=project_id,
        run_id=run_id,
        extractor_version=extractor_version,
        now=now,
        urls=[s.url for s in standings],
        positions=[s.position for s in standings],
        paths=[s.path for s in standings],
        titles=[s.title for s in standings],
        descriptions=[s.description for s in standings],
        listed=[s.is_listed for s in standings],
        absences=[s.absences for s in standings],
    )
    await release(connection, run_id)


async def release(connection: Connection, run_id: UUID) -> None:
    """Let go of what a run saw beyond what is listed of it."""
    await statements["page_release"].execute(connection, run_id=run_id)


async def drop(connection: Connection, project_id: UUID, urls: Sequence[str]) -> None:
    """Forget pages that are gone."""
    await statements["page_drop"].execute(connection, project_id=project_id, urls=urls)


async def sweep(connection: Connection, project_id: UUID) -> None:
    """Forget Markdown that nothing refers to."""
    await statements["content_sweep"].execute(connection, project_id=project_id)


async def page(connection: Connection, project_id: UUID, after: tuple[int, str], limit: int) -> list[PageRow]:
    """A project's pages from behind `after` (a position and a URL)."""
    rows = await statements["page_page"].rows(
        connection, project_id=project_id, after_position=after[0], after_url=after[1], limit=limit
    )
    return each_to(PageRow, rows)


async def page_of_run(connection: Connection, run_id: UUID, after: tuple[int, str], limit: int) -> list[PageRow]:
    """What a run saw, from behind `after` (a position and a URL)."""
    rows = await statements["page_of_run"].rows(
        connection, run_id=run_id, after_position=after[0], after_url=after[1], limit=limit
    )
    return each_to(PageRow, rows)
