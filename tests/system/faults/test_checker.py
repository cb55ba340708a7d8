"""The checker itself: every kind of violation, planted into facts that are in order, is reported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from msgspec.structs import replace
from tests.system.faults.checker import Facts, from_postgres, read
from tests.system.faults.mirror import differences
from tests.system.faults.mutants import MUTANTS, Patch, plant
from tests.system.faults.plan import actions, faults
from tests.system.faults.replica import SOURCE
from tests.system.faults.world import World

pytestmark = pytest.mark.faults

DAILY = "0 2 * * *"


@pytest_asyncio.fixture
async def after_a_run(faulty: World) -> World:
    """A world in order: one project, an initial run and one that was due, nothing under way."""
    replica = faulty.replica()
    await replica.start()
    project = await faulty.settled(replica, "site", DAILY)
    await faulty.move(project, timedelta(days=3))
    await faulty.ended(project, 2)
    await faulty.check()
    await replica.kill()
    return faulty


async def test_every_invariant_of_the_record_is_seen_to_break(after_a_run: World) -> None:
    facts = await _facts(after_a_run)
    assert list(from_postgres(facts)) == []
    project = next(iter(facts.projects))
    begun, ended = (_last(facts, status) for status in ("IN_PROGRESS", "COMPLETE_NO_DIFFS"))
    other = {**begun, "run_id": uuid4()}
    version = next(row for row in facts.audit if row["subject"] == "version")
    gone = {**begun, "subject": "project", "event": "DELETE"}
    cursor = {**facts.projects[project], "next_job_id": uuid4()}
    broken: dict[str, list[Facts]] = {
        "I1": [
            replace(facts, audit=[*facts.audit, ended]),
            replace(facts, audit=[*facts.audit, version]),
            replace(facts, audit=[{**row, "author": str(number)} for number, row in enumerate(facts.audit)]),
            replace(facts, asked={project: 1}),
        ],
        "I2": [
            replace(facts, ledger=facts.ledger[1:]),
            replace(facts, ledger=facts.ledger[:-1]),
            replace(facts, ledger=[*facts.ledger, facts.ledger[-1]]),
            replace(facts, ledger=[{**row, "last": row["last"] + timedelta(days=9)} for row in facts.ledger]),
            replace(facts, runs=[{**run, "coalesced": 0} for run in facts.runs]),
        ],
        "I3": [
            replace(facts, audit=[*facts.audit, begun, other]),
            replace(facts, audit=[*facts.audit, {**begun, "was": "IN_PROGRESS"}]),
        ],
        "I4": [replace(facts, audit=[*facts.audit, {**begun, "status": "QUEUED"}, {**other, "status": "QUEUED"}])],
        "I5": [
            replace(facts, projects={project: cursor}),
            replace(facts, projects={project: {**facts.projects[project], "next_run_at": None}}),
            replace(facts, now=facts.now + timedelta(days=3)),
        ],
        "I6": [replace(facts, audit=[*facts.audit, gone, begun])],
        "I8": [
            replace(facts, versions=[]),
            replace(facts, versions=[{**row, "run_id": facts.runs[-1]["id"]} for row in facts.versions]),
            replace(facts, ledger=[{**row, "run_id": uuid4()} for row in facts.ledger]),
        ],
    }
    for invariant, cases in broken.items():
        for number, case in enumerate(cases):
            found = list(from_postgres(case))
            assert any(each.startswith(invariant) for each in found), (invariant, number, found)


async def test_every_way_in_which_redis_may_differ_is_seen(after_a_run: World) -> None:
    prefix = after_a_run.prefix
    connection = await asyncpg.connect(after_a_run.backends.database_url(after_a_run.database))
    async with after_a_run.backends.redis() as redis:
        assert await differences(connection, redis, prefix) == []
        ((job, score),) = await redis.zrange(f"{prefix}scheduled:jobs", 0, -1, withscores=True)
        stray = str(uuid4())
        for spoil, mend in (
            (("zadd", "scheduled:jobs", {stray: 1}), ("zrem", "scheduled:jobs", stray)),
            (("zadd", "scheduled:jobs", {job: score + 1}), ("zadd", "scheduled:jobs", {job: score})),
            (("zrem", "scheduled:jobs", job), ("zadd", "scheduled:jobs", {job: score})),
            (("rpush", "generate:queue", stray), ("delete", "generate:queue")),
            (("rpush", "generate:processing:x", stray), ("delete", "generate:processing:x")),
            (("hset", f"job:{stray}", "state", "queued"), ("delete", f"job:{stray}")),
            (("expire", f"job:{job}", 100), ("persist", f"job:{job}")),
            (("rename", "scheduled:epoch", f"{prefix}away"), ("rename", "away", f"{prefix}scheduled:epoch")),
        ):
            for (command, key, *arguments), differs in ((spoil, True), (mend, False)):
                await getattr(redis, command)(f"{prefix}{key}", *arguments)
                assert bool(await differences(connection, redis, prefix)) == differs, spoil
    await connection.close()


def test_every_mistake_can_still_be_planted() -> None:
    for patches in MUTANTS.values():
        texts: dict[str, str] = {}
        for patch in patches:
            before = texts.get(patch.file) or (SOURCE.parent / patch.file).read_text()
            texts[patch.file] = plant(before, patch)
            assert texts[patch.file] != before


def test_a_mistake_that_has_no_place_any_more_is_an_error() -> None:
    with pytest.raises(AssertionError, match=r"a\.py has changed"):
        plant("nothing of the kind", Patch("a.py", "nothing", "something", ""))


def test_the_same_seed_gives_the_same_faults_and_requests() -> None:
    for steps in (faults, actions):
        assert list(steps(7, 2)) == list(steps(7, 2))
        assert list(steps(7, 2)) != list(steps(8, 2))


async def _facts(world: World) -> Facts:
    """The facts as plain rows, which can be changed."""
    connection = await asyncpg.connect(world.backends.database_url(world.database))
    asked = {world.site.url("site"): world.site.asked("site")}
    facts = await read(connection, asked)
    await connection.close()
    return replace(
        facts,
        projects={project: dict(row) for project, row in facts.projects.items()},
        **{name: [dict(row) for row in getattr(facts, name)] for name in ("runs", "versions", "ledger", "audit")},
    )


def _last(facts: Facts, status: str) -> dict[str, Any]:
    return dict([row for row in facts.audit if row["status"] == status][-1])
