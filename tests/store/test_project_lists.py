from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.support.rows import canceled, new_project, new_run, schedule_of

from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.schedule import ScheduleChange, arm
from llmstxt_sched.store import project_lists, schedules
from llmstxt_sched.store.postgres.statements import Connection, statements
from llmstxt_sched.store.projects import Project, ProjectFilter

NAMES = ("beta", "Alpha", "alpha", "Ünïcode", "100% _real_", "o'clock", "文档", "alpha", " ", "~")
ALL = ProjectFilter()


async def walk(connection: Connection, sort: str, limit: int, wanted: ProjectFilter = ALL) -> list[Project]:
    found: list[Project] = []
    after = None
    while page := await project_lists.page(connection, wanted, None, sort, after, limit):
        found += page
        assert all(project_lists.is_key(sort, project.sort_key) for project in page)
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
    whole = await project_lists.page(connection, ALL, None, sort, None, 1000)
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
    assert (await project_lists.counts(connection, ProjectFilter(q=q)))["all"] == count


async def test_a_list_is_of_one_status_or_one_kind_of_schedule(connection: Connection) -> None:
    await fill(connection)
    queued = await project_lists.page(connection, ALL, ProjectStatus.QUEUED, "name", None, 100)
    counts = await project_lists.counts(connection, ALL)
    assert len(queued) == counts["queued"] == 4
    expected = {"all": len(NAMES), "queued": 4, "new": len(NAMES) - 4}
    assert counts == {word: expected.get(word, 0) for word in ("all", *ProjectStatus)}
    for kind, count in (("daily", 5), ("none", 5), ("weekly", 0), ("custom", 0)):
        assert len(await walk(connection, "name", 100, ProjectFilter(schedule=kind))) == count, kind


async def many(connection: Connection, number: int) -> None:
    """So many projects with a daily schedule that ran well, which the planner knows of."""
    await connection.execute(
        "INSERT INTO projects (id, name, url, slug) SELECT gen_random_uuid(), 'Project ' || i, 'https://a.test/', "
        "i::text FROM generate_series(1, $1::integer) i",
        number,
    )
    await connection.execute(
        "INSERT INTO project_configs (project_id, cron_expression, is_enabled, accounted_until, next_run_at, "
        "next_due_at, next_job_id, stale_after) SELECT id, '0 2 * * *', true, now(), now() + interval '1 day', "
        "now() + interval '1 day', gen_random_uuid(), now() + interval '2 days' FROM projects"
    )
    await connection.execute("ANALYZE projects, project_configs, runs")


@pytest.mark.parametrize("status", [None, *ProjectStatus])
@pytest.mark.parametrize("sort", ["name", "next_run_at", "attention", "created_at"])
async def test_a_list_of_one_status_is_what_the_projects_say_themselves(
    connection: Connection, sort: str, status: ProjectStatus | None
) -> None:
    await fill(connection)
    ids = [row["id"] for row in await connection.fetch("SELECT id FROM projects ORDER BY name, id")]
    await connection.execute(
        "UPDATE project_configs SET stale_after = now() - interval '1 s' WHERE project_id = $1", ids[1]
    )
    await connection.execute(
        "UPDATE project_configs SET is_enabled = false, next_run_at = NULL, next_due_at = NULL, next_job_id = NULL "
        "WHERE project_id = $1 AND cron_expression IS NOT NULL",
        ids[3],
    )
    said = {row["id"]: row["status"] for row in await connection.fetch("SELECT id, status FROM project_views")}
    found = [project.id for project in await project_lists.page(connection, ALL, status, sort, None, 100)]
    assert len(found) == len(set(found))
    assert set(found) == {project_id for project_id, each in said.items() if status in (None, each)}
    counts = await project_lists.counts(connection, ALL)
    assert counts["all" if status is None else status] == len(found)


async def test_the_stored_status_follows_what_the_project_is_made_of(connection: Connection) -> None:
    project = await new_project(connection)

    async def resting() -> str:
        return str(await connection.fetchval("SELECT resting FROM projects WHERE id = $1", project))

    assert await resting() == "new"
    run = await new_run(connection, project)
    await canceled(connection, run)
    version = "INSERT INTO versions (id, project_id, run_id, number, sha256, name, summary, page_count) VALUES "
    await connection.execute(version + "($1, $2, $1, 1, '', '', '', 0)", run.id, project)
    assert await resting() == "fresh"
    held = await new_run(connection, project)
    await canceled(connection, held)
    await connection.execute(version + "($1, $2, $1, -1, '', '', '', 0)", held.id, project)
    assert await resting() == "fresh"
    await connection.execute(
        "INSERT INTO held_versions (project_id, run_id, version_id, reader_version, standings, gone) "
        "VALUES ($1, $2, $2, 1, '[]', '{}')",
        project,
        held.id,
    )
    assert await resting() == "held"
    await connection.execute("DELETE FROM versions WHERE id = $1", held.id)
    assert await resting() == "fresh"
    schedule = replace(schedule_of(project), cron_expression="0 2 * * *", is_enabled=True)
    await schedules.save(connection, ScheduleChange(arm(schedule, 0)))
    await schedules.save(connection, ScheduleChange(replace(schedule, is_enabled=False)))
    assert await resting() == "paused"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (f"project_keys_{order}", {"resting": resting})
        for order in ("by_age", "by_name", "by_due", "without_due")
        for resting in (None, "failed")
    ]
    + [("project_keys_passing", {"sort": "name", "run_status": status}) for status in (None, "QUEUED")],
)
async def test_a_page_is_read_from_an_index_however_often_it_is_asked_for(
    connection: Connection, name: str, values: dict[str, object]
) -> None:
    await many(connection, 2000)
    filters = dict.fromkeys(ProjectFilter.__struct_fields__)
    given = filters | {"after_key": None, "after_id": None, "limit": 10} | values
    statement = statements[name]
    ordered = [given[parameter] for parameter in statement.parameters]
    # Several times, because Postgres tries a plan for all values once it has planned for a few.
    for _ in range(8):
        rows = await connection.fetch(f"EXPLAIN {statement.sql}", *ordered)
        plan = "\n".join(row[0] for row in rows)
        assert "Seq Scan on project" not in plan, plan
