"""Compares the versions of a project's documents that were in force after two of its runs."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.documents.changes.diff import IndexDiff, diff_indexes
from llmstxt_sched.documents.changes.text_diff import TextDiff, diff_texts, split_lines
from llmstxt_sched.documents.model import LLMS_FULL_TXT, Index
from llmstxt_sched.documents.parse import parse_parts
from llmstxt_sched.errors import InvalidInput, NotFound
from llmstxt_sched.services.documents.files import read_file
from llmstxt_sched.services.documents.no_document import no_document
from llmstxt_sched.store import projects, runs
from llmstxt_sched.store.documents import versions
from llmstxt_sched.store.documents.versions import FileDifference, PageDifference, Version, VersionInForce
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

P = ParamSpec("P")
T = TypeVar("T")

# How many pages of each kind a comparison names, beside their number.
MAX_LISTED = 500
# How much is parsed at most of the index files of both versions: what is equal in both is not.
MAX_INDEX_BYTES = 8 * 1024 * 1024
# How many lines are given at once.
MAX_LINES = 1000
# Comparisons that are computed at the same time in this process.  They have threads of their own, because those of
# the event loop are needed for other things as well, and one that nobody waits for any more is not stopped.
_THREADS = 2


class Sides(NamedTuple):
    """What is compared; `before` is None where there was nothing before."""

    before: VersionInForce | None
    after: VersionInForce


class Comparison(Struct, frozen=True):
    """What differs between two versions.

    `entries` is None if the index files that differ are too large; `titles` has the titles of the entries that
    changed.  At most MAX_LISTED pages of each kind are named.
    """

    sides: Sides
    entries: IndexDiff | None
    titles: Mapping[str, str]
    pages: list[PageDifference]
    files: list[FileDifference]


class TextComparison(Struct, frozen=True):
    """How one file differs between two versions, and the hash of its content in each, if it is there."""

    sides: Sides
    before_sha256: str | None
    after_sha256: str | None
    diff: TextDiff


class Changes:
    """Use cases of the versions of documents.

    A run is given by its id, and None means the newest that left a version in force; of the two to compare, None as
    the first means the version before that of the second.  Every method raises NotFound.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(_THREADS, "compare")

    async def versions(self, project_id: UUID, before: int | None, limit: int) -> list[VersionInForce]:
        """At most `limit` runs that left a version in force, newest first, with run numbers below `before`."""
        async with self._database.connection() as connection:
            await _check_project(connection, project_id)
            return await versions.page(connection, project_id, before, limit)

    async def compare(self, project_id: UUID, before_run: UUID | None, after_run: UUID | None) -> Comparison:
        """What differs between the versions after two runs, by entries, pages and files."""
        async with self._database.connection() as connection:
            sides = await _sides(connection, project_id, before_run, after_run)
            before_id, after_id = sides.before.id if sides.before else None, sides.after.id
            pages = await versions.page_changes(connection, before_id, after_id, MAX_LISTED)
            files = await versions.file_changes(connection, before_id, after_id, MAX_INDEX_BYTES)
        entries, titles = await self._in_thread(_compare_entries, sides, files)
        return Comparison(sides, entries, titles, pages, files)

    async def text(
        self,
        project_id: UUID,
        before_run: UUID | None,
        after_run: UUID | None,
        path: str,
        *,
        ignore_white_space: bool,
    ) -> TextComparison:
        """How the text of one file differs; raises InvalidInput if the file cannot be compared."""
        _check_path(path)
        async with self._database.connection() as connection:
            sides = await _sides(connection, project_id, before_run, after_run)
            before = await read_file(connection, project_id, sides.before.id, path) if sides.before else None
            after = await read_file(connection, project_id, sides.after.id, path)
        if before is None and after is None:
            raise NotFound(f"there is no {path[:200]} in either version")
        diff = await self._in_thread(_compare_texts, before, after, ignore_white_space=ignore_white_space)
        return TextComparison(sides, _sha256(before), _sha256(after), diff)

    async def lines(self, project_id: UUID, run_id: UUID | None, path: str, first: int, last: int) -> list[str]:
        """The lines of a file from number `first` to `last`, at most MAX_LINES; raises InvalidInput."""
        _check_path(path)
        async with self._database.connection() as connection:
            version = await _version(connection, project_id, run_id)
            body = await read_file(connection, project_id, version.id, path)
        if body is None:
            raise NotFound(f"there is no {path[:200]} in this version")
        lines = await self._in_thread(_read_lines, body)
        return lines[first - 1 : min(last, first - 1 + MAX_LINES)]

    async def _in_thread(self, function: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: function(*args, **options))


def _check_path(path: str) -> None:
    if path == LLMS_FULL_TXT:
        raise InvalidInput(
            "path", f"{LLMS_FULL_TXT} holds all pages and is too large to compare: take the path of a page"
        )


async def _sides(connection: Connection, project_id: UUID, before_run: UUID | None, after_run: UUID | None) -> Sides:
    after = await _version(connection, project_id, after_run)
    if before_run is None:
        current = await versions.current(connection, project_id) if after.is_held else None
        before_number = current.number if current else after.number - 1
        return Sides(await versions.numbered(connection, project_id, before_number), after)
    return Sides(await _version_after(connection, project_id, before_run), after)


async def _version(connection: Connection, project_id: UUID, run_id: UUID | None) -> VersionInForce:
    if run_id:
        found = await _version_after(connection, project_id, run_id)
        if found is None:
            raise NotFound(f"run {run_id} left no document: take a later one")
        return found
    for found in await versions.page(connection, project_id, None, 1):
        return found
    raise await no_document(connection, project_id)


async def _version_after(connection: Connection, project_id: UUID, run_id: UUID) -> VersionInForce | None:
    """The version in force after a run; None if there was none yet."""
    run = await runs.get(connection, run_id)
    if run is None or run.project_id != project_id:
        raise NotFound(f"the project has no run {run_id}")
    return await versions.in_force(connection, project_id, run_id)


async def _check_project(connection: Connection, project_id: UUID) -> None:
    if await projects.get(connection, project_id) is None:
        raise NotFound(f"there is no project {project_id}")


def _compare_entries(sides: Sides, files: list[FileDifference]) -> tuple[IndexDiff | None, dict[str, str]]:
    if any(file.is_too_large for file in files):
        return None, {}
    before = _index(sides.before, [file.before for file in files])
    after = _index(sides.after, [file.after for file in files])
    diff = diff_indexes(before, after)
    changed = {change.url for change in (*diff.renamed, *diff.moved, *diff.redescribed)}
    titles = {e.url: e.title for section in after.sections for e in section.entries if e.url in changed}
    if sides.before is None:
        diff = replace(diff, name=None, summary=None)
    return diff, titles


def _index(version: Version | None, files: list[bytes | None]) -> Index:
    if version is None:
        return Index("")
    return Index(version.name, version.summary, (), parse_parts(body for body in files if body is not None))


def _compare_texts(before: bytes | None, after: bytes | None, *, ignore_white_space: bool) -> TextDiff:
    return diff_texts(_decoded(before), _decoded(after), ignore_white_space=ignore_white_space)


def _read_lines(body: bytes) -> list[str]:
    return split_lines(_decoded(body))


def _decoded(body: bytes | None) -> str:
    return (body or b"").decode("utf-8", "replace")


def _sha256(body: bytes | None) -> str | None:
    return None if body is None else hashlib.sha256(body).hexdigest()
