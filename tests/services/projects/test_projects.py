from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec import structs
from tests.support.engine import DAILY, NOTHING, PASSING, Engine

from llmstxt_sched.domain.credentials import Basic, Credentials
from llmstxt_sched.domain.project import ProjectDetails, ProjectStatus
from llmstxt_sched.domain.run import Progress, RunStatus, Trigger
from llmstxt_sched.domain.schedule import OnFailure, SchedulePatch, job_id
from llmstxt_sched.errors import InvalidInput, LeaseLost, NotFound
from llmstxt_sched.services.idempotency import AnsweredBefore, IdempotentRequest, Once
from llmstxt_sched.services.projects.project_views import RECENT_RUNS, ProjectView
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.projects import ProjectFilter

URL = "https://example.com/docs"
DETAILS = ProjectDetails(name="", description="What it is.", is_public=True, max_pages=7)
WANTED = SchedulePatch(cron_expression=DAILY, timezone="Europe/Berlin", on_failure=OnFailure.STOP)
ALL = ProjectFilter()


def respond(view: ProjectView) -> StoredResponse:
    return StoredResponse(201, str(view.project.id).encode())


async def stored(engine: Engine) -> int:
    (row,) = await engine.sql("SELECT count(*) AS count FROM projects")
    return int(row["count"])


async def test_of_two_who_want_one_project_of_an_address_the_second_gets_the_firsts(engine: Engine) -> None:
    details = ProjectDetails(name="")

    async def want() -> ProjectView:
        return await engine.projects.create("https://example.com/", details, SchedulePatch(), Once(), unless_known=True)

    made = await asyncio.gather(*(want() for _ in range(5)))
    assert len({view.project.id for view in made}) == 1
    assert sum(view.is_known for view in made) == 4


async def test_a_project_with_a_schedule_gets_its_initial_run_and_its_cursor_at_once(engine: Engine) -> None:
    project = await engine.create()
    run, schedule = await engine.active(project), await engine.schedule(project)
    assert (run.trigger, run.status, run.number) == (Trigger.INITIAL, RunStatus.QUEUED, 1)
    assert schedule.next_run_at
    assert schedule.next_job_id == job_id(project, schedule.next_run_at)
    assert await engine.queued_ids() == [str(run.id)]
    assert await engine.scheduled_ids() == {str(schedule.next_job_id): schedule.next_run_at}
    assert await engine.job(schedule.next_job_id) == {
        "project_id": str(project),
        "trigger": "schedule",
        "scheduled_for": schedule.next_run_at.isoformat(),
        "state": "scheduled",
    }


async def test_an_edit_stores_what_it_names_and_leaves_the_rest(engine: Engine) -> None:
    project = await engine.create(name="Before")
    edited = (await engine.edit(project, description="What it is.", max_pages=7)).project
    assert (edited.name, edited.description, edited.max_pages) == ("Before", "What it is.", 7)
    assert (await engine.projects.get(project)).project == edited


@pytest.mark.parametrize(("cron", "is_enabled"), [(DAILY, False), (None, None), (None, False)])
async def test_a_project_without_a_schedule_that_is_on_gets_neither_run_nor_cursor(
    engine: Engine, cron: str | None, is_enabled: bool | None
) -> None:
    project = await engine.create(cron, is_enabled=is_enabled)
    view = await engine.projects.get(project)
    assert (view.active_run, view.project.next_run_at, view.project.is_enabled) == (None, None, False)
    assert (await engine.queued_ids(), await engine.scheduled_ids()) == ([], {})


@pytest.mark.parametrize(
    ("url", "details", "schedule", "field"),
    [
        (URL, {}, {"cron_expression": None, "is_enabled": True}, "is_enabled"),
        (URL, {}, {"cron_expression": "0 0 31 2 *"}, "cron_expression"),
        (URL, {}, {"cron_expression": "* * * * *"}, "cron_expression"),
        (URL, {}, {"timezone": "Nowhere"}, "timezone"),
        (URL, {}, {"cron_expression": None, "timezone": "Nowhere"}, "timezone"),
        ("http://127.0.0.1/", {}, {}, "url"),
        ("ftp://example.com/", {}, {}, "url"),
        (URL, {"max_pages": 10**9}, {}, "crawl.max_pages"),
        (URL, {"delay_seconds": 0}, {}, "crawl.delay_seconds"),
    ],
)
async def test_a_project_that_is_refused_is_not_stored(
    engine: Engine, url: str, details: dict[str, object], schedule: dict[str, object], field: str
) -> None:
    wanted = structs.replace(WANTED, **schedule)
    with pytest.raises(InvalidInput) as refused:
        await engine.projects.create(url, structs.replace(DETAILS, **details), wanted, Once())
    assert refused.value.errors[0][0] == field
    assert await stored(engine) == 0


async def test_all_that_is_wrong_with_an_edit_is_told_at_once(engine: Engine) -> None:
    project = await engine.create()
    changes = {"url": "https://elsewhere.example/", "include": ("[a", "[b"), "max_pages": 10**9, "name": "After"}
    patch = SchedulePatch(cron_expression="61 * * * *", timezone="Nowhere")
    with pytest.raises(InvalidInput) as refused:
        await engine.projects.edit(project, changes, patch, Credentials(basic=Basic("a:b", "c")))
    assert sorted({field for field, _ in refused.value.errors}) == [
        "crawl.include",
        "crawl.max_pages",
        "credentials.basic.user",
        "cron_expression",
        "timezone",
        "url",
    ]
    assert len(refused.value.errors) == 7
    assert (await engine.projects.get(project)).project.name != "After"


async def test_a_project_is_shown_as_it_was_asked_for(engine: Engine) -> None:
    created = await engine.projects.create(URL, DETAILS, WANTED, Once())
    project = (await engine.projects.get(created.project.id)).project
    assert project == created.project
    assert (project.name, project.url, project.description) == (
        "example.com",
        "https://example.com/docs",
        "What it is.",
    )
    assert (project.cron_expression, project.timezone, project.max_pages) == (DAILY, "Europe/Berlin", 7)
    assert project.slug.startswith("example-com-")
    assert project.is_public


async def test_the_same_key_makes_one_project_and_gives_the_same_answer(engine: Engine) -> None:
    token = uuid4()
    await engine.sql("INSERT INTO tokens (id, name, sha256) VALUES ($1, 'test', 'x')", token)
    once = Once(IdempotentRequest(token, "key", b"one"), respond)
    first = await engine.projects.create(URL, DETAILS, WANTED, once)
    with pytest.raises(AnsweredBefore) as again:
        await engine.projects.create(URL, DETAILS, WANTED, once)
    assert again.value.response == respond(first)
    assert await stored(engine) == 1
    other = Once(IdempotentRequest(token, "key", b"other"), respond)
    with pytest.raises(InvalidInput, match="another request"):
        await engine.projects.create(URL, DETAILS, WANTED, other)


async def test_deleting_a_project_leaves_nothing_of_it_and_refuses_its_late_finish(engine: Engine) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    await engine.projects.delete(project)
    for call in (
        lambda: engine.projects.get(project),
        lambda: engine.projects.delete(project),
        lambda: engine.runs.trigger(project, Once()),
        lambda: engine.runs.get(run.id),
    ):
        with pytest.raises(NotFound):
            await call()
    with pytest.raises(LeaseLost):
        await engine.leases.complete(claimed, NOTHING, Progress(), "late")
    with pytest.raises(LeaseLost):
        await engine.staging.stage(claimed, [])
    renewed, _ = await engine.leases.renew([(run.id, claimed.token)])
    assert renewed == set()
    for table in ("project_configs", "runs", "occurrences", "versions", "pages", "contents"):
        assert await engine.sql(f"SELECT 1 FROM {table}") == [], table
    assert (await engine.queued_ids(), await engine.scheduled_ids(), await engine.job(run.id)) == ([], {}, {})


async def test_of_several_who_delete_a_project_at_once_one_does(engine: Engine) -> None:
    project = await engine.ran()
    answers = await asyncio.gather(*[engine.projects.delete(project) for _ in range(5)], return_exceptions=True)
    assert sorted(type(each).__name__ for each in answers) == ["NoneType", *["NotFound"] * 4]
    assert len(await engine.sql("SELECT FROM audit WHERE action = 'project.delete'")) == 1


async def test_a_delete_that_is_interrupted_leaves_a_paused_project(engine: Engine) -> None:
    project = await engine.ran()
    async with engine.database.transaction() as connection:
        # The delete waits for this, but no change of the schedule does.
        await connection.execute("SELECT FROM projects WHERE id = $1 FOR KEY SHARE", project)
        deleting = asyncio.create_task(engine.projects.delete(project))
        async with asyncio.timeout(60):
            while (await engine.schedule(project)).is_enabled:
                await asyncio.sleep(0.02)
        deleting.cancel()
        await asyncio.wait([deleting])
    assert await engine.scheduled_ids() == {}


@pytest.mark.parametrize("state", ["idle", "initial", "queued", "retrying", "manual", "paused"])
async def test_a_project_can_be_deleted_in_every_state_and_redis_forgets_it(engine: Engine, state: str) -> None:
    project = await engine.create()
    if state != "initial":
        await engine.finish(await engine.active(project))
    if state in {"queued", "retrying"}:
        await engine.pass_time(project, timedelta(days=1))
        await engine.tick.run()
    if state == "retrying":
        await engine.fail(await engine.active(project), PASSING)
    if state == "manual":
        await engine.trigger(project)
    if state == "paused":
        await engine.projects.pause(project)
    await engine.projects.delete(project)
    assert (await engine.queued_ids(), await engine.scheduled_ids()) == ([], {})
    assert await stored(engine) == 0


async def test_a_list_shows_each_project_with_its_active_and_its_last_run(engine: Engine) -> None:
    idle, running = await engine.ran(name="Idle"), await engine.ran(name="Running")
    await engine.claim(await engine.trigger(running))
    views = await engine.projects.page(ALL, None, "name", None, 10)
    assert [view.project.id for view in views] == [idle, running]
    assert [view.active_run and view.active_run.status for view in views] == [None, RunStatus.IN_PROGRESS]
    assert [view.last_run and view.last_run.number for view in views] == [1, 1]
    counts = await engine.projects.counts(ALL)
    assert counts == dict.fromkeys(ProjectStatus, 0) | {"all": 2, "new": 1, "running": 1}


async def test_a_project_shows_its_newest_runs_in_brief_oldest_first(engine: Engine) -> None:
    project = await engine.ran()
    for _ in range(RECENT_RUNS):
        await engine.finish(await engine.trigger(project))
    await engine.trigger(project)
    recent = (await engine.projects.get(project)).recent
    assert recent
    assert [run.number for run in recent] == list(range(3, RECENT_RUNS + 3))
    assert [run.status for run in recent[-2:]] == [RunStatus.COMPLETE_NO_DIFFS, RunStatus.QUEUED]
    done, queued = recent[-2:]
    assert (done.pages, done.changed) == (0, 0)
    assert done.finished_at
    assert done.seconds is not None
    assert (queued.pages, queued.changed, queued.seconds, queued.finished_at) == (None, None, None, None)


async def test_a_list_has_the_newest_runs_of_each_project_where_it_is_asked_for_them(engine: Engine) -> None:
    await engine.ran(name="Ran")
    await engine.create(None, name="Never ran")
    plain = await engine.projects.page(ALL, None, "name", None, 10)
    assert [view.recent for view in plain] == [None, None]
    views = await engine.projects.page(ALL, None, "name", None, 10, with_recent=True)
    assert [len(view.recent or []) for view in views] == [0, 1]


async def test_a_project_whose_run_waits_for_its_next_attempt_is_retrying(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.fail(run, PASSING)
    assert (await engine.projects.get(project)).project.status is ProjectStatus.RETRYING
    assert (await engine.projects.counts(ALL))["retrying"] == 1
    await engine.trigger(project)
    await engine.claim(run)
    assert (await engine.projects.get(project)).project.status is ProjectStatus.RUNNING


async def test_what_needs_attention_comes_first(engine: Engine) -> None:
    await engine.create(None, name="New")
    await engine.create(name="Queued")
    _, waiting = await engine.fired(name="Retrying")
    await engine.fail(waiting, PASSING)
    _, run = await engine.fired(name="Failed")
    await engine.fail(run)
    await engine.projects.pause(await engine.ran(name="Paused"))
    views = await engine.projects.page(ALL, None, "attention", None, 10)
    assert [view.project.name for view in views] == ["Failed", "Retrying", "Queued", "New", "Paused"]


async def test_a_project_without_a_name_is_called_by_its_host_as_people_write_it(engine: Engine) -> None:
    url = "https://m\u00fcnchen.example/"
    project = (await engine.projects.create(url, ProjectDetails(name=""), SchedulePatch(), Once())).project
    assert (project.name, project.url) == ("m\u00fcnchen.example", "https://xn--mnchen-3ya.example/")
