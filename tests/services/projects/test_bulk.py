from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from uuid import UUID, uuid4

import msgspec
import pytest
from tests.support.engine import Engine

from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.errors import Conflict, InvalidInput, Unavailable
from llmstxt_sched.services.idempotency import AnsweredBefore, IdempotentRequest, Once
from llmstxt_sched.services.people.audit import Actor, acting_as
from llmstxt_sched.services.projects.bulk import Bulk, BulkAction, BulkOutcome, Matching
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.projects import ProjectFilter
from llmstxt_sched.store.runs import Run

ALL = ProjectFilter()
NO_PATCH = SchedulePatch()


async def apply(
    engine: Engine, action: BulkAction, selected: Sequence[UUID] | Matching, patch: SchedulePatch = NO_PATCH
) -> BulkOutcome:
    return await engine.bulk.apply(action, selected, patch, Once())


async def statuses(engine: Engine) -> set[ProjectStatus]:
    return {view.project.status for view in await engine.projects.page(ALL, None, "name", None, 100)}


async def test_what_can_be_done_is_done_and_the_rest_is_named_with_its_reason(engine: Engine) -> None:
    idle, busy = await engine.ran(name="Idle"), await engine.ran(name="Busy")
    active = await engine.trigger(busy)
    nobody = uuid4()
    outcome = await apply(engine, BulkAction.RUN, [busy, nobody, idle, idle])
    assert (outcome.matched, outcome.done) == (3, 1)
    assert [(failure.id, failure.name) for failure in outcome.failed] == [(busy, "Busy"), (nobody, "")]
    assert f"run {active.number} is queued" in outcome.failed[0].message
    assert "there is no project" in outcome.failed[1].message
    assert (await engine.active(idle)).status is RunStatus.QUEUED


async def test_many_projects_are_paused_resumed_and_deleted(engine: Engine) -> None:
    for number in range(10):
        await engine.ran(name=f"Project {number}")
    everything = Matching(ALL, None, 10)
    assert await apply(engine, BulkAction.PAUSE, everything) == BulkOutcome(10, 10, [])
    assert await statuses(engine) == {ProjectStatus.PAUSED}
    assert await apply(engine, BulkAction.RESUME, everything) == BulkOutcome(10, 10, [])
    assert await statuses(engine) == {ProjectStatus.NEW}
    assert await apply(engine, BulkAction.DELETE, everything) == BulkOutcome(10, 10, [])
    assert await statuses(engine) == set()
    assert await engine.scheduled_ids() == {}


async def test_what_is_done_with_each_project_is_in_the_audit_log(engine: Engine) -> None:
    projects = [await engine.ran(name=f"Project {number}") for number in range(4)]
    with acting_as(Actor(user_name="ada", address="192.0.2.7")):
        await apply(engine, BulkAction.PAUSE, [*projects, uuid4()])
    paused = "SELECT object_id, address FROM audit WHERE action = 'project.pause' AND user_name = 'ada'"
    rows = [tuple(row) for row in await engine.sql(paused)]
    assert sorted(rows) == sorted((project, "192.0.2.7") for project in projects)


async def test_the_whole_of_a_bulk_action_is_in_the_audit_log_once(engine: Engine) -> None:
    project = await engine.ran()
    with acting_as(Actor(user_name="ada")):
        await apply(engine, BulkAction.PAUSE, [project, uuid4()])
    (row,) = await engine.sql("SELECT user_name, details FROM audit WHERE action = 'project.bulk'")
    assert row["user_name"] == "ada"
    assert row["details"] == {"what": "pause", "matched": 2, "done": 1}


async def test_a_filter_selects_what_a_list_shows(engine: Engine) -> None:
    await engine.ran(name="Daily one")
    await engine.ran(name="Daily two")
    await engine.projects.pause(await engine.ran(name="Paused one"))
    await engine.create(None, name="None one")
    for wanted, status, count in [
        (ProjectFilter(q="one"), ProjectStatus.PAUSED, 1),
        (ProjectFilter(q="ONE"), None, 3),
        (ProjectFilter(schedule="daily"), None, 3),
        (ProjectFilter(q="nothing"), None, 0),
    ]:
        assert (await apply(engine, BulkAction.PAUSE, Matching(wanted, status, count))).matched == count


async def test_a_schedule_is_changed_in_many_projects(engine: Engine) -> None:
    projects = [await engine.ran(), await engine.create(None)]
    patch = SchedulePatch(cron_expression="0 3 * * 1", timezone="Europe/Berlin", is_enabled=True)
    assert (await apply(engine, BulkAction.SCHEDULE, projects, patch)).done == 2
    schedules = [await engine.schedule(project) for project in projects]
    assert {(each.cron_expression, each.timezone, each.is_enabled) for each in schedules} == {
        ("0 3 * * 1", "Europe/Berlin", True)
    }
    zone_only = SchedulePatch(timezone="UTC", is_enabled=True)
    assert (await apply(engine, BulkAction.SCHEDULE, projects, zone_only)).done == 2


@pytest.mark.parametrize(
    "patch",
    [
        SchedulePatch(cron_expression="61 * * * *"),
        SchedulePatch(timezone="Nowhere/Here"),
        SchedulePatch(cron_expression=None, is_enabled=True),
        SchedulePatch(cron_expression="* * * * *"),
    ],
)
async def test_a_schedule_that_no_project_may_have_is_refused_before_anything_is_done(
    engine: Engine, patch: SchedulePatch
) -> None:
    project = await engine.ran()
    with pytest.raises(InvalidInput):
        await apply(engine, BulkAction.SCHEDULE, [project], patch)
    assert (await engine.schedule(project)).timezone == "UTC"


async def test_a_schedule_that_one_project_cannot_have_is_a_failure_of_that_one(engine: Engine) -> None:
    projects = [await engine.ran(), await engine.create(None, name="Without")]
    outcome = await apply(engine, BulkAction.SCHEDULE, projects, SchedulePatch(is_enabled=True))
    assert (outcome.done, [failure.name for failure in outcome.failed]) == (1, ["Without"])


@pytest.mark.parametrize(
    ("expected", "is_done"), [(20, True), (19, True), (22, True), (18, False), (23, False), (0, False)]
)
async def test_a_list_that_has_changed_since_it_was_seen_is_left_alone(
    engine: Engine, expected: int, is_done: bool
) -> None:
    await engine.sql("""
        WITH made AS (
            INSERT INTO projects (id, name, url, slug)
            SELECT gen_random_uuid(), number::text, 'https://example.com/', number::text
            FROM generate_series(1, 20) number RETURNING id
        )
        INSERT INTO project_configs (project_id, accounted_until) SELECT id, clock_timestamp() FROM made
    """)
    if is_done:
        assert (await apply(engine, BulkAction.DELETE, Matching(ALL, None, expected))).done == 20
    else:
        with pytest.raises(Conflict, match="20 projects found now"):
            await apply(engine, BulkAction.DELETE, Matching(ALL, None, expected))
        assert len(await engine.sql("SELECT FROM projects")) == 20


def once(key: str, owner: UUID, body: str = "body") -> Once[BulkOutcome]:
    request = IdempotentRequest(owner, key, hashlib.sha256(body.encode()).digest())
    return Once(request, lambda outcome: StoredResponse(200, msgspec.json.encode(outcome)))


async def test_an_action_with_a_key_is_done_once_however_often_it_is_asked_for(engine: Engine, other: Engine) -> None:
    projects = [await engine.ran(name=f"Project {number}") for number in range(5)]
    owner = uuid4()
    answers = await asyncio.gather(
        *(
            each.bulk.apply(BulkAction.RUN, projects, NO_PATCH, once("key", owner))
            for each in (engine, other, engine, other)
        ),
        return_exceptions=True,
    )
    done = [answer for answer in answers if isinstance(answer, BulkOutcome)]
    again = [answer for answer in answers if isinstance(answer, AnsweredBefore)]
    assert (len(done), len(again)) == (1, 3)
    assert done[0] == BulkOutcome(5, 5, [])
    assert {answer.response.body for answer in again} == {msgspec.json.encode(done[0])}
    with pytest.raises(InvalidInput, match="another request"):
        await engine.bulk.apply(BulkAction.RUN, projects, NO_PATCH, once("key", owner, "other"))


async def test_requests_that_wait_for_an_action_with_their_key_leave_connections_to_others(engine: Engine) -> None:
    project, owner = await engine.ran(), uuid4()
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with engine.database.transaction() as connection:
        await connection.execute("SELECT FROM project_configs FOR UPDATE")
        action = asyncio.create_task(engine.bulk.apply(BulkAction.PAUSE, [project], NO_PATCH, once("key", owner)))
        async with asyncio.timeout(10):
            while not await engine.sql(waiting):
                await asyncio.sleep(0.01)
        keyed = Once[Run](IdempotentRequest(owner, "key", b"other"), lambda _: StoredResponse(202, b""))
        # More than there are connections.
        waiters = [asyncio.create_task(engine.runs.trigger(project, keyed)) for _ in range(12)]
        await asyncio.sleep(0.3)
        assert await statuses(engine)
    assert (await action).done == 1
    assert {type(error) for error in await asyncio.gather(*waiters, return_exceptions=True)} == {InvalidInput}


async def test_a_server_that_goes_away_ends_the_action(engine: Engine, other: Engine) -> None:
    project = await engine.ran()
    await other.database.close()
    bulk = Bulk(engine.database, other.projects, other.runs)
    with pytest.raises(Unavailable):
        await bulk.apply(BulkAction.PAUSE, [project], NO_PATCH, Once())
