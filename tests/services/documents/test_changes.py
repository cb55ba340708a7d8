from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from tests.support.engine import Engine
from tests.support.versions import HOME, START, first_run, next_run, visit

from llmstxt_sched.documents.changes.diff import EntryChange
from llmstxt_sched.documents.model import Entry
from llmstxt_sched.errors import InvalidInput, NotFound
from llmstxt_sched.services.documents.changes import MAX_LINES, Changes
from llmstxt_sched.store.runs import Run

NEWS = visit("news", "News", "All that is new.", 2)
RENAMED = visit("guide", "The guide", "How to.\n\nAnd why.", 1)


class History:
    """A project with two versions: a second run changed the guide and added a page, a third changed nothing."""

    def __init__(self, engine: Engine, *runs: Run) -> None:
        self.changes = Changes(engine.database)
        self.first, self.second, self.third = runs
        self.project: UUID = self.first.project_id


@pytest_asyncio.fixture
async def history(engine: Engine) -> AsyncIterator[History]:
    first = await first_run(engine)
    second = await next_run(engine, first, HOME, RENAMED, NEWS)
    yield History(engine, first, second, await next_run(engine, first, HOME, RENAMED, NEWS))


async def test_runs_are_listed_with_the_version_in_force_after_each(engine: Engine, history: History) -> None:
    failed = await engine.fail(await engine.trigger(history.project))
    found = await history.changes.versions(history.project, None, 10)
    assert [(each.run_id, each.number, each.is_new) for each in found] == [
        (history.third.id, 2, False),
        (history.second.id, 2, True),
        (history.first.id, 1, True),
    ]
    assert failed.id not in {each.run_id for each in found}
    assert [each.run_number for each in await history.changes.versions(history.project, 3, 1)] == [2]
    with pytest.raises(NotFound, match="no project"):
        await history.changes.versions(uuid4(), None, 10)


async def test_two_versions_are_compared_by_entries_pages_and_files(history: History) -> None:
    found = await history.changes.compare(history.project, history.first.id, history.second.id)
    assert found.entries
    assert [entry.url for entry in found.entries.added] == [START + "news"]
    assert found.entries.renamed == (EntryChange(START + "guide", "Guide", "The guide"),)
    assert found.titles[START + "guide"] == "The guide"
    assert [(page.kind, page.path) for page in found.pages] == [("added", "news.md"), ("changed", "guide.md")]
    assert [(file.kind, file.path) for file in found.files] == [("changed", "llms.txt")]


async def test_what_was_added_is_removed_the_other_way_round(history: History) -> None:
    found = await history.changes.compare(history.project, history.second.id, history.first.id)
    assert found.entries
    assert [entry.url for entry in found.entries.removed] == [START + "news"]
    assert found.entries.renamed == (EntryChange(START + "guide", "The guide", "Guide"),)


async def test_without_runs_the_newest_version_is_compared_with_the_one_before(history: History) -> None:
    before, after = (await history.changes.compare(history.project, None, None)).sides
    assert before
    assert (before.run_id, after.run_id) == (history.first.id, history.third.id)
    before, after = (await history.changes.compare(history.project, None, history.second.id)).sides
    assert before
    assert (before.number, after.number) == (1, 2)


async def test_the_first_version_is_all_new(history: History) -> None:
    found = await history.changes.compare(history.project, None, history.first.id)
    assert found.sides.before is None
    assert found.entries
    assert found.entries.added == (Entry(START, "Home", ""), Entry(START + "guide", "Guide", ""))
    assert (found.entries.name, found.entries.summary) == (None, None)
    assert [page.kind for page in found.pages] == ["added", "added"]


async def test_a_version_does_not_differ_from_itself(history: History) -> None:
    found = await history.changes.compare(history.project, history.second.id, history.third.id)
    assert found.entries
    assert not any((*found.entries.added, *found.entries.removed, *found.entries.renamed, *found.pages, *found.files))
    text = await history.changes.text(
        history.project, history.second.id, history.third.id, "llms.txt", ignore_white_space=False
    )
    assert (text.before_sha256, text.diff.hunks) == (text.after_sha256, ())


async def test_a_run_that_failed_stands_for_the_version_before_it(engine: Engine, history: History) -> None:
    failed = await engine.fail(await engine.trigger(history.project))
    before, after = (await history.changes.compare(history.project, history.first.id, failed.id)).sides
    assert before
    assert (before.number, after.number, after.run_id) == (1, 2, failed.id)


async def test_the_text_of_a_page_is_compared_line_by_line(history: History) -> None:
    found = await history.changes.text(history.project, None, None, "guide.md", ignore_white_space=False)
    (hunk,) = found.diff.hunks
    assert hunk.lines == ("-# Guide", "+# The guide", " ", " How to.", "+", "+And why.")
    assert (found.diff.before_lines, found.diff.after_lines) == (3, 5)
    assert found.before_sha256 != found.after_sha256


async def test_a_page_that_is_new_has_no_lines_before(history: History) -> None:
    found = await history.changes.text(history.project, None, None, "news.md", ignore_white_space=False)
    assert (found.before_sha256, found.diff.before_lines, found.diff.after_lines) == (None, 0, 3)
    gone = await history.changes.text(
        history.project, history.second.id, history.first.id, "news.md", ignore_white_space=False
    )
    assert (gone.after_sha256, gone.diff.before_lines, gone.diff.after_lines) == (None, 3, 0)


async def test_lines_are_given_by_number(history: History) -> None:
    async def lines(first: int, last: int, run: UUID | None = None) -> list[str]:
        return await history.changes.lines(history.project, run, "guide.md", first, last)

    assert await lines(1, 3) == ["# The guide", "", "How to."]
    assert await lines(5, 2**31 - 1) == ["And why."]
    assert await lines(1, 1, history.first.id) == ["# Guide"]
    assert await lines(6, 9) == await lines(3, 2) == []


async def test_lines_are_given_up_to_a_number_at_once(engine: Engine) -> None:
    text = "\n".join(map(str, range(2 * MAX_LINES)))
    run = await next_run(engine, await first_run(engine), HOME, visit("guide", "Guide", text, 1))
    lines = await Changes(engine.database).lines(run.project_id, None, "guide.md", 3, 2**31 - 1)
    assert (lines[0], len(lines)) == ("0", MAX_LINES)


async def test_what_is_not_there_is_not_found_and_says_so(engine: Engine, history: History) -> None:
    changes, project = history.changes, history.project
    other = await first_run(engine)
    empty = await engine.create()
    early = await engine.fail(await engine.active(empty))
    for project_id, before, after, sentence in (
        (uuid4(), None, None, "no project"),
        (empty, None, None, "no document yet: its last run failed: robots.txt forbids the start page"),
        (empty, None, early.id, "left no document"),
        (project, None, uuid4(), "no run"),
        (project, uuid4(), None, "no run"),
        (project, other.id, None, "no run"),
        (project, None, other.id, "no run"),
    ):
        with pytest.raises(NotFound, match=sentence):
            await changes.compare(project_id, before, after)
        with pytest.raises(NotFound, match=sentence):
            await changes.text(project_id, before, after, "llms.txt", ignore_white_space=False)
    with pytest.raises(NotFound, match=r"no nope\.md"):
        await changes.text(project, None, None, "nope.md", ignore_white_space=False)
    with pytest.raises(NotFound, match=r"no news\.md"):
        await changes.lines(project, history.first.id, "news.md", 1, 2)


async def test_llms_full_is_too_large_to_compare(history: History) -> None:
    with pytest.raises(InvalidInput, match="path of a page"):
        await history.changes.text(history.project, None, None, "llms-full.txt", ignore_white_space=False)
    with pytest.raises(InvalidInput, match="path of a page"):
        await history.changes.lines(history.project, None, "llms-full.txt", 1, 2)
