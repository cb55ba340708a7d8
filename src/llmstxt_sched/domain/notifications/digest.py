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


def digest_of(runs: Iterable[RunCompletedData]) -> list[ProjectDigest]:
    """The runs that changed documents, given in their order, as one entry for each project, in the order of names."""
    found: dict[UUID, ProjectDigest] = {}
    for run in runs:
        if run.documents_changed:
            before = found.get(run.project.id)
            found[run.project.id] = _following(before, run) if before else _first(run)
    return sorted(found.values(), key=lambda each: (each.project.name.casefold(), each.project.id))


def _first(run: RunCompletedData) -> ProjectDigest:
    more = run.entries_total - len(run.entries)
    return ProjectDigest(run.project, run.run.id, run.run.id, run.pages, _merged(run.entries), more)


def _following(before: ProjectDigest, run: RunCompletedData) -> ProjectDigest:
    one, two = before.pages, run.pages
    pages = ToldCounts(one.added + two.added, one.changed + two.changed, one.removed + two.removed)
    more = before.more + run.entries_total - len(run.entries)
    return ProjectDigest(run.project, before.first, run.run.id, pages, _merged((*before.entries, *run.entries)), more)


def _merged(entries: Iterable[ToldEntry]) -> tuple[ToldEntry, ...]:
    """One change for each entry: what came and went is none, and what came and then changed came."""
    merged: dict[str, ToldEntry] = {}
    for entry in entries:
        # What is said of the site as a whole has no address, or that of its start page.
        key = entry.kind if entry.kind.startswith("site_") else entry.url
        before = merged.pop(key, None)
        is_new = before is not None and before.kind == "added"
        if not (is_new and entry.kind == "removed"):
            merged[key] = replace(entry, kind="added") if is_new else entry
    return tuple(merged.values())
