from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from uuid import UUID

import pytest
from tests.support.engine import Engine
from tests.support.names import NameServer, naming
from tests.support.pools import pool_of
from tests.support.site import Site, page, serving

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.outbound import dial
from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.documents.writing.draft import draft
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.runs import Run
from llmstxt_sched.worker.generate import Generate, Outbound
from llmstxt_sched.worker.held_runs import HeldRuns
from llmstxt_sched.worker.pool import Pool

PATIENCE_SECONDS = 60
AT_WORK = {RunStatus.QUEUED, RunStatus.IN_PROGRESS}


@asynccontextmanager
async def client_of(names: NameServer) -> AsyncIterator[Client]:
    async with open_client(Gate("127.0.0.0/8"), "llmstxt-sched/0", [names.address]) as client:
        yield client


@asynccontextmanager
async def working(pool: Pool) -> AsyncIterator[asyncio.Event]:
    """The pool at work until the event is set, which it is at the end of the block."""
    stop = asyncio.Event()
    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
        group.create_task(pool.run(stop))
        yield stop
        stop.set()


def crawls(engine: Engine, client: Client, parser: ParserPool) -> Generate:
    credentials, drafts = SiteCredentials(engine.database, Secrets()), partial(draft, engine.database)
    outbound, settings = Outbound(client, parser, LocalPace(), NO_COPIES), CrawlSettings(delay_seconds=0)
    return Generate(engine.leases, engine.staging, engine.database, drafts, outbound, settings, credentials)


async def run_of(engine: Engine, host: str, site: Site) -> Run:
    """The queued first run of a project of `site` under the name `host`."""
    project: UUID = await engine.create()
    await engine.sql("UPDATE projects SET url = $2 WHERE id = $1", project, f"http://{host}:{site.port}/")
    return await engine.active(project)


async def ended(engine: Engine, run: Run) -> Run:
    while (found := await engine.runs.get(run.id)).status in AT_WORK:
        await asyncio.sleep(0.02)
    return found


async def test_a_run_whose_name_takes_long_holds_no_worker_and_is_crawled_once_it_is_found(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial, "DNS_SECONDS", PATIENCE_SECONDS)
    zone: dict[str, Sequence[str] | None] = {"slow.example": None, "good.example": ["127.0.0.1"]}
    async with (
        serving({"/": page("Home")}) as site,
        naming(zone) as names,
        client_of(names) as client,
        ParserPool(1) as parser,
    ):
        slow, good = await run_of(engine, "slow.example", site), await run_of(engine, "good.example", site)
        held = HeldRuns()
        async with working(pool_of(engine, crawls(engine, client, parser), held, look_up=client.look_up)):
            assert (await ended(engine, good)).status is RunStatus.COMPLETE_WITH_DIFFS
            assert (await engine.runs.get(slow.id)).status is RunStatus.QUEUED
            assert slow.id in held
            zone["slow.example"] = ["127.0.0.1"]
            assert (await ended(engine, slow)).status is RunStatus.COMPLETE_WITH_DIFFS
        assert slow.id not in held


async def test_a_run_whose_name_nobody_answers_for_waits_likewise_and_then_fails(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial, "DNS_SECONDS", 1)
    async with (
        serving({"/": page("Home")}) as site,
        naming({"dead.example": None}) as names,
        client_of(names) as client,
        ParserPool(1) as parser,
    ):
        dead = await run_of(engine, "dead.example", site)
        held = HeldRuns()
        async with working(pool_of(engine, crawls(engine, client, parser), held, look_up=client.look_up)):
            while dead.id not in held:
                await asyncio.sleep(0.02)
            assert (await engine.runs.get(dead.id)).status is RunStatus.QUEUED
            run = await ended(engine, dead)
        assert (run.status, run.error_code) == (RunStatus.RETRYING, "dns_error")


async def test_the_next_attempt_of_a_run_whose_name_is_silent_holds_no_worker_either(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial, "DNS_SECONDS", 1)
    # By the time of the next attempt the silence is forgotten.
    monkeypatch.setattr(dial, "SILENT_SECONDS", 0)
    async with (
        serving({"/": page("Home")}) as site,
        naming({"dead.example": None}) as names,
        client_of(names) as client,
        ParserPool(1) as parser,
    ):
        dead = await run_of(engine, "dead.example", site)
        held = HeldRuns()
        async with working(pool_of(engine, crawls(engine, client, parser), held, look_up=client.look_up)):
            assert (await ended(engine, dead)).status is RunStatus.RETRYING
            monkeypatch.setattr(dial, "DNS_SECONDS", PATIENCE_SECONDS)
            await engine.end_wait(dead)
            await engine.tick.run()
            while dead.id not in held:
                await asyncio.sleep(0.02)
            assert (await engine.runs.get(dead.id)).status is not RunStatus.IN_PROGRESS


async def test_a_run_that_waits_for_a_name_is_back_in_the_queue_when_the_process_stops(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial, "DNS_SECONDS", PATIENCE_SECONDS)
    async with (
        serving({"/": page("Home")}) as site,
        naming({"silent.example": None}) as names,
        client_of(names) as client,
        ParserPool(1) as parser,
    ):
        run, held = await run_of(engine, "silent.example", site), HeldRuns()
        async with working(pool_of(engine, crawls(engine, client, parser), held, look_up=client.look_up)):
            while run.id not in held:
                await asyncio.sleep(0.02)
            assert await engine.queued_ids() == []
        assert await engine.queued_ids() == [str(run.id)]
    assert (await engine.runs.get(run.id)).attempt == 0
