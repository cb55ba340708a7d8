from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from msgspec.structs import replace
from tests.support.rows import NOW, new_project, schedule_of

from llmstxt_sched.domain.schedule import Fate, LedgerRow, ScheduleChange
from llmstxt_sched.store import occurrences, schedules
from llmstxt_sched.store.postgres.statements import Connection


async def write(connection: Connection, project: UUID, rows: list[LedgerRow]) -> None:
    await schedules.save(connection, ScheduleChange(schedule_of(project), tuple(rows)))


def entries() -> list[LedgerRow]:
    one = LedgerRow(NOW, NOW, 1, Fate.RAN, None, uuid4(), "0 12 * * *", "UTC")
    later = timedelta(days=1)
    return [
        one,
        replace(one, first=NOW + later, last=NOW + 3 * later, count=3, outcome=Fate.COALESCED),
        LedgerRow(NOW + 4 * later, NOW + 5 * later, 2, Fate.SKIPPED, "paused", None, "0 12 * * *", "Europe/Berlin"),
        LedgerRow(NOW + 6 * later, NOW + 6 * later, 1, Fate.MISSED, "halted", None, "0 12 * * *", "UTC"),
    ]


async def test_the_ledger_comes_back_newest_first_in_pages(connection: Connection) -> None:
    project, other = await new_project(connection), await new_project(connection)
    written = entries()
    await write(connection, project, written)
    await write(connection, other, written[:1])
    await write(connection, other, [])
    first = await occurrences.page(connection, project, None, 3)
    assert first + await occurrences.page(connection, project, first[-1].first, 3) == written[::-1]


async def test_an_occurrence_is_accounted_for_once_by_what_was_written_last(connection: Connection) -> None:
    project, other = await new_project(connection), await new_project(connection)
    ahead = [
        LedgerRow(NOW, NOW + timedelta(days=9), 10, Fate.COALESCED, None, uuid4(), "0 */12 * * *", "Europe/Berlin")
    ]
    for each in (project, other):
        await write(connection, each, ahead)
    written = entries()
    await write(connection, project, written)
    assert await occurrences.page(connection, project, None, 10) == written[::-1]
    assert await occurrences.page(connection, other, None, 10) == ahead


async def test_runs_that_ended_are_found_in_a_time_also_where_the_retention_has_joined_them(
    connection: Connection,
) -> None:
    project, hour = await new_project(connection), timedelta(hours=1)
    joined = LedgerRow(NOW, NOW + 3 * hour, 4, Fate.RAN, None, None, "0 * * * *", "UTC")
    canceled = replace(
        joined, first=NOW + 4 * hour, last=NOW + 4 * hour, count=1, outcome=Fate.SKIPPED, reason="canceled"
    )
    paused = replace(canceled, first=NOW + 5 * hour, last=NOW + 5 * hour, reason="paused")
    await write(connection, project, [joined, canceled, paused])
    both = [(NOW, NOW + 3 * hour), (NOW + 4 * hour, NOW + 4 * hour)]
    assert sorted(await occurrences.own(connection, project, NOW + 2 * hour, NOW + 6 * hour)) == both
    assert await occurrences.own(connection, project, NOW + 4 * hour, NOW + 6 * hour) == both[1:]
    assert await occurrences.own(connection, project, NOW - hour, NOW) == both[:1]


@pytest.mark.parametrize("wrong", [{"count": 0}, {"last": NOW - timedelta(seconds=1)}])
async def test_a_range_that_cannot_be_is_refused(connection: Connection, wrong: dict[str, object]) -> None:
    project = await new_project(connection)
    with pytest.raises(asyncpg.CheckViolationError):
        await write(connection, project, [replace(entries()[0], **wrong)])
