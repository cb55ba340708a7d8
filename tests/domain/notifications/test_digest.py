from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from llmstxt_sched.domain.notifications.digest import DigestBuilder, ProjectDigest
from llmstxt_sched.domain.notifications.payload import RunCompletedData, ToldCounts, ToldEntry, ToldProject, ToldRun
from llmstxt_sched.domain.run import RunStatus, Trigger

ONE, TWO = (
    ToldProject(uuid4(), name, "https://example.com/", f"https://llms.example.com/projects/{name}")
    for name in ("b docs", "A docs")
)


def run(project: ToldProject, *entries: tuple[str, str], more: int = 0, is_changed: bool = True) -> RunCompletedData:
    told = ToldRun(uuid4(), 1, Trigger.SCHEDULE, RunStatus.COMPLETE_WITH_DIFFS, None, None, None)
    return RunCompletedData(
        project=project,
        run=told,
        documents_changed=is_changed,
        held=None,
        pages=ToldCounts(1, 2, 3),
        entries=tuple(ToldEntry(kind, url, f"Title of {url}", None, None) for kind, url in entries),
        entries_total=len(entries) + more,
        llms_txt="",
        previous_llms_txt=None,
        changes_page="",
    )


def digest_of(runs: Sequence[RunCompletedData]) -> list[ProjectDigest]:
    builder = DigestBuilder()
    for each in runs:
        builder.add([each])
    return builder.digests()


def entries_of(*runs: RunCompletedData) -> list[tuple[str, str]]:
    (project,) = digest_of(runs)
    return [(entry.kind, entry.url) for entry in project.entries]


def test_several_runs_of_a_project_are_one_entry_of_the_digest() -> None:
    runs = [run(ONE, ("added", "/a"), more=2), run(TWO), run(ONE, ("renamed", "/b"), more=1)]
    second, first = digest_of(runs)[::-1]
    assert (first.project, second.project) == (TWO, ONE)
    assert (second.first, second.last, second.more) == (runs[0].run.id, runs[2].run.id, 3)
    assert second.pages == ToldCounts(2, 4, 6)


def test_an_entry_is_told_as_the_reader_finds_it() -> None:
    assert entries_of(run(ONE, ("added", "/a")), run(ONE, ("renamed", "/a"))) == [("added", "/a")]
    assert entries_of(run(ONE, ("renamed", "/a")), run(ONE, ("removed", "/a"))) == [("removed", "/a")]
    assert entries_of(run(ONE, ("added", "/a"), ("added", "/b")), run(ONE, ("removed", "/a"))) == [("added", "/b")]


def test_what_is_said_of_the_site_is_not_said_of_its_start_page() -> None:
    changed = run(ONE, ("added", "/"), ("site_renamed", "/"), ("site_redescribed", "/"))
    assert [kind for kind, _ in entries_of(changed)] == ["added", "site_renamed", "site_redescribed"]


def test_a_run_that_published_nothing_is_not_in_it() -> None:
    assert digest_of([run(ONE, is_changed=False)]) == []


def test_projects_of_one_name_are_two() -> None:
    other = ToldProject(UUID(int=1), ONE.name, ONE.url, ONE.page)
    assert len(digest_of([run(ONE), run(other)])) == 2
