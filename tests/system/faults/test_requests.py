"""What people ask for at the worst moment: the ledger has no gap, and the next occurrence comes."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from http import HTTPStatus

import pytest
from tests.system.faults.replica import Replica
from tests.system.faults.waiting import until
from tests.system.faults.world import World

pytestmark = pytest.mark.faults

DAILY = "0 2 * * *"
DAYS = timedelta(days=3)


async def test_of_a_hundred_triggers_at_once_one_makes_a_run(faulty: World) -> None:
    one, other = faulty.replica(), faulty.replica()
    await asyncio.gather(one.start(), other.start())
    project = await faulty.settled(one, "site")
    faulty.site.hold("site")
    path = f"/api/projects/{project}/runs"
    answers = await asyncio.gather(*((one, other)[number % 2].client.post(path) for number in range(100)))
    assert Counter(answer.status_code for answer in answers) == {202: 1, 409: 99}
    (run,) = {str(answer.json().get("run_id") or answer.json()["id"]) for answer in answers}
    faulty.site.release("site")
    assert str((await faulty.ended(project, 2))[-1]["id"]) == run
    await faulty.check()


async def test_a_project_that_kills_its_process_three_times_is_given_up_as_poison(faulty: World) -> None:
    replica = faulty.replica(LLMSTXT_RUNS__MAX_CRASHES="3")
    await replica.start()
    innocent = await faulty.settled(replica, "innocent")
    faulty.site.hold("poison")
    project = await faulty.create(replica, "poison")
    for time in range(3):
        await faulty.crawling("poison", asked=time + 1)
        await replica.kill()
        await replica.start()
    (run,) = await faulty.ended(project)
    assert (run["status"], run["error_code"], run["crashes"]) == ("FAILED", "poison", 3)
    (schedule,) = await faulty.fetch("SELECT * FROM project_configs WHERE project_id = $1", project)
    assert (schedule["schedule_state"], schedule["halted_by"]) == ("HALTED", run["id"])
    assert await faulty.versions(project) == 0
    assert [run["status"] for run in await faulty.runs(innocent)] == ["COMPLETE_WITH_DIFFS"]
    await faulty.check()


async def test_of_eight_projects_one_that_kills_its_process_each_time_halts_no_other(faulty: World) -> None:
    replica = faulty.replica(LLMSTXT_RUNS__MAX_CRASHES="3", LLMSTXT_CRAWL__WORKERS="8")
    await replica.start()
    innocents = [f"innocent{number}" for number in range(7)]
    for name in ("poison", *innocents):
        faulty.site.hold(name)
    poison = await faulty.create(replica, "poison")
    others = [await faulty.create(replica, name) for name in innocents]
    await asyncio.gather(*(faulty.crawling(name) for name in ("poison", *innocents)))
    await replica.kill()
    for name in innocents:
        faulty.site.release(name)
    await replica.start()
    for deaths in range(3):
        await faulty.crawling("poison", asked=deaths + 2)
        await replica.kill()
        await replica.start()
    (run,) = await faulty.ended(poison)
    assert (run["status"], run["error_code"], run["crashes"]) == ("FAILED", "poison", 3)
    ended = await asyncio.gather(*map(faulty.ended, others))
    assert [(run["status"], run["crashes"]) for (run,) in ended] == [("COMPLETE_WITH_DIFFS", 0)] * len(others)
    await faulty.check()


async def test_health_names_a_project_that_is_overdue(faulty: World) -> None:
    """Nobody ticks: what is due stays due."""
    replica = faulty.replica(arguments=("--without", "scheduler"))
    await replica.start()
    project = await faulty.settled(replica, "site", await _daily_in_an_hour(faulty))
    assert (await replica.health.get("/health")).status_code == 200
    await faulty.move(project, DAYS)
    await until(lambda: _is_failing(replica), "health to say so")
    health = (await replica.health.get("/health")).json()
    assert (health["overdue"], health["problems"]) == ([project], ["1 project is overdue"])
    scheduler = faulty.replica(arguments=("--without", "worker", "--without", "api"))
    await scheduler.start()
    await faulty.ended(project, 2)
    assert (await replica.health.get("/health")).json()["problems"] == []
    await faulty.check()


async def test_three_days_without_a_service_cost_one_run_at_its_start(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    project = await faulty.settled(replica, "site", await _daily_in_an_hour(faulty))
    await replica.kill()
    # Its next occurrence was in an hour: it has come three times since, the last one 23 hours ago.
    await faulty.move(project, DAYS)
    await replica.start()
    run = (await faulty.ended(project, 2))[-1]
    assert (run["trigger"], run["status"], run["coalesced"]) == ("schedule", "COMPLETE_NO_DIFFS", 2)
    assert await faulty.ledger(project) == [("RAN", None, 1), ("COALESCED", None, 2)]
    assert await _is_armed(faulty, project)
    await faulty.check()


async def test_a_due_run_that_is_canceled_in_its_crawl_is_followed_by_the_next(faulty: World) -> None:
    replica, project = await _crawling_when_due(faulty)
    run = (await faulty.runs(project))[-1]["id"]
    assert (await replica.client.post(f"/api/runs/{run}/cancel")).status_code == 202
    faulty.site.release("site")
    assert (await replica.client.post(f"/api/runs/{run}/cancel")).status_code == 409
    assert (await faulty.runs(project))[-1]["status"] == "CANCELED"
    assert (await faulty.ledger(project))[0] == ("RAN", None, 1)
    await _comes_again(faulty, project)


async def test_a_pause_in_a_retry_lets_the_run_go_on_and_a_resume_brings_the_next(faulty: World) -> None:
    replica = faulty.replica(LLMSTXT_RUNS__RETRY_BASE_SECONDS="60")
    await replica.start()
    project = await faulty.settled(replica, "site", DAILY)
    faulty.site.fail("site", HTTPStatus.SERVICE_UNAVAILABLE)
    await faulty.move(project, DAYS)
    await until(lambda: _is_retrying(faulty, project), "the run to wait for its next try")
    assert (await replica.client.post(f"/api/projects/{project}/pause")).status_code == 200
    assert not await _is_armed(faulty, project)
    assert (await replica.client.post(f"/api/projects/{project}/resume")).status_code == 200
    assert await _is_armed(faulty, project)
    faulty.site.fail("site", None)
    # A trigger while it waits is the same run, at once.
    assert (await replica.client.post(f"/api/projects/{project}/runs")).status_code == 202
    run = (await faulty.ended(project, 2))[-1]
    assert (run["trigger"], run["status"], run["attempt"]) == ("schedule", "COMPLETE_NO_DIFFS", 1)
    assert {fate for fate, _, _ in await faulty.ledger(project)} == {"RAN", "SKIPPED"}
    await _comes_again(faulty, project)


async def test_an_edit_in_a_crawl_holds_from_the_end_of_the_run_on(faulty: World) -> None:
    replica, project = await _crawling_when_due(faulty)
    edit = {"cron_expression": "30 4 * * *", "timezone": "Asia/Tokyo"}
    assert (await replica.client.patch(f"/api/projects/{project}", json=edit)).status_code == 200
    faulty.site.release("site")
    await faulty.ended(project, 2)
    rows = await faulty.fetch("SELECT * FROM occurrences WHERE project_id = $1 ORDER BY first", project)
    assert [(row["outcome"], row["cron_expression"]) for row in rows] == [
        ("RAN", DAILY),
        ("COALESCED", "30 4 * * *"),
    ]
    await _comes_again(faulty, project)


async def test_a_deletion_in_a_crawl_leaves_nothing_behind(faulty: World) -> None:
    replica, project = await _crawling_when_due(faulty)
    assert (await replica.client.delete(f"/api/projects/{project}")).status_code == 204
    faulty.site.release("site")

    async def let_go() -> bool:
        return any(event["event"] == "run deleted" for event in replica.events())

    await until(let_go, "the crawl to end")
    # As the audit log's rows, events outlast what they tell of; those of before the deletion are all there are.
    tables = await faulty.fetch(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'project_id'"
        " AND table_schema = 'public' AND table_name NOT IN ('witness', 'project_views', 'events')"
    )
    told = await faulty.fetch("SELECT kind FROM events ORDER BY number")
    assert [event["kind"] for event in told] == ["run.completed"]
    for (table,) in tables:
        assert await faulty.fetch(f"SELECT FROM {table}") == [], table
    await faulty.check()


async def _crawling_when_due(world: World) -> tuple[Replica, str]:
    """A replica that crawls a project because it was due, and the project."""
    replica = world.replica()
    await replica.start()
    project = await world.settled(replica, "site", DAILY)
    world.site.hold("site")
    await world.move(project, DAYS)
    await world.crawling("site", asked=2)
    return replica, project


async def _comes_again(world: World, project: str) -> None:
    """The chain has no gap, and the next occurrence runs when it is due."""
    await world.check()
    assert await _is_armed(world, project)
    before = len(await world.runs(project))
    await world.move(project, DAYS)
    run = (await world.ended(project, before + 1))[-1]
    assert (run["trigger"], run["status"]) == ("schedule", "COMPLETE_NO_DIFFS" if before > 1 else "COMPLETE_WITH_DIFFS")
    await world.check()


async def _is_armed(world: World, project: str) -> bool:
    return bool(
        await world.fetch(
            "SELECT FROM project_configs WHERE project_id = $1 AND next_due_at > clock_timestamp()", project
        )
    )


async def _is_retrying(world: World, project: str) -> bool:
    return bool((await world.runs(project))[-1]["status"] == "RETRYING")


async def _daily_in_an_hour(world: World) -> str:
    ((expression,),) = await world.fetch(
        "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '1 hour', '\"\"FMMI FMHH24 * * *')"
    )
    return str(expression)


async def _is_failing(replica: Replica) -> bool:
    return (await replica.health.get("/health")).status_code == 503
