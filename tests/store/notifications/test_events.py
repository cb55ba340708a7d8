from __future__ import annotations

from uuid import uuid4

from tests.support.rows import new_project

from llmstxt_sched.domain.notifications.event import EventKind, NewEvent
from llmstxt_sched.store.notifications import events
from llmstxt_sched.store.postgres.statements import Connection, statements


async def test_events_that_wait_for_their_targets_are_listed_among_those_that_were_handed_to_them(
    connection: Connection,
) -> None:
    project, other = await new_project(connection), uuid4()
    for owner in (project, other, project, project):
        await events.insert(connection, owner, [NewEvent(EventKind.RUN_FAILED, {})])
    numbers = [event.number for event in await events.page(connection, project, None, None, 9)]
    assert numbers == sorted(numbers, reverse=True)
    last, middle, first = numbers
    await events.route(connection, [(first, b""), (last, b"")], [])
    listed = [event.number for event in await events.page(connection, project, None, None, 2)]
    before = [event.number for event in await events.page(connection, project, None, last, 9)]
    assert (listed, before) == ([last, middle], [middle, first])


async def test_events_of_a_project_are_read_from_an_index(connection: Connection) -> None:
    project = await new_project(connection)
    await connection.execute(
        "INSERT INTO events (kind, project_id, payload) "
        "SELECT 'run.completed', CASE WHEN n % 500 = 0 THEN $1 ELSE gen_random_uuid() END, '' "
        "FROM generate_series(1, 5000) n",
        project,
    )
    await connection.execute("ANALYZE events")
    statement = statements["event_page"]
    given = dict.fromkeys(statement.parameters) | {"project_id": project, "limit": 50}
    plan = await connection.fetch(f"EXPLAIN {statement.sql}", *[given[name] for name in statement.parameters])
    assert "events_of_project" in "\n".join(row[0] for row in plan)
