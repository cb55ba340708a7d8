from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

from tests.support.rows import NOW, canceled, ended, new_project, new_run

from llmstxt_sched.crawler.robots.robots_txt import MAX_DELAY_SECONDS
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.store import leases, runs
from llmstxt_sched.store.leases import TakenRun
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import Ending, Run

LEASE = 60.0
MOST_PER_HOST = 2


async def test_every_writer_but_a_cancel_asks_for_the_token(connection: Connection) -> None:
    run = await new_run(connection, await new_project(connection))
    token, stranger = uuid4(), uuid4()
    assert await leases.claim(connection, run.id, token, uuid4(), LEASE, MOST_PER_HOST)
    ending = Ending(status=RunStatus.COMPLETE_NO_DIFFS)
    assert await leases.renew(connection, [(run.id, stranger)], LEASE) == set()
    assert not await leases.hand_back(connection, run.id, stranger)
    assert await runs.retry(connection, run.id, stranger, timedelta(0), ("a", "b"), by_crash=False) is None
    assert await ended(connection, run, stranger, ending) is None
    held = await runs.get(connection, run.id)
    assert held
    assert (held.status, held.lease_token) == (RunStatus.IN_PROGRESS, token)
    assert await leases.renew(connection, [(run.id, token)], LEASE) == {token}
    assert await ended(connection, run, token, ending)
    assert await ended(connection, run, token, ending) is None
    assert await canceled(connection, run) is None


async def test_runs_with_a_long_delay_of_their_own_take_no_place_of_the_others(connection: Connection) -> None:
    async def started(delay: float | None) -> bool:
        run = await new_run(connection, await new_project(connection))
        await connection.execute("UPDATE projects SET delay_seconds = $2 WHERE id = $1", run.project_id, delay)
        return await leases.claim(connection, run.id, uuid4(), uuid4(), LEASE, MOST_PER_HOST) is not None

    slow = MAX_DELAY_SECONDS + 1
    assert [await started(slow) for _ in range(MOST_PER_HOST + 1)] == [True] * MOST_PER_HOST + [False]
    delays = [None, MAX_DELAY_SECONDS, 0.0]
    assert [await started(delay) for delay in delays] == [True, True, False]


async def test_a_scheduled_run_leaves_no_place_to_one_that_is_to_go_slowly(connection: Connection) -> None:
    scheduled = await new_run(connection, await new_project(connection))
    await connection.execute(
        """
        UPDATE runs SET trigger = 'schedule', scheduled_for = $2, cron_expression = '0 2 * * *', timezone = 'UTC'
        WHERE id = $1
        """,
        scheduled.id,
        NOW,
    )
    for _ in range(MOST_PER_HOST):
        project = await new_project(connection)
        await connection.execute("UPDATE projects SET delay_seconds = 60 WHERE id = $1", project)
        await new_run(connection, project)
    assert await leases.claim(connection, scheduled.id, uuid4(), uuid4(), LEASE, MOST_PER_HOST)


async def test_only_a_few_runs_of_one_host_are_claimed_also_by_workers_that_claim_at_the_same_time(
    connection: Connection, database: Database
) -> None:
    crowded = [await new_run(connection, await new_project(connection)) for _ in range(6)]
    alone = await new_run(connection, await new_project(connection))
    await connection.execute("UPDATE projects SET url = 'https://other.example:8443/x' WHERE id = $1", alone.project_id)

    async def claim(run: Run) -> TakenRun | None:
        async with database.connection() as own:
            return await leases.claim(own, run.id, uuid4(), uuid4(), LEASE, MOST_PER_HOST)

    claims = await asyncio.gather(*map(claim, crowded))
    assert len([each for each in claims if each]) == MOST_PER_HOST
    assert await claim(alone)
    assert await connection.fetchval("SELECT host FROM runs WHERE id = $1", alone.id) == "other.example:8443"
    refused = next(run for run, taken in zip(crowded, claims, strict=True) if taken is None)
    assert await runs.may_start(connection, refused.id)
    taken = next(each for each in claims if each)
    assert await runs.may_start(connection, taken.run.id) is None
    assert taken.run.lease_token
    assert await leases.hand_back(connection, taken.run.id, taken.run.lease_token)
    assert await claim(refused)
