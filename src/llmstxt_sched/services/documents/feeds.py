"""Feeds of what each version of the documents changed: of one project, or of all."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from msgspec import Struct, structs

from llmstxt_sched.documents.changes.change_list import ListedChange, VersionChanges, render_changes, summarise
from llmstxt_sched.documents.feed import ATOM_TYPE, GENERATOR, Feed, FeedEntry, FeedLink, render_feed
from llmstxt_sched.documents.model import LLMS_TXT
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.documents.files import Document, document_of
from llmstxt_sched.services.documents.fixed_files import FixedFile, FixedFiles
from llmstxt_sched.services.documents.public_projects import public_project
from llmstxt_sched.store import projects
from llmstxt_sched.store.documents import changes, feeds
from llmstxt_sched.store.documents.changes import EntryChanges
from llmstxt_sched.store.documents.feeds import FeedVersion
from llmstxt_sched.store.documents.publications import PublicProject
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.projects import Project

FEED_XML = "feed.xml"
OF_PROJECT = 20
OF_ALL = 50
# How many changes an entry lists, beside their number.
MAX_LISTED = 100
# Feeds are asked for again and again by whoever follows them, and most of them seldom change.
ROOM_BYTES = 4 * 1024 * 1024
NO_TIME = datetime.fromtimestamp(0, UTC)
NOTHING = EntryChanges([], 0)


class Head(Struct, frozen=True):
    """What a feed says beside its entries; `is_public` if it is read by strangers, who see no page of this service."""

    id: UUID
    title: str
    author: str
    updated: datetime
    links: tuple[FeedLink, ...]
    is_public: bool


class Feeds:
    """Builds feeds; `public_url` is the address of the service, without a slash at the end."""

    def __init__(self, database: Database, public_url: str) -> None:
        self._database = database
        self._url = public_url
        self._files = FixedFiles(ROOM_BYTES)

    async def published(self, slug: str, *, gzipped: bool = False) -> Document:
        """The feed of a public project, of what changed since it became public.  Raises NotFound."""
        async with self._database.connection() as connection:
            project = await public_project(connection, slug)
            versions = await feeds.of_project(connection, project.id, project.public_since, OF_PROJECT)
            address = f"{self._url}/p/{project.slug}"
            head = self._head_of(project, f"{address}/{FEED_XML}", f"{address}/{LLMS_TXT}", "", is_public=True)
        return await self._document(head, versions, gzipped=gzipped)

    async def of_project(self, project_id: UUID, *, gzipped: bool = False) -> Document:
        """The feed of a project, for those who may see it.  Raises NotFound."""
        async with self._database.connection() as connection:
            project = await projects.get(connection, project_id)
            if project is None:
                raise NotFound(f"there is no project {project_id}")
            versions = await feeds.of_project(connection, project_id, None, OF_PROJECT)
            address, page = f"{self._url}/api/projects/{project_id}", f"{self._url}/projects/{project_id}"
            head = self._head_of(project, f"{address}/{FEED_XML}", page, "text/html", is_public=False)
        return await self._document(head, versions, gzipped=gzipped)

    async def of_all(self, *, gzipped: bool = False) -> Document:
        """The feed of all projects, for those who may see them."""
        address = f"{self._url}/api/{FEED_XML}"
        links = _links(address, f"{self._url}/projects", "text/html")
        head = Head(uuid5(NAMESPACE_URL, address), "Changes of all projects", GENERATOR, NO_TIME, links, False)
        async with self._database.connection() as connection:
            versions = await feeds.of_all(connection, OF_ALL)
        return await self._document(head, versions, gzipped=gzipped)

    def _head_of(
        self, project: Project | PublicProject, address: str, page: str, media_type: str, *, is_public: bool
    ) -> Head:
        return Head(
            id=project.id,
            title=f"{project.name}: changes of {LLMS_TXT}",
            author=project.name,
            updated=project.created_at,
            links=_links(address, page, media_type),
            is_public=is_public,
        )

    async def _document(self, head: Head, versions: Sequence[FeedVersion], *, gzipped: bool) -> Document:
        # A version's changes never change: what tells two feeds apart is known without reading them.
        digest = hashlib.sha256(msgspec.json.encode([head, versions])).hexdigest()
        file = self._files.get(head.id, digest)
        if file is None:
            async with self._database.connection() as connection:
                entries = await changes.entries(connection, [version.run_id for version in versions], MAX_LISTED)
            file = FixedFile(await asyncio.to_thread(self._render, head, versions, entries))
            self._files.keep(head.id, digest, file)
        if gzipped:
            await self._files.compress(head.id, digest, file)
        return document_of(file)

    def _render(self, head: Head, versions: Sequence[FeedVersion], entries: Mapping[UUID, EntryChanges]) -> bytes:
        shown = [self._entry(head, each, entries.get(each.run_id, NOTHING)) for each in versions]
        return render_feed(Feed(head.id, head.title, head.author, head.updated, head.links, shown))

    def _entry(self, head: Head, version: FeedVersion, entries: EntryChanges) -> FeedEntry:
        listed = [ListedChange(row.kind, row.url, row.title, row.before, row.after) for row in entries.first]
        pages = structs.asdict(version.page_changes) if version.page_changes else {}
        found = VersionChanges(version.number == 1, version.page_count, listed, entries.total, pages)
        return FeedEntry(
            id=version.id,
            title=f"{version.project_name}: {summarise(found)}",
            updated=version.published_at,
            html=render_changes(found),
            links=self._links_of(head, version),
        )

    def _links_of(self, head: Head, version: FeedVersion) -> list[FeedLink]:
        after, before = version.run_id, version.before_run_id
        query = f"to={after}" + (f"&from={before}" if before else "")
        page = FeedLink("alternate", f"{self._url}/projects/{version.project_id}/changes?{query}", "text/html")
        published = FeedLink("alternate", f"{self._url}/p/{version.slug}/{LLMS_TXT}")
        texts = [(after, f"{LLMS_TXT} of this version"), *([(before, f"{LLMS_TXT} before it")] if before else [])]
        return [
            published if head.is_public else page,
            *(
                FeedLink("related", f"{self._url}/api/runs/{run}/{LLMS_TXT}", "text/plain", title)
                for run, title in texts
            ),
        ]


def _links(address: str, page: str, media_type: str) -> tuple[FeedLink, ...]:
    return FeedLink("self", address, ATOM_TYPE), FeedLink("alternate", page, media_type)
