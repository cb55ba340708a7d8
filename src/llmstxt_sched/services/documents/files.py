"""Serves the documents of a project's newest version, or of the version that was in force after a run."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT, Entry
from llmstxt_sched.documents.render import full_head, full_part, render_page
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.documents.fixed_files import FixedFile, FixedFiles
from llmstxt_sched.services.documents.no_document import no_document
from llmstxt_sched.services.documents.publications import Publications
from llmstxt_sched.store import runs
from llmstxt_sched.store.documents import versions
from llmstxt_sched.store.documents.publications import Publication
from llmstxt_sched.store.documents.versions import PageText, Version
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

# How many pages of llms-full.txt are rendered at a time.
PAGE = 20
# How long a response waits for llms-full.txt to be put together, and for a file to be compressed.  What takes longer is
# sent piece by piece, without its length, or as it is.  An answer has to begin within four seconds.
FIX_SECONDS = 1.5


class Document(Struct, frozen=True):
    """One file, with an entity tag that changes whenever its content does.

    `fixed` holds all of it; None means that it is too large to be kept, and is put together while it is sent.
    """

    etag: str
    pieces: AsyncIterator[bytes]
    fixed: FixedFile | None = None


class Documents:
    """Reads documents.  Its methods raise NotFound if there is no such document, unless they say otherwise.

    `room` is the number of bytes that files in memory may take.  Where `gzipped` is asked for, a document has that form
    too, unless it takes too long or saves nothing.
    """

    def __init__(self, database: Database, room: int = 0) -> None:
        self._database = database
        self._publications = Publications(database)
        self._files = FixedFiles(room)

    async def follow(self, stop: asyncio.Event) -> None:
        """Keep up with what is published, until `stop`."""
        await self._publications.follow(stop)

    def doubt(self) -> None:
        """To be called when this process may have changed what is published."""
        self._publications.doubt()

    def at_hand(self, slug: str, path: str) -> FixedFile | None:
        """A published file, if what is in memory is certainly the newest; None says nothing."""
        publication = self._publications.known(slug)
        return self._files.get(publication.version_id, path) if publication else None

    async def published(self, slug: str, path: str, *, gzipped: bool = False) -> Document:
        """A file that is published under `slug`."""
        if "\0" in slug:
            # Postgres takes none in a text.
            raise NotFound("nothing is published here")
        publication = await self._publications.find(slug)
        if publication is None:
            raise NotFound("nothing is published here")
        return await self._document(publication, path, gzipped=gzipped)

    async def of_project(self, project_id: UUID, path: str, *, gzipped: bool = False) -> Document:
        """A file of the newest version: llms.txt, the llms.txt of a folder, llms-full.txt, or the .md of a page."""
        async with self._database.connection() as connection:
            version = await versions.current(connection, project_id)
            if version is None:
                raise await no_document(connection, project_id)
        return await self._document(_served(project_id, version), path, gzipped=gzipped)

    async def of_run(self, run_id: UUID, path: str, *, gzipped: bool = False) -> Document:
        """A file of the version that was in force after a run."""
        async with self._database.connection() as connection:
            run = await runs.get(connection, run_id)
            version = await versions.of_run(connection, run_id)
        if run is None or version is None:
            raise NotFound(f"run {run_id} left no document")
        return await self._document(_served(run.project_id, version), path, gzipped=gzipped)

    async def _document(self, served: Publication, path: str, *, gzipped: bool) -> Document:
        fixed = self._files.get(served.version_id, path)
        if fixed is None:
            read = self._fixed_full if path == LLMS_FULL_TXT else self._fixed_file
            fixed = await read(served, path)
        if fixed is None:
            return Document(_etag(served.sha256, path), self._full(served))
        if gzipped:
            with suppress(TimeoutError):
                async with asyncio.timeout(FIX_SECONDS):
                    await self._files.compress(served.version_id, path, fixed)
        return document_of(fixed)

    async def _fixed_file(self, served: Publication, path: str) -> FixedFile:
        async with self._database.connection() as connection:
            body = await read_file(connection, served.project_id, served.version_id, path)
        if body is None:
            raise NotFound(f"there is no {path[:200]} in these documents")
        fixed = FixedFile(body)
        self._files.keep(served.version_id, path, fixed)
        return fixed

    async def _fixed_full(self, served: Publication, path: str) -> FixedFile | None:
        async with self._database.connection() as connection:
            size = await versions.full_bytes(connection, served.project_id, served.version_id)

        async def make() -> FixedFile:
            body = b"".join([piece async for piece in self._full(served)])
            return FixedFile(body, _etag(served.sha256, path))

        try:
            async with asyncio.timeout(FIX_SECONDS):
                return await self._files.fix(served.version_id, path, make, size)
        except TimeoutError:
            return None

    async def _full(self, served: Publication) -> AsyncIterator[bytes]:
        yield full_head(served.name)
        after = -1
        while True:
            async with self._database.connection() as connection:
                texts = await versions.texts(connection, served.project_id, served.version_id, after, PAGE)
                is_whole = len(texts) == PAGE or await versions.is_kept(connection, served.version_id)
            if not is_whole:
                # Deleted meanwhile: the part of it that was read must not pass for all of it.
                raise NotFound("the version was deleted while it was read")
            for part in await asyncio.to_thread(_parts, texts):
                yield part
            if len(texts) < PAGE:
                return
            after = texts[-1].position


def document_of(file: FixedFile) -> Document:
    """A file in memory as a document."""
    return Document(file.etag, _once(file.body), file)


def _served(project_id: UUID, version: Version) -> Publication:
    return Publication(project_id, version.id, version.sha256, version.name)


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
