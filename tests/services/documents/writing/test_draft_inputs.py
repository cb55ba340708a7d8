from __future__ import annotations

from uuid import uuid4

import msgspec
import pytest
from msgspec import structs
from tests.support.engine import Engine
from tests.support.versions import GUIDE, HOME, START, first_run, visit

from llmstxt_sched.crawler.model import Report, Visit
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.services.documents.writing import draft_inputs
from llmstxt_sched.services.documents.writing.draft import Draft, draft
from llmstxt_sched.services.documents.writing.draft_inputs import DraftInputs
from llmstxt_sched.services.leases import ClaimedRun
from llmstxt_sched.store.runs import PageChanges, Run

BLOG = visit("blog", "Blog", "What is new.", 2)


async def test_the_same_pages_are_not_selected_anew_and_keep_what_the_documents_call_them(engine: Engine) -> None:
    first, inputs = await first_run(engine), DraftInputs()
    shown = "SELECT url, title, description, is_listed, xmin::text FROM pages ORDER BY url"
    before = await engine.sql(shown)
    full, again = [await _run(engine, first, inputs, HOME, GUIDE) for _ in range(2)]
    assert structs.replace(again, standings=full.standings) == full
    assert [_titles(full), _titles(again)] == [["Home", "Guide"], [None, None]]
    assert await engine.sql(shown) == before


async def test_other_pages_are_drafted_though_they_were_known_before_the_latest(engine: Engine) -> None:
    first, inputs = await first_run(engine), DraftInputs()
    few, many = (HOME, GUIDE), (HOME, GUIDE, BLOG)
    drafts = [await _run(engine, first, inputs, *visits) for visits in (few, many, many, few, few)]
    added, removed = PageChanges(added=1), PageChanges(removed=1)
    # What no run comes across goes at the second.
    assert [each.counts for each in drafts] == [PageChanges(), added, PageChanges(), PageChanges(), removed]
    pages = await engine.sql("SELECT title FROM pages ORDER BY position")
    assert [page["title"] for page in pages] == ["Home", "Guide"]


async def test_what_was_drafted_for_a_version_that_is_not_in_force_is_drafted_again(engine: Engine) -> None:
    first, inputs = await first_run(engine), DraftInputs()
    claimed = await engine.claim(await engine.trigger(first.project_id))
    lost, again = [await _draft(engine, claimed, inputs, HOME, GUIDE, BLOG) for _ in range(2)]
    assert (lost.counts, again.counts) == (PageChanges(added=1), PageChanges(added=1))


def test_each_projects_latest_inputs_are_kept_and_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_inputs, "_PROJECTS", 2)
    projects, version, inputs = [uuid4() for _ in range(3)], uuid4(), DraftInputs()
    for project in (*projects[:2], projects[0], projects[2]):
        inputs.keep(project, b"pages", version)
    assert [inputs.lead_to(project, b"pages", version) for project in projects] == [True, False, True]
    assert not inputs.lead_to(projects[0], b"others", version)
    assert not inputs.lead_to(projects[0], b"pages", uuid4())


async def _run(engine: Engine, first: Run, inputs: DraftInputs, *visits: Visit) -> Draft:
    """One more run of the project of `first`, to its end."""
    claimed = await engine.claim(await engine.trigger(first.project_id))
    drafted = await _draft(engine, claimed, inputs, *visits)
    await engine.leases.complete(claimed, drafted, Progress(), "")
    return drafted


async def _draft(engine: Engine, claimed: ClaimedRun, inputs: DraftInputs, *visits: Visit) -> Draft:
    await engine.staging.stage(claimed, visits)
    report = Report(
        START, Progress(), (), seen_all=True, unlinked=frozenset({BLOG.url} - {each.url for each in visits})
    )
    return await draft(engine.database, claimed.run.project_id, claimed.run.id, report, inputs=inputs)


def _titles(drafted: Draft) -> list[str | None]:
    return [row["title"] for _, rows in drafted.standings.parts() for row in msgspec.json.decode(rows)]
