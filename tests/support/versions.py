"""Runs that wrote versions of a small site's documents."""

from __future__ import annotations

import hashlib

from tests.support.contents import content
from tests.support.engine import Engine

from llmstxt_sched.crawler.model import Outcome, Report, Visit
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.domain.run import Progress, ReachedLimit
from llmstxt_sched.services.documents.writing.draft import draft
from llmstxt_sched.services.documents.writing.draft_inputs import DraftInputs
from llmstxt_sched.services.leases import ClaimedRun
from llmstxt_sched.store.runs import Run

START = "https://example.com/"
# As in the process that drafts: those of earlier runs are known.
_INPUTS = DraftInputs()


def visit(name: str, title: str, text: str, position: int, outcome: Outcome = Outcome.OK) -> Visit:
    sha256 = hashlib.sha256(f"{title}-{text}".encode()).hexdigest()
    read = content(text, Extract(title=title, h1=title), sha256=sha256, links=(START,))
    return Visit(START + name, position, 1, outcome, 200, etag="etag", content=read)


HOME, GUIDE = visit("", "Home", "Welcome.", 0), visit("guide", "Guide", "How to.", 1)


async def publish(
    engine: Engine,
    claimed: ClaimedRun,
    *visits: Visit,
    seen_all: bool = True,
    folder: str = "/",
    reached: tuple[ReachedLimit, ...] = (),
    decided: frozenset[str] = frozenset(),
    unlinked: frozenset[str] = frozenset(),
) -> Run:
    """A crawl that saw `visits`, ended."""
    await engine.staging.stage(claimed, visits)
    report = Report(START, Progress(), reached, seen_all, folder=folder, decided=decided, unlinked=unlinked)
    drafted = await draft(engine.database, claimed.run.project_id, claimed.run.id, report, claimed.site, _INPUTS)
    return await engine.leases.complete(claimed, drafted, Progress(found=len(visits)), "done")


async def first_run(engine: Engine) -> Run:
    """The first run of a new project, with two pages."""
    run = await engine.active(await engine.create())
    return await publish(engine, await engine.claim(run), HOME, GUIDE)


async def next_run(engine: Engine, run: Run, *visits: Visit, seen_all: bool = True) -> Run:
    """One more run of the project of `run`."""
    claimed = await engine.claim(await engine.trigger(run.project_id))
    return await publish(engine, claimed, *visits, seen_all=seen_all)
