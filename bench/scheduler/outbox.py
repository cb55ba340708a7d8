"""What an event costs the settle that writes it: settles with one and without, in turn, in one run.

Both are measured by the time that the processors spend on them, in this process and in Postgres': what the disk takes
is the same for both, and more than the rest.
"""

from __future__ import annotations

import re
import time
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from msgspec import Struct, structs

from bench.scheduler.service import Service
from llmstxt_sched.domain.project import MadeBy
from llmstxt_sched.domain.run import Progress, RunStatus, Trigger
from llmstxt_sched.services.documents.writing.draft import Draft
from llmstxt_sched.services.documents.writing.publish import publish
from llmstxt_sched.services.settle import settle
from llmstxt_sched.store import leases, runs, schedules
from llmstxt_sched.store.postgres.packed_rows import PackedRows
from llmstxt_sched.store.postgres.statements import Connection, Statement, statements
from llmstxt_sched.store.runs import Ending, PageChanges, Run

NOTHING = Draft(PackedRows(), (), None, None, PackedRows(), PageChanges())
ENDING = Ending(status=RunStatus.COMPLETE_NO_DIFFS, summary="done", progress=Progress(), changes=PageChanges())
# The part of the statement that writes events.
TOLD = re.compile(r", told AS \(.*?\n\)", re.DOTALL)
WARM_UP = 200
# Settles of one kind in a row: whatever else the machine does meets both kinds.
IN_A_ROW = 20


class Spent(Struct):
    """Nanoseconds of processors, in this process and in Postgres'."""

    here: int = 0
    there: int = 0


async def measure(service: Service, count: int) -> float:
    """How many times as long `count` settles with an event take as those without."""
    with_event = statements["run_end"]
    without = structs.replace(with_event, sql=_without_event(with_event))
    spent = {True: Spent(), False: Spent()}
    async with service.database.connection() as connection:
        held = iter(await _held(service, connection, 2 * count + WARM_UP))
        backend = await connection.fetchval("SELECT pg_backend_pid()")
        try:
            for number in range((2 * count + WARM_UP) // IN_A_ROW):
                is_told = number % 2 == 0
                statements["run_end"] = with_event if is_told else without
                group = list(islice(held, IN_A_ROW))
                here, there = time.process_time_ns(), _nanoseconds(backend)
                for run, token in group:
                    await _settle(connection, run, token)
                if number * IN_A_ROW >= WARM_UP:
                    spent[is_told].here += time.process_time_ns() - here
                    spent[is_told].there += _nanoseconds(backend) - there
        finally:
            statements["run_end"] = with_event
    return (spent[True].here + spent[True].there) / (spent[False].here + spent[False].there)


def _without_event(statement: Statement) -> str:
    """The statement without its events; their parameter is still named, or the others would have other numbers."""
    number = statement.parameters.index("events") + 1
    cut = TOLD.sub("", statement.sql)
    return f"{cut} WHERE ${number}::jsonb IS NOT NULL"


async def _held(service: Service, connection: Connection, count: int) -> list[tuple[Run, UUID]]:
    """Runs in progress, each with its lease, of projects that have none."""
    rows = await connection.fetch(
        "SELECT project_id FROM project_configs c WHERE NOT EXISTS "
        "(SELECT FROM runs r WHERE r.project_id = c.project_id AND r.finished_at IS NULL) LIMIT $1",
        count,
    )
    held = []
    for row in rows:
        token = uuid4()
        run = await runs.insert(connection, uuid4(), row["project_id"], Trigger.MANUAL)
        assert run
        taken = await leases.claim(connection, run.id, token, service.worker, 3600, count)
        assert taken
        held.append((taken.run, token))
    return held


async def _settle(connection: Connection, run: Run, token: UUID) -> None:
    async with connection.transaction():
        locked = await schedules.lock_with_run(connection, run.id)
        assert locked
        await publish(connection, run.project_id, run.id, NOTHING, locked.now, MadeBy())
        await settle(connection, locked, run, ENDING, token, 0)


def _nanoseconds(pid: int) -> int:
    """How long a process of this machine has been on a processor (proc(5), /proc/[pid]/schedstat)."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
