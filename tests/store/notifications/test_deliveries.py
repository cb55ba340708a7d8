from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest

from llmstxt_sched.store.notifications import deliveries
from llmstxt_sched.store.postgres.statements import Connection, statements

# What the member asks for.
CLAIM = {"lease": 60.0, "room": 256, "failing_room": 128, "per_target": 4, "few": deliveries.FEW_DUE}


async def new_target(connection: Connection, *, is_failing: bool = False) -> UUID:
    """A webhook."""
    target = uuid4()
    await connection.execute(
        "INSERT INTO targets (id, kind, name, events, only_changes, is_ordered, shown_address, sealed, failing_since) "
        "VALUES ($1, 'webhook', 'name', '{}', false, false, '', '', CASE WHEN $2 THEN now() END)",
        target,
        is_failing,
    )
    return target


async def put(connection: Connection, target: UUID, count: int, seconds: float) -> None:
    """So many deliveries to a target, due in `seconds`."""
    await connection.execute(
        "INSERT INTO deliveries (id, target_id, number, status, not_before) SELECT "
        "gen_random_uuid(), $1, n, 'PENDING', now() + make_interval(secs => $3) FROM generate_series(1, $2::int) n",
        target,
        count,
        seconds,
    )


async def buffers(connection: Connection, name: str, **given: object) -> int:
    """How many pages of Postgres' a statement looks at."""
    statement = statements[name]
    arguments = [given.get(parameter) for parameter in statement.parameters]
    explained = await connection.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.sql}", *arguments)
    plan = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


async def test_a_look_at_what_is_due_costs_nothing_for_what_waits_for_a_later_attempt(connection: Connection) -> None:
    for _ in range(300):
        await put(connection, await new_target(connection, is_failing=True), 10, 3600)
    await put(connection, await new_target(connection), 1, -1)
    await connection.execute("ANALYZE deliveries, targets")
    assert await buffers(connection, "deliveries_give_up_disabled") < 100
    assert await buffers(connection, "deliveries_claim", **CLAIM) < 100


@pytest.mark.parametrize("behind", [10, deliveries.FEW_DUE + 10])
async def test_what_is_due_last_is_claimed_however_much_is_due_before(connection: Connection, behind: int) -> None:
    busy, late = await new_target(connection), await new_target(connection)
    await put(connection, busy, behind, -60)
    await put(connection, late, 1, -1)
    await put(connection, await new_target(connection), 1, 60)
    claimed = await deliveries.claim(connection, 60, room=256, failing_room=128, per_target=4)
    assert sorted(each.target_id for each in claimed) == sorted([busy] * 4 + [late])
