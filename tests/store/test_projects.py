from __future__ import annotations

from uuid import uuid4

import pytest
from msgspec import structs
from msgspec.structs import replace
from tests.support.rows import new_project, new_run, schedule_of

from llmstxt_sched.domain.project import ProjectDetails, ProjectStatus
from llmstxt_sched.domain.schedule import ScheduleChange, arm
from llmstxt_sched.store import projects, schedules
from llmstxt_sched.store.projects import Project, ProjectFilter
from llmstxt_sched.store.statements import Connection

NAMES = ("beta", "Alpha", "alpha", "Ünïcode", "100% _real_", "o'clock", "文档", "alpha", " ", "~")
ALL = ProjectFilter()


async def walk(connection: Connection, sort: str, limit: int, wanted: ProjectFilter = ALL) -> list[Project]:
    found: list[Project] = []
    after = None
    while page := await projects.page(connection, wanted, None, sort, after, limit):
        found += page
        after = (page[-1].sort_key, page[-1].id)
        assert len(page) <= limit
    return found


async def fill(connection: Connection) -> None:
    for number, name in enumerate(NAMES):
        project = await new_project(connection, name=name, url=f"https://{number}.example.com/")
        if number % 2:
            schedule = replace(schedule_of(project), cron_expression=f"{number} 2 * * *", is_enabled=True)
            await schedules.save(connection, ScheduleChange(arm(schedule, 0)))
        if number % 3 == 0:
            await new_run(connection, project)


@pytest.mark.parametrize("sort", ["name", "next_run_at", "attention", "created_at"])
@pytest.mark.parametrize("limit", [1, 3, 100])
async def test_pages_of_every_order_together_are_the_whole_list(connection: Connection, sort: str, limit: int) -> None:
    await fill(connection)
    whole = await projects.page(connection, ALL, None, sort, None, 1000)
    assert len({project.id for project in whole}) == len(NAMES)
    assert await walk(connection, sort, limit) == whole


async def test_each_order_is_what_its_name_says(connection: Connection) -> None:
    await fill(connection)
    by_name = [project.name.lower() for project in await walk(connection, "name", 100)]
    assert by_name == sorted(by_name)
    times = [project.next_run_at for project in await walk(connection, "next_run_at", 100)]
    known = [time for time in times if time]
    assert times == sorted(known) + [None] * (len(times) - len(known))
    created = [project.created_at for project in await walk(connection, "created_at", 100)]
    assert created == sorted(created, reverse=True)
    statuses = [project.status for project in await walk(connection, "attention", 100)]
    assert statuses == sorted(statuses, key=[ProjectStatus.QUEUED, ProjectStatus.NEW].index)


@pytest.mark.parametrize(
    ("q", "count"), [("ALPHA", 3), ("%", 1), ("_", 1), ("'", 1), ("ünï", 1), ("7.example", 1), ("nothing", 0)]
)
async def test_a_search_takes_its_words_as_they_are(connection: Connection, q: str, count: int) -> None:
    await fill(connection)
    found = await walk(connection, "name", 2, ProjectFilter(q=q))
    assert len(found) == count
    assert (await projects.counts(connection, ProjectFilter(q=q)))["all"] == count


async def test_a_list_is_of_one_status_or_one_kind_of_schedule(connection: Connection) -> None:
    await fill(connection)
    queued = await projects.page(connection, ALL, ProjectStatus.QUEUED, "name", None, 100)
    counts = await projects.counts(connection, ALL)
    assert len(queued) == counts["queued"] == 4
    expected = {"all": len(NAMES), "queued": 4, "new": len(NAMES) - 4}
    assert counts == {word: expected.get(word, 0) for word in ("all", *ProjectStatus)}
    for kind, count in (("daily", 5), ("none", 5), ("weekly", 0), ("custom", 0)):
        assert len(await walk(connection, "name", 100, ProjectFilter(schedule=kind))) == count, kind


async def test_an_update_changes_what_it_names(connection: Connection) -> None:
    project = await projects.get(connection, await new_project(connection))
    assert project
    details = ProjectDetails(
        name="Other",
        description="New",
        is_public=True,
        max_pages=5,
        max_depth=2,
        delay_seconds=1.5,
        include=("/docs/*",),
        exclude=("*.pdf",),
    )
    assert await projects.update(connection, project.id, structs.asdict(details))
    changed = await projects.get(connection, project.id)
    assert changed
    assert changed == replace(project, **structs.asdict(details), updated_at=changed.updated_at)
    assert changed.updated_at > project.updated_at


async def test_a_deleted_project_is_gone_once(connection: Connection) -> None:
    project = await new_project(connection)
    await new_run(connection, project)
    assert await projects.delete(connection, project)
    assert not await projects.delete(connection, project)
    assert await projects.get(connection, uuid4()) is None
    assert await connection.fetchval("SELECT count(*) FROM runs") == 0


async def test_an_update_leaves_what_it_does_not_name(connection: Connection) -> None:
    project = await projects.get(connection, await new_project(connection))
    assert project
    await projects.update(connection, project.id, {"max_pages": 5, "include": ["/docs/*"]})
    await projects.update(connection, project.id, {"max_pages": None, "description": "New"})
    changed = await projects.get(connection, project.id)
    assert changed
    expected = replace(project, description="New", include=("/docs/*",), updated_at=changed.updated_at)
    assert changed == expected


async def test_an_update_of_no_project_is_told(connection: Connection) -> None:
    assert not await projects.update(connection, uuid4(), {"name": "Other"})
