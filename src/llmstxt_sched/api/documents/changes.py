"""What differs between two versions of a project's documents, over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, get_args
from uuid import UUID

from litestar import Controller, get
from litestar.params import Parameter, QueryParameter
from msgspec import Struct

from llmstxt_sched.api.requests.paging import Cursor, Listing, PagedList, PageSize, Position32
from llmstxt_sched.documents.changes.diff import EntryChange, IndexDiff
from llmstxt_sched.documents.changes.text_diff import Hunk
from llmstxt_sched.documents.model import Entry
from llmstxt_sched.domain.times import Time
from llmstxt_sched.services.documents.changes import MAX_LISTED, Changes, Comparison, TextComparison
from llmstxt_sched.store.documents.versions import DifferenceKind, PageDifference, VersionInForce

FromRun = Annotated[
    UUID | None, QueryParameter(name="from", description="A run; by default the version before that of `to` is meant.")
]
ToRun = Annotated[
    UUID | None, QueryParameter(name="to", description="A run; by default the newest that left a version in force.")
]
Path = Annotated[
    str, Parameter(max_length=4096, description="`llms.txt`, a folder's `…/llms.txt`, or the path of a page (`….md`).")
]
ENTRY_KINDS = ("added", "removed", "renamed", "moved", "redescribed")
PAGE_KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)
LineNumber = Annotated[int, Parameter(ge=1, le=2**31 - 1)]


class VersionWire(Struct, frozen=True):
    """A run, and the version of the documents that is in force after it; `is_new` says whether the run made it.

    `version_number` is null for a version that is held, which would be in force.
    """

    run_id: UUID
    number: int
    finished_at: Time | None
    version_number: int | None
    is_new: bool


class EntryWire(Struct, frozen=True):
    """One link of llms.txt."""

    url: str
    title: str
    note: str


class EntryChangeWire(Struct, frozen=True):
    """One link whose title, section or note is another one; `title` is the new one."""

    url: str
    title: str
    before: str
    after: str


class HeadChangeWire(Struct, frozen=True):
    """The name or the summary at the head of llms.txt, before and after."""

    before: str
    after: str


class EntriesWire(Struct, frozen=True):
    """The links of llms.txt that differ, and what stands at its head; null where that is the same."""

    added: list[EntryWire]
    removed: list[EntryWire]
    renamed: list[EntryChangeWire]
    moved: list[EntryChangeWire]
    redescribed: list[EntryChangeWire]
    name: HeadChangeWire | None
    summary: HeadChangeWire | None


class DifferingPageWire(Struct, frozen=True):
    """One page that differs; `path` is that of its Markdown."""

    url: str
    path: str
    title: str


class DifferingPagesWire(Struct, frozen=True):
    """The pages that differ."""

    added: list[DifferingPageWire]
    removed: list[DifferingPageWire]
    changed: list[DifferingPageWire]


class DifferingFilesWire(Struct, frozen=True):
    """The paths of the index files that differ: `llms.txt`, and those of folders."""

    added: list[str]
    removed: list[str]
    changed: list[str]


class DifferenceCounts(Struct, frozen=True):
    """How many differ, by kind, also where the lists name fewer; `entries` is null where they are."""

    entries: dict[str, int] | None
    pages: dict[str, int]
    files: dict[str, int]


class ComparisonWire(Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """What differs between two versions.

    `from` is null where there was nothing before.  `entries` is null where the files that differ are too large to be
    compared by entries.  `is_cut` is true where a list is longer than 500 and only that many are named.
    """

    before: VersionWire | None
    after: VersionWire
    entries: EntriesWire | None
    pages: DifferingPagesWire
    files: DifferingFilesWire
    counts: DifferenceCounts
    is_cut: bool


class TextWire(Struct, frozen=True):
    """How the text of one file differs; a hash is null, and there are no lines, where the file is not there."""

    path: str
    before_sha256: str | None
    after_sha256: str | None
    before_lines: int
    after_lines: int
    hunks: list[Hunk]
    cut: bool


class LinesWire(Struct, frozen=True):
    """Some lines of a file, from number `first` on."""

    path: str
    first: int
    lines: list[str]


class ChangesController(Controller):
    """The versions of a project's documents, and what differs between two of them."""

    path = "/api/projects/{project_id:uuid}"
    tags = ("changes",)

    @get("/versions", operation_id="list_versions")
    async def versions(
        self, changes: Changes, project_id: UUID, limit: PageSize = 50, cursor: Cursor = None
    ) -> Listing[VersionWire]:
        """The runs that left a version in force, newest first, each with that version."""
        listed = PagedList(Position32, "versions", project_id)
        found = await changes.versions(project_id, listed.read(cursor), limit + 1)
        return listed.page(found, limit, _show_version, lambda version: version.run_number)

    @get("/changes", operation_id="compare_versions")
    async def compare(
        self, changes: Changes, project_id: UUID, before_run: FromRun = None, after_run: ToRun = None
    ) -> ComparisonWire:
        """What differs between the versions after two runs: links of llms.txt, pages, and files."""
        return _show_comparison(await changes.compare(project_id, before_run, after_run))

    @get("/changes/text", operation_id="compare_text")
    async def text(
        self,
        changes: Changes,
        project_id: UUID,
        path: Path,
        before_run: FromRun = None,
        after_run: ToRun = None,
        ignore_white_space: bool = False,
    ) -> TextWire:
        """How the text of one file differs between the versions after two runs."""
        found = await changes.text(project_id, before_run, after_run, path, ignore_white_space=ignore_white_space)
        return _show_text(path, found)

    @get("/changes/lines", operation_id="get_lines")
    async def lines(
        self,
        changes: Changes,
        project_id: UUID,
        path: Path,
        first: LineNumber,
        last: LineNumber,
        after_run: ToRun = None,
    ) -> LinesWire:
        """Lines of a file in the version after a run, at most 1,000: those that a comparison left out as unchanged."""
        return LinesWire(path, first, await changes.lines(project_id, after_run, path, first, last))


def _show_version(version: VersionInForce) -> VersionWire:
    return VersionWire(
        run_id=version.run_id,
        number=version.run_number,
        finished_at=version.finished_at,
        version_number=None if version.is_held else version.number,
        is_new=version.is_new,
    )


def _show_comparison(found: Comparison) -> ComparisonWire:
    before, after = found.sides
    entries = None if found.entries is None else {kind: len(getattr(found.entries, kind)) for kind in ENTRY_KINDS}
    pages: dict[str, int] = dict.fromkeys(PAGE_KINDS, 0)
    pages |= {page.kind: page.total for page in found.pages}
    files = {kind: [file.path for file in found.files if file.kind == kind] for kind in PAGE_KINDS}
    counts = DifferenceCounts(entries, pages, {kind: len(paths) for kind, paths in files.items()})
    everything = (*(entries or {}).values(), *counts.pages.values(), *counts.files.values())
    return ComparisonWire(
        before=_show_version(before) if before else None,
        after=_show_version(after),
        entries=_show_entries(found.entries, found.titles) if found.entries else None,
        pages=DifferingPagesWire(**{kind: _show_pages(found.pages, kind) for kind in PAGE_KINDS}),
        files=DifferingFilesWire(**{kind: paths[:MAX_LISTED] for kind, paths in files.items()}),
        counts=counts,
        is_cut=any(count > MAX_LISTED for count in everything),
    )


def _show_entries(diff: IndexDiff, titles: Mapping[str, str]) -> EntriesWire:
    def changed(changes: Sequence[EntryChange]) -> list[EntryChangeWire]:
        return [EntryChangeWire(c.url, titles[c.url], c.before, c.after) for c in changes[:MAX_LISTED]]

    def listed(entries: Sequence[Entry]) -> list[EntryWire]:
        return [EntryWire(entry.url, entry.title, entry.note) for entry in entries[:MAX_LISTED]]

    return EntriesWire(
        added=listed(diff.added),
        removed=listed(diff.removed),
        renamed=changed(diff.renamed),
        moved=changed(diff.moved),
        redescribed=changed(diff.redescribed),
        name=HeadChangeWire(*diff.name) if diff.name else None,
        summary=HeadChangeWire(*diff.summary) if diff.summary else None,
    )


def _show_pages(pages: Sequence[PageDifference], kind: DifferenceKind) -> list[DifferingPageWire]:
    return [DifferingPageWire(page.url, page.path, page.title) for page in pages if page.kind == kind]


def _show_text(path: str, found: TextComparison) -> TextWire:
    diff = found.diff
    return TextWire(
        path=path,
        before_sha256=found.before_sha256,
        after_sha256=found.after_sha256,
        before_lines=diff.before_lines,
        after_lines=diff.after_lines,
        hunks=list(diff.hunks),
        cut=diff.cut,
    )
