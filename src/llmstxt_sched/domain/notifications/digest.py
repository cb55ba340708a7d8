"""What a digest tells: the changes of several runs as one change of each project.  Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.domain.notifications.payload import RunCompletedData, ToldCounts, ToldEntry, ToldProject


class ProjectDigest(Struct, frozen=True):
    """What changed in a project from run `first` to run `last`; `more` entries changed that are not in `entries`."""

    project: ToldProject
    first: UUID
    last: UUID
    pages: ToldCounts
    entries: tuple[ToldEntry, ...]
    more: int


class DigestBuilder:
    """Gathers runs; each is taken once and need not be kept."""

    def __init__(self) -> None:
        self._projects: dict[UUID, _Gathered] = {}

    def add(self, runs: Iterable[RunCompletedData]) -> None:
        """Take those of the next runs, in their order, that changed documents."""
        for run in runs:
            if run.documents_changed:
                self._projects.setdefault(run.project.id, _Gathered(run)).add(run)

    def digests(self) -> list[ProjectDigest]:
        """One entry for each project, in the order of names."""
        found = [gathered.digest() for gathered in self._projects.values()]
        return sorted(found, key=lambda each: (each.project.name.casefold(), each.project.id))


class _Gathered:
    def __init__(self, first: RunCompletedData) -> None:
        self._project = first.project
        self._first = self._last = first.run.id
        self._pages = ToldCounts()
        self._entries: dict[str, ToldEntry] = {}
        self._more = 0

    def add(self, run: RunCompletedData) -> None:
        one, two = self._pages, run.pages
        self._pages = ToldCounts(one.added + two.added, one.changed + two.changed, one.removed + two.removed)
        self._more += run.entries_total - len(run.entries)
        self._last = run.run.id
        for entry in run.entries:
            self._merge(entry)

    def digest(self) -> ProjectDigest:
        entries = tuple(self._entries.values())
        return ProjectDigest(self._project, self._first, self._last, self._pages, entries, self._more)

    def _merge(self, entry: ToldEntry) -> None:
        """One change for each entry: what came and went is none, and what came and then changed came."""
        # A change of the site as a whole has no address, or that of the start page.
        key = entry.kind if entry.kind.startswith("site_") else entry.url
        before = self._entries.pop(key, None)
        is_new = before is not None and before.kind == "added"
        if not (is_new and entry.kind == "removed"):
            self._entries[key] = replace(entry, kind="added") if is_new else entry
