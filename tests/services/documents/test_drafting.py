from __future__ import annotations

import os
import signal

import pytest
from msgspec.structs import replace
from tests.support.engine import Engine
from tests.support.versions import GUIDE, HOME, START

from llmstxt_sched.crawler.model import Report
from llmstxt_sched.domain.project import USUAL
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.services.documents.drafting import Drafting
from llmstxt_sched.services.documents.publish import draft

REPORT = Report(START, Progress(), (), seen_all=True)


async def test_a_child_drafts_what_would_be_drafted_here(engine: Engine, clean_database_url: str) -> None:
    run = await engine.active(await engine.create())
    await engine.staging.stage(await engine.claim(run), (HOME, GUIDE))
    async with Drafting(clean_database_url) as drafting:
        theirs = await drafting.draft(run.project_id, run.id, REPORT, USUAL)
    ours = await draft(engine.database, run.project_id, run.id, REPORT)
    assert ours.version
    assert theirs.version
    assert theirs.version == replace(ours.version, id=theirs.version.id)
    assert replace(theirs, version=None) == replace(ours, version=None)


async def test_a_database_that_is_away_is_unavailable_here_as_well(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    async with Drafting("postgresql://nobody@127.0.0.1:1/none") as drafting:
        with pytest.raises(Unavailable):
            await drafting.draft(run.project_id, run.id, REPORT, USUAL)


async def test_a_killed_child_is_unavailable_once(
    engine: Engine, clean_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await engine.active(await engine.create())
    async with Drafting(clean_database_url) as drafting:
        monkeypatch.setattr("llmstxt_sched.services.documents.drafting._draft", _be_killed)
        with pytest.raises(Unavailable):
            await drafting.draft(run.project_id, run.id, REPORT, USUAL)
        monkeypatch.undo()
        assert (await drafting.draft(run.project_id, run.id, REPORT, USUAL)).version is not None


async def test_an_error_of_the_draft_itself_is_not_tried_again(
    engine: Engine, clean_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await engine.active(await engine.create())
    async with Drafting(clean_database_url) as drafting:
        monkeypatch.setattr("llmstxt_sched.services.documents.drafting._draft", _recurse)
        with pytest.raises(RecursionError):
            await drafting.draft(run.project_id, run.id, REPORT, USUAL)


def _recurse(*_: object) -> None:
    raise RecursionError


def _be_killed(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
