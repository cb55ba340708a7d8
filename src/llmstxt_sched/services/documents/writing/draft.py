"""Turns what a run saw into a draft: a version of the documents, and how the run leaves the project's pages.

A version with which most of what is published would vanish is held: it is stored, and the documents and the pages stay
as they are until somebody accepts it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from uuid import UUID, uuid4

from msgspec import Struct, structs

from llmstxt_sched.crawler.model import Report
from llmstxt_sched.documents.changes.diff import diff_indexes, diff_pages
from llmstxt_sched.documents.model import Entry, Extract, Index, Page
from llmstxt_sched.documents.parse import parse_parts
from llmstxt_sched.documents.render import render_indexes
from llmstxt_sched.documents.selection.select import select, wanted_pages
from llmstxt_sched.documents.text import safe_url
from llmstxt_sched.domain.project import USUAL, CrawlOptions
from llmstxt_sched.domain.run import HeldVersion, RunReport
from llmstxt_sched.extraction.model import EXTRACTOR_VERSION
from llmstxt_sched.services.documents.writing.draft_inputs import DraftInputs, digest_of
from llmstxt_sched.services.documents.writing.findings import found_in
from llmstxt_sched.services.documents.writing.lost_texts import would_be_lost
from llmstxt_sched.services.documents.writing.mass_loss import Sight, is_mass_loss
from llmstxt_sched.services.documents.writing.page_standing import (
    LATELY_DAYS,
    PageStandings,
    PlacedPage,
    decide_standings,
)
from llmstxt_sched.services.documents.writing.reading import picks_of, reader_version, versions_with
from llmstxt_sched.store.documents import pages, versions
from llmstxt_sched.store.documents.changes import ChangeScope, RunChange
from llmstxt_sched.store.documents.pages import KnownPage, PageUpdate, StagedPage, Standing
from llmstxt_sched.store.documents.versions import NewVersion, PageHash, PublishedVersion, VersionPage
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.packed_rows import PackedRows, pack
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import PageChanges

_NO_ENTRY = Entry("", "")
# With these limits the order of a crawl is not that of the site.
_OUT_OF_ORDER = frozenset({"max_seconds", "sitemap_unread"})


class Draft(Struct, frozen=True):
    """What a run is about to write; `version` is None if the documents have not changed.

    `standings` are packed `Standing`s, `changes` packed `RunChange`s.  `folder` is the one that the crawl was
    restricted to, None where the project has it already; `reader_version` is the number under which the content of the
    pages is stored.
    """

    standings: PackedRows
    gone: tuple[str, ...]
    current_id: UUID | None
    version: NewVersion | None
    changes: PackedRows
    counts: PageChanges
    report: RunReport = RunReport()
    reader_version: int = EXTRACTOR_VERSION
    folder: str | None = "/"

    @property
    def update(self) -> PageUpdate:
        """How the run leaves the project's pages."""
        return PageUpdate(self.standings, self.gone, self.reader_version, self.folder)

    @property
    def leads_to(self) -> UUID | None:
        """The version whose documents are those that were drafted."""
        return self.version.id if self.version else self.current_id

    @property
    def held(self) -> HeldVersion | None:
        """What becomes of the version, if it is not published at once."""
        return HeldVersion.WAITING if self.version and self.version.is_held else None


class Before(Struct, frozen=True):
    """The version in force before the run; `extracts` are those of its pages, by their addresses."""

    version: PublishedVersion | None
    files: Sequence[bytes] = ()
    hashes: tuple[PageHash, ...] = ()
    extracts: Mapping[str, Extract] = {}

    @property
    def index(self) -> Index:
        """The index that the files were rendered from."""
        if self.version is None:
            return Index("")
        return Index(self.version.name, self.version.summary, (), parse_parts(self.files))


class _Sources(Struct, frozen=True):
    """What a run is drafted from; `outdated` are the known pages that were read with other selectors."""

    known: Sequence[KnownPage]
    staged: Sequence[StagedPage]
    outdated: frozenset[str]
    before: Before
    report: Report
    options: CrawlOptions


async def draft(
    database: Database,
    project_id: UUID,
    run_id: UUID,
    report: Report,
    options: CrawlOptions = USUAL,
    inputs: DraftInputs | None = None,
) -> Draft:
    """Draft the documents from the pages that the run staged and those known before.

    `options` are those that the run was crawled with, its limits included; `inputs` are those of earlier drafts.  It
    takes seconds for a large site: see `drafting`.
    """
    sources = await _sources(database, project_id, run_id, report, options)
    standings = decide_standings(
        sources.known,
        sources.staged,
        seen_all=report.seen_all,
        unlinked=report.unlinked,
        decided=report.decided,
        outdated=sources.outdated,
        in_order=_OUT_OF_ORDER.isdisjoint(report.limits),
        had_time="max_seconds" not in report.limits,
        start_url=report.start_url,
    )
    listed = wanted_pages(standings.pages, report.start_url, options)
    inputs, before = inputs or DraftInputs(), sources.before
    digest = digest_of(listed, report.start_url, standings.contents)
    if before.version and inputs.lead_to(project_id, digest, before.version.id):
        drafted = _unchanged(standings, listed, before.version)
    else:
        is_held = await _is_held(database, project_id, sources, standings, listed)
        drafted = _draft(standings, listed, report.start_url, before, options, is_held=is_held)
        inputs.keep(project_id, digest, drafted.leads_to)
    told = structs.replace(
        found_in(sources.staged),
        limits=report.reached,
        unmatched_globs=report.unmatched_globs,
        unmatched_selectors=report.unmatched_selectors,
        politeness=report.politeness,
        needs_rendering=report.needs_rendering,
    )
    number = reader_version(picks_of(options))
    return structs.replace(drafted, report=told, reader_version=number, folder=report.folder)


async def _sources(
    database: Database, project_id: UUID, run_id: UUID, report: Report, options: CrawlOptions
) -> _Sources:
    async with database.transaction() as connection:
        async with pages.planned_for_all(connection):
            known = await pages.known(connection, project_id, LATELY_DAYS)
            staged = await pages.staged(connection, run_id, known)
        before = await _before(connection, project_id, known)
    readers = versions_with(picks_of(options))
    outdated = frozenset(page.url for page in known if page.extractor_version not in readers)
    return _Sources(known, staged, outdated, before, report, options)


async def _before(connection: Connection, project_id: UUID, known: Sequence[KnownPage]) -> Before:
    version = await versions.current(connection, project_id)
    if version is None:
        return Before(None)
    extracts = {page.url: page.extract for page in known if page.is_listed and page.extract}
    return Before(
        version,
        await versions.files(connection, version.id),
        tuple(await versions.hashes(connection, version.id)),
        extracts,
    )


async def _is_held(
    database: Database, project_id: UUID, sources: _Sources, standings: PageStandings, listed: Sequence[Page]
) -> bool:
    """Whether most of what is published would vanish."""
    before, report, visited = sources.before, sources.report, {page.url for page in sources.staged}
    if before.version is None:
        return False
    sight = Sight(
        outcomes={page.url: page.outcome for page in sources.staged},
        depths={page.url: page.depth for page in sources.known},
        pages={page.url for page in standings.pages},
        unread=sources.outdated - report.decided - visited,
        folder=report.folder,
    )
    options, options_before = sources.options, before.version.options

    def judge(old: Mapping[str, str], new: Mapping[str, str], step: int) -> bool:
        return is_mass_loss(old, new, sight, options, options_before, step)

    return await would_be_lost(database, project_id, before.hashes, before.extracts, listed, judge)


def _unchanged(standings: PageStandings, listed: Sequence[Page], version: PublishedVersion) -> Draft:
    """The draft of what has led to this version before: titles and descriptions of the pages stay as they are."""
    urls = {page.url for page in listed}
    return Draft(
        standings=pack([_standing(placed, urls, None, None) for placed in standings.placed]),
        gone=standings.gone,
        current_id=version.id,
        version=None,
        changes=pack([]),
        counts=PageChanges(),
    )


def _draft(
    standings: PageStandings,
    listed: Sequence[Page],
    start_url: str,
    before: Before,
    options: CrawlOptions,
    *,
    is_held: bool,
) -> Draft:
    index = select(listed, start_url, standings.contents)
    files = render_indexes(index)
    entries = {entry.url: entry for section in index.sections for entry in section.entries}
    version_pages = [
        VersionPage(page.url, page.path, entries[safe_url(page.url)].title, page.content_sha256) for page in listed
    ]
    listed_urls = {page.url for page in listed}
    sha256 = _sha256(files, version_pages)
    is_same = before.version is not None and before.version.sha256 == sha256
    found = _changes(before, index, version_pages, start_url)
    return Draft(
        standings=pack(
            [
                _standing(placed, listed_urls, entry.title, entry.note)
                for placed in standings.placed
                for entry in [entries.get(safe_url(placed.url), _NO_ENTRY)]
            ]
        ),
        gone=standings.gone,
        current_id=before.version.id if before.version else None,
        version=None
        if is_same
        else NewVersion(
            id=uuid4(),
            sha256=sha256,
            name=index.name,
            summary=index.summary,
            files=files,
            pages=pack(version_pages),
            options=options,
            is_held=is_held,
        ),
        changes=pack(found),
        counts=PageChanges(
            **{
                kind: sum(change.scope == "page" and change.kind == kind for change in found)
                for kind in PageChanges.__struct_fields__
            }
        ),
    )


def _standing(placed: PlacedPage, listed: Set[str], title: str | None, description: str | None) -> Standing:
    return Standing(
        url=placed.url,
        position=placed.position,
        path=placed.path,
        title=title,
        description=description,
        is_listed=placed.url in listed,
        absences=placed.absences,
    )


def _changes(before: Before, index: Index, listed: list[VersionPage], start_url: str) -> list[RunChange]:
    """The changes of pages, then those of index entries; within each kind in the order of the documents."""
    old = {page.url: page.content_sha256 for page in before.hashes}
    new = {page.url: page.content_sha256 for page in listed}
    titles = {page.url: page.title for page in before.hashes} | {page.url: page.title for page in listed}
    titles |= {safe_url(url): title for url, title in titles.items()}
    by_page, by_entry = diff_pages(old, new), diff_indexes(before.index, index)
    found: list[tuple[ChangeScope, str, str, str, str | None, str | None]] = []
    for kind, urls in structs.asdict(by_page).items():
        found += [("page", kind, url, titles[url], old.get(url), new.get(url)) for url in urls]
    found += [("entry", "added", e.url, e.title, None, e.note) for e in by_entry.added]
    found += [("entry", "removed", e.url, e.title, e.note, None) for e in by_entry.removed]
    for kind in ("renamed", "moved", "redescribed"):
        found += [("entry", kind, c.url, titles.get(c.url, ""), c.before, c.after) for c in getattr(by_entry, kind)]
    if before.version:
        heads = {"site_renamed": by_entry.name, "site_redescribed": by_entry.summary}
        found += [("entry", kind, start_url, index.name, *change) for kind, change in heads.items() if change]
    return [RunChange(number, *each) for number, each in enumerate(found)]


def _sha256(files: dict[str, bytes], listed: list[VersionPage]) -> str:
    """A hash that covers all files of a version: llms-full.txt and the pages' copies follow from what is hashed."""
    digest = hashlib.sha256()
    for path, body in files.items():
        digest.update(f"{path}\0{len(body)}\0".encode() + body)
    for page in listed:
        digest.update(f"{page.url}\0{page.path}\0{page.title}\0{page.content_sha256}\n".encode())
    return digest.hexdigest()
