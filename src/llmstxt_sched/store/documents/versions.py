"""Versions of a project's documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct, convert

from llmstxt_sched.domain.project import USUAL, CrawlOptions, MadeBy
from llmstxt_sched.errors import LeaseLost
from llmstxt_sched.store.postgres.packed_rows import PackedRows
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements

DifferenceKind = Literal["added", "removed", "changed"]

# A held version's number: below all others, the highest of which is served.
HELD = -1


class Version(Struct, frozen=True):
    """One version; `name` and `summary` are those at the head of its llms.txt; HELD is the number of a held one."""

    id: UUID
    number: int
    sha256: str
    name: str
    summary: str
    created_at: datetime

    @property
    def is_held(self) -> bool:
        """Whether it waits to be accepted or rejected."""
        return self.number == HELD


class PublishedVersion(Version, frozen=True):
    """The version that is served; `options` are those by which it was made, None if that is not known."""

    options: MadeBy | None


class VersionInForce(Version, frozen=True):
    """A version, and a run after which it is in force; `is_new` says whether that run made it."""

    run_id: UUID
    run_number: int
    finished_at: datetime | None
    is_new: bool


class VersionPage(Struct, frozen=True):
    """One page of a version."""

    url: str
    path: str
    title: str
    content_sha256: str


class NewVersion(Struct, frozen=True):
    """A version before it is stored; `files` maps paths to the contents of its index files.

    `pages` are packed `VersionPage`s, in order.
    """

    id: UUID
    sha256: str
    name: str
    summary: str
    files: Mapping[str, bytes]
    pages: PackedRows
    options: CrawlOptions = USUAL
    is_held: bool = False


class PageHash(Struct, frozen=True):
    """The hash of one page's content, to find out which pages changed."""

    url: str
    title: str
    content_sha256: str


class PageText(Struct, frozen=True):
    """A page of a version with its Markdown; `texts` sets `position` and `path`, `page_at` sets `content_sha256`."""

    url: str
    title: str
    markdown: str
    position: int = 0
    path: str = ""
    content_sha256: str = ""


class PageDifference(Struct, frozen=True):
    """A page that is not the same in two versions; `total` is the number of pages that differ in the same way."""

    url: str
    path: str
    title: str
    kind: DifferenceKind
    total: int


class FileDifference(Struct, frozen=True):
    """An index file that is not the same in two versions; without contents if all of them are too much to compare."""

    path: str
    kind: DifferenceKind
    before: bytes | None
    after: bytes | None
    is_too_large: bool


async def current(connection: Connection, project_id: UUID) -> PublishedVersion | None:
    """The project's newest version that is not held, which is the one served."""
    return to(PublishedVersion, await statements["version_current"].row(connection, project_id=project_id))


async def of_run(connection: Connection, run_id: UUID) -> Version | None:
    """The version that was in force after a run, or that it would have put in force, if it is held."""
    return to(Version, await statements["version_of_run"].row(connection, run_id=run_id))


async def in_force(connection: Connection, project_id: UUID, run_id: UUID) -> VersionInForce | None:
    """The version that is in force after a run of the project, also after one that failed and made none."""
    row = await statements["version_in_force"].row(connection, project_id=project_id, run_id=run_id)
    return to(VersionInForce, row)


async def numbered(connection: Connection, project_id: UUID, number: int) -> VersionInForce | None:
    """The version of this number, or if it is no longer kept the one before, with the run that made it."""
    row = await statements["version_numbered"].row(connection, project_id=project_id, number=number)
    return to(VersionInForce, row)


async def page(connection: Connection, project_id: UUID, before: int | None, limit: int) -> list[VersionInForce]:
    """At most `limit` runs that left a version in force, newest first, with run numbers below `before`."""
    rows = await statements["version_page"].rows(connection, project_id=project_id, before=before, limit=limit)
    return each_to(VersionInForce, rows)


async def insert(connection: Connection, project_id: UUID, run_id: UUID, version: NewVersion) -> None:
    """Store a version.  The caller must check the run's lease in the same transaction.

    Raises LeaseLost if the run has already stored a version, that is, if an earlier attempt has ended it.
    """
    stored = await statements["version_insert"].value(
        connection,
        id=version.id,
        project_id=project_id,
        run_id=run_id,
        sha256=version.sha256,
        name=version.name,
        summary=version.summary,
        page_count=len(version.pages),
        options=convert(version.options, MadeBy, from_attributes=True),
        is_held=version.is_held,
    )
    if stored is None:
        raise LeaseLost(f"run {run_id} has ended already")
    await statements["version_file_insert"].execute_many(
        connection,
        [{"version_id": version.id, "path": path, "body": body} for path, body in version.files.items()],
    )
    for first, rows in version.pages.parts():
        await statements["version_pages_insert"].execute(connection, version_id=version.id, first=first, rows=rows)


async def file(connection: Connection, version_id: UUID, path: str) -> bytes | None:
    """One index file of a version, or None."""
    body: bytes | None = await statements["version_file"].value(connection, version_id=version_id, path=path)
    return body


async def files(connection: Connection, version_id: UUID) -> list[bytes]:
    """All index files of a version."""
    return [row["body"] for row in await statements["version_files"].rows(connection, version_id=version_id)]


async def files_by_path(connection: Connection, version_id: UUID) -> dict[str, bytes]:
    """All index files of a version, by path."""
    rows = await statements["version_files"].rows(connection, version_id=version_id)
    return {row["path"]: row["body"] for row in rows}


async def page_at(connection: Connection, project_id: UUID, version_id: UUID, path: str) -> PageText | None:
    """The page of a version at `path`, with its Markdown, or None."""
    row = await statements["version_page_at"].row(connection, project_id=project_id, version_id=version_id, path=path)
    return to(PageText, row)


async def texts(connection: Connection, project_id: UUID, version_id: UUID, after: int, limit: int) -> list[PageText]:
    """At most `limit` pages of a version with their Markdown, those after position `after`."""
    rows = await statements["version_texts"].rows(
        connection, project_id=project_id, version_id=version_id, after=after, limit=limit
    )
    return each_to(PageText, rows)


async def is_kept(connection: Connection, version_id: UUID) -> bool:
    """Whether the version is still there; then all that was read of it before is whole."""
    return bool(await statements["version_is_kept"].value(connection, version_id=version_id))


async def full_bytes(connection: Connection, project_id: UUID, version_id: UUID) -> int:
    """About how many bytes the llms-full.txt of a version has."""
    return int(await statements["version_full_bytes"].value(connection, project_id=project_id, version_id=version_id))


async def hashes(connection: Connection, version_id: UUID) -> list[PageHash]:
    """The hash of each page of a version, in order."""
    return each_to(PageHash, await statements["version_hashes"].rows(connection, version_id=version_id))


async def page_changes(connection: Connection, before: UUID | None, after: UUID, limit: int) -> list[PageDifference]:
    """The pages that differ between two versions, at most `limit` of each kind, by URL."""
    rows = await statements["version_page_changes"].rows(connection, before=before, after=after, limit=limit)
    return each_to(PageDifference, rows)


async def file_changes(
    connection: Connection, before: UUID | None, after: UUID, max_bytes: int
) -> list[FileDifference]:
    """The index files that differ between two versions, by path, with their contents if those fit in `max_bytes`."""
    rows = await statements["version_file_changes"].rows(connection, before=before, after=after, max_bytes=max_bytes)
    return each_to(FileDifference, rows)


async def with_file(connection: Connection, project_id: UUID, path: str, body: bytes) -> int | None:
    """The number of the newest version in which the file at `path` is exactly `body`."""
    number: int | None = await statements["version_with_file"].value(
        connection, project_id=project_id, path=path, body=body
    )
    return number
