"""Serves the documents of a project's newest version, or of the version that was in force after a run."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT, Entry
from llmstxt_sched.documents.render import full_head, full_part, render_page
from llmstxt_sched.errors import NotFound
from llmstxt_sched.store import projects, runs, versions
from llmstxt_sched.store.database import Database
from llmstxt_sched.store.statements import Connection
from llmstxt_sched.store.versions import PageText, Version

# How many pages of llms-full.txt are in memory at a time.
PAGE = 20


class Document(Struct, frozen=True):
    """One file: its content in pieces, and an entity tag that changes whenever the content does."""

    etag: str
    pieces: AsyncIterator[bytes]


class Documents:
    """Reads documents.  Every method raises NotFound if there is no such document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def public_project(self, slug: str) -> UUID:
        """The id of the project that publishes its documents under `slug`."""
        async with self._database.connection() as connection:
            project_id = await projects.id_by_slug(connection, slug)
        if project_id is None:
            raise NotFound("nothing is published here")
        return project_id

    async def of_project(self, project_id: UUID, path: str) -> Document:
        """A file of the newest version: llms.txt, the llms.txt of a folder, llms-full.txt, or the .md of a page."""
        async with self._database.connection() as connection:
            version = await versions.current(connection, project_id)
            if version is None:
                raise NotFound("the project has no document yet: its first run has not ended")
            return await self._file(connection, project_id, version, path)

    async def of_run(self, run_id: UUID, path: str) -> Document:
        """A file of the version that was in force after a run."""
        async with self._database.connection() as connection:
            run = await runs.get(connection, run_id)
            version = await versions.of_run(connection, run_id)
            if run is None or version is None:
                raise NotFound(f"run {run_id} left no document")
            return await self._file(connection, run.project_id, version, path)

    async def _file(self, connection: Connection, project_id: UUID, version: Version, path: str) -> Document:
        if path == LLMS_FULL_TXT:
            return Document(_etag(version.sha256, path), self._full(project_id, version))
        body = await read_file(connection, project_id, version.id, path)
        if body is None:
            raise NotFound(f"there is no {path[:200]} in these documents")
        return Document(hashlib.sha256(body).hexdigest()[:32], _once(body))

    async def _full(self, project_id: UUID, version: Version) -> AsyncIterator[bytes]:
        yield full_head(version.name)
        after = -1
        while True:
            async with self._database.connection() as connection:
                texts = await versions.texts(connection, project_id, version.id, after, PAGE)
            for part in await asyncio.to_thread(_parts, texts):
                yield part
            if len(texts) < PAGE:
                return
            after = texts[-1].position


async def read_file(connection: Connection, project_id: UUID, version_id: UUID, path: str) -> bytes | None:
    """A file of a version, as it is served, or None: an llms.txt or a page's Markdown, but not llms-full.txt."""
    if path.endswith(LLMS_TXT):
        return await versions.file(connection, version_id, path)
    page = await versions.page_at(connection, project_id, version_id, path)
    return render_page(page.title, page.markdown) if page else None


def _etag(version_sha256: str, path: str) -> str:
    return hashlib.sha256(f"{version_sha256}\0{path}".encode()).hexdigest()[:32]


def _parts(texts: Sequence[PageText]) -> list[bytes]:
    """Render pages for llms-full.txt; call it in a thread, as a page of many short lines takes a second."""
    return [full_part(Entry(text.url, text.title), text.markdown) for text in texts]


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body
