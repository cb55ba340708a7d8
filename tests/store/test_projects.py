from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from msgspec import structs
from msgspec.structs import replace
from tests.support.rows import new_project, new_run

from llmstxt_sched.domain.project import ProjectDetails
from llmstxt_sched.store import projects
from llmstxt_sched.store.postgres.statements import Connection, statements

MANY_QUEUED = """
WITH made AS (
    INSERT INTO projects (id, name, url, slug)
    SELECT gen_random_uuid(), 'Site ' || n, 'https://site-' || n || '.example/', 'site-' || n
    FROM generate_series(1, 5000) n
    RETURNING id
), planned AS (
    INSERT INTO project_configs (project_id, accounted_until) SELECT id, now() FROM made
)
INSERT INTO runs (id, project_id, number, trigger, status) SELECT gen_random_uuid(), id, 1, 'manual', 'QUEUED' FROM made
"""


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


async def test_a_page_of_projects_is_read_without_the_active_runs_of_all_others(connection: Connection) -> None:
    await connection.execute(MANY_QUEUED)
    ids = await connection.fetchval("SELECT array_agg(id) FROM (SELECT id FROM projects LIMIT 50) page")
    explained = await connection.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {statements['project_among'].sql}", ids)
    plan = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
    assert sum(_rows_of_runs(plan)) <= len(ids)


def _rows_of_runs(node: dict[str, Any]) -> Iterator[float]:
    if node.get("Relation Name") == "runs":
        yield node["Actual Rows"] * node["Actual Loops"]
    for part in node.get("Plans", ()):
        yield from _rows_of_runs(part)
