"""All current documents as one tar archive, put together while it is sent."""

from __future__ import annotations

import asyncio
import tarfile
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime
from typing import IO
from uuid import UUID

from llmstxt_sched.documents.file_names import safe_parts
from llmstxt_sched.documents.model import LLMS_FULL_TXT, Entry
from llmstxt_sched.documents.render import full_head, full_part, render_page
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.store import one_offs, project_lists
from llmstxt_sched.store.documents import versions
from llmstxt_sched.store.documents.versions import PublishedVersion
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.projects import Project, ProjectFilter

# How many projects, and pages of one, are in memory at a time.
PROJECTS, PAGES = 50, 20
# An llms-full.txt beyond this is kept on disk until its length, which a tar tells first, is known.
FULL_IN_MEMORY = 8_388_608
READ_BYTES = 262_144
# Each renders every page, and may need as much of the disk as the longest llms-full.txt.
ARCHIVES_AT_ONCE = 2


class Exports:
    """Reads everything there is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._archives = 0

    async def projects(self, wanted: ProjectFilter) -> AsyncIterator[Project]:
        """All projects that a list under this filter shows, by name, but those that are soon deleted."""
        async for found in self._pages_of(wanted):
            async with self._database.connection() as connection:
                expiring = await one_offs.expiring(connection, [each.id for each in found])
            for project in found:
                if project.id not in expiring:
                    yield project

    async def _pages_of(self, wanted: ProjectFilter) -> AsyncIterator[list[Project]]:
        after: tuple[str, UUID] | None = None
        while True:
            async with self._database.connection() as connection:
                found = await project_lists.page(connection, wanted, None, "name", after, PROJECTS)
            yield found
            if len(found) < PROJECTS:
                return
            after = (found[-1].sort_key, found[-1].id)

    async def documents(self, wanted: ProjectFilter) -> AsyncIterator[bytes]:
        """The current documents of these projects as a tar (POSIX.1-2001), each project's in a folder of its slug.

        Raises Unavailable where ARCHIVES_AT_ONCE are being read.
        """
        if self._archives >= ARCHIVES_AT_ONCE:
            raise Unavailable(f"{ARCHIVES_AT_ONCE} archives are being read already: try again later")
        self._archives += 1
        try:
            async for piece in self._archive(wanted):
                yield piece
        finally:
            self._archives -= 1

    async def _archive(self, wanted: ProjectFilter) -> AsyncIterator[bytes]:
        async for project in self.projects(wanted):
            async with self._database.connection() as connection:
                version = await versions.current(connection, project.id)
                files = await versions.files_by_path(connection, version.id) if version else {}
            if version:
                for path, body in files.items():
                    yield _member(_name(project, path), body, version.created_at)
                async for piece in self._pages(project, version):
                    yield piece
        # Two empty blocks end an archive.
        yield tarfile.NUL * tarfile.BLOCKSIZE * 2

    async def _pages(self, project: Project, version: PublishedVersion) -> AsyncIterator[bytes]:
        """The Markdown of each page, then llms-full.txt, which is made of the same."""
        with tempfile.SpooledTemporaryFile(FULL_IN_MEMORY) as full:
            full.write(full_head(version.name))
            after = -1
            while True:
                async with self._database.connection() as connection:
                    texts = await versions.texts(connection, project.id, version.id, after, PAGES)
                for text in texts:
                    body = await asyncio.to_thread(render_page, text.title, text.markdown)
                    yield _member(_name(project, text.path), body, version.created_at)
                    part = await asyncio.to_thread(full_part, Entry(text.url, text.title), text.markdown)
                    await asyncio.to_thread(full.write, part)
                if len(texts) < PAGES:
                    break
                after = texts[-1].position
            async for piece in _from_file(_name(project, LLMS_FULL_TXT), full, version.created_at):
                yield piece


def _name(project: Project, path: str) -> str:
    return "/".join((project.slug, *safe_parts(path)))


async def _from_file(name: str, file: IO[bytes], at: datetime) -> AsyncIterator[bytes]:
    size = file.tell()
    file.seek(0)
    yield _head(name, size, at)
    while piece := await asyncio.to_thread(file.read, READ_BYTES):
        yield piece
    yield _padding(size)


def _member(name: str, body: bytes, at: datetime) -> bytes:
    return _head(name, len(body), at) + body + _padding(len(body))


def _head(name: str, size: int, at: datetime) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = size, int(at.timestamp())
    return entry.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return tarfile.NUL * (-size % tarfile.BLOCKSIZE)
