from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
import pytest
from msgspec.structs import replace
from tests.store.rows import NOW, config_of, new_project

from llmstxt_sched.domain.cursor import Entry, Fate
from llmstxt_sched.store import configs, occurrences

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection


def entries() -> list[Entry]:
    one = Entry(NOW, NOW, 1, Fate.RAN, None, uuid4(), "0 12 * * *", "UTC")
    later = timedelta(days=1)
    return [
        one,
        replace(one, first=NOW + later, last=NOW + 3 * later, count=3, outcome=Fate.COALESCED),
        Entry(NOW + 4 * later, NOW + 5 * later, 2, Fate.SKIPPED, "paused", None, "0 12 * * *", "Europe/Berlin"),
        Entry(NOW + 6 * later, NOW + 6 * later, 1, Fate.MISSED, "halted", None, "0 12 * * *", "UTC"),
    ]


async def test_the_ledger_comes_back_newest_first_in_pages(connection: Connection) -> None:
    project, other = await new_project(connection), await new_project(connection)
    written = entries()
    await configs.save(connection, config_of(project), written)
    await configs.save(connection, config_of(other), written[:1])
    await configs.save(connection, config_of(other), [])
    first = await occurrences.page(connection, project, None, 3)
    assert first + await occurrences.page(connection, project, first[-1].first, 3) == written[::-1]


async def test_an_occurrence_is_accounted_for_once(connection: Connection) -> None:
    project = await new_project(connection)
    await configs.save(connection, config_of(project), entries()[:1])
    with pytest.raises(asyncpg.UniqueViolationError):
        await configs.save(connection, config_of(project), entries()[:1])


@pytest.mark.parametrize("wrong", [{"count": 0}, {"last": NOW - timedelta(seconds=1)}])
async def test_a_range_that_cannot_be_is_refused(connection: Connection, wrong: dict[str, object]) -> None:
    project = await new_project(connection)
    with pytest.raises(asyncpg.CheckViolationError):
        await configs.save(connection, config_of(project), [replace(entries()[0], **wrong)])
