"""Deletes what is kept for a limited time, a few rows at a time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements


class Marks(Struct, frozen=True, kw_only=True):
    """How far a project has been trimmed; the fields are those of the table `retention_marks`."""

    project_id: UUID
    seen_number: int
    seen_kept: list[int]
    run_number: int
    version_number: int
    swept_run: int
    compacted_until: datetime


class Overdue(Marks, frozen=True, kw_only=True):
    """What there is to trim of a project: runs up to `seen_upto` have more than is kept of what they saw.

    `newest_run` is the newest that ended.
    """

    seen_upto: int | None
    newest_version: int
    newest_run: int
    has_old_runs: bool
    has_old_ledger: bool
    has_loose_ledger: bool


class OldVersion(Struct, frozen=True):
    """A version that is not kept, and the run that made it."""

    id: UUID
    run_id: UUID


class Passed(NamedTuple):
    """Rows deleted of some runs, and the number of the last of these."""

    deleted: int
    reached: int | None


class Forgotten(NamedTuple):
    """Rows deleted of some runs, the number of the last of these, and of those that have to be kept as they are."""

    deleted: int
    reached: int | None
    kept: list[int]


async def take_turn(connection: Connection, seconds: float) -> UUID | None:
    """The project after which the walk continues; None if a process took its turn less than `seconds` ago."""
    after: UUID | None = await statements["retention_turn"].value(connection, seconds=seconds)
    return after


async def walked(connection: Connection, after: UUID | None) -> None:
    """Let the next turn continue after a project, or from the beginning."""
    await statements["retention_walked"].execute(connection, after=after)


async def overdue(
    connection: Connection,
    after: UUID,
    limit: int,
    *,
    seen_runs: int,
    run_days: int | None,
    ledger_days: int | None,
    compact_days: int | None,
) -> list[Overdue]:
    """The next projects of the walk; an age of None is none."""
    rows = await statements["retention_next"].rows(
        connection,
        after=after,
        limit=limit,
        seen_runs=seen_runs,
        run_days=run_days,
        ledger_days=ledger_days,
        compact_days=compact_days,
    )
    return each_to(Overdue, rows)


async def mark(connection: Connection, marks: Marks) -> None:
    """Note how far a project has been trimmed."""
    await statements["retention_mark"].execute(connection, **structs.asdict(marks))


async def standing(connection: Connection, project_id: UUID) -> int:
    """The number of the run as which a project's pages stand; 0 if there is none.

    It may stand after any number of failures, so it is not looked for more than once at a visit.
    """
    return await statements["retention_standing"].value(connection, project_id=project_id) or 0


async def forget_seen(connection: Connection, marks: Marks, upto: int, standing: int, limit: int) -> Forgotten:
    """Delete what some runs saw, but what has to be kept: of those in `marks`, and of at most `limit` up to `upto`."""
    row = await statements["retention_forget_seen"].row(
        connection,
        project_id=marks.project_id,
        number=marks.seen_number,
        kept=marks.seen_kept,
        upto=upto,
        standing=standing,
        limit=limit,
    )
    return Forgotten(**row) if row else Forgotten(0, None, marks.seen_kept)


async def drop_runs(connection: Connection, project_id: UUID, number: int, days: int, limit: int) -> Passed:
    """Delete at most `limit` runs that are older than `days`, those after `number`, but those that have to be kept."""
    row = await statements["retention_drop_runs"].row(
        connection, project_id=project_id, number=number, days=days, limit=limit
    )
    return Passed(**row) if row else Passed(0, None)


async def old_versions(
    connection: Connection, project_id: UUID, number: int, upto: int, limit: int
) -> list[OldVersion]:
    """Versions after `number` and up to `upto`, but the first of each month."""
    rows = await statements["retention_versions"].rows(
        connection, project_id=project_id, number=number, upto=upto, limit=limit
    )
    return each_to(OldVersion, rows)


async def release_version(connection: Connection, version: OldVersion, limit: int) -> int:
    """Take a version from at most `limit` of the runs that left it in force; returns how many these were.

    Without it all of them would be written in the one transaction that deletes the version.
    """
    return len(await statements["retention_release_version"].rows(connection, id=version.id, limit=limit))


async def drop_version(connection: Connection, version: OldVersion, run_days: int | None) -> int:
    """Delete a version, and its run if that is older than `run_days`; returns how many runs were deleted."""
    await statements["retention_drop_version"].execute(connection, id=version.id)
    run_id = await statements["retention_drop_run"].value(connection, id=version.run_id, days=run_days)
    return 0 if run_id is None else 1


async def drop_ledger(connection: Connection, project_id: UUID, days: int, limit: int) -> int:
    """Delete at most `limit` rows of a project's ledger that are older than `days`; returns how many."""
    rows = await statements["retention_drop_ledger"].rows(connection, project_id=project_id, days=days, limit=limit)
    return len(rows)


async def compact_ledger(connection: Connection, project_id: UUID, since: datetime, days: int) -> tuple[int, datetime]:
    """Join rows of a project's ledger older than `days`, in four weeks at most from the first one at or after `since`.

    Returns how many rows are gone, and from which time on to continue.
    """
    row = await statements["retention_compact_ledger"].row(connection, project_id=project_id, since=since, days=days)
    return (row["deleted"], row["until"]) if row and row["until"] else (0, since)


async def drop_audit(connection: Connection, days: int, limit: int) -> int:
    """Delete at most `limit` rows of the audit log that are older than `days`; returns how many."""
    return len(await statements["retention_drop_audit"].rows(connection, days=days, limit=limit))


async def drop_events(connection: Connection, days: int, limit: int) -> int:
    """Delete at most `limit` events that are older than `days`; returns how many."""
    return len(await statements["retention_drop_events"].rows(connection, days=days, limit=limit))


async def drop_deliveries(connection: Connection, days: int, limit: int) -> int:
    """Delete at most `limit` deliveries that are older than `days`; returns how many."""
    return len(await statements["retention_drop_deliveries"].rows(connection, days=days, limit=limit))


async def drop_history(connection: Connection, project_id: UUID, *, versions: int, runs: int, rows: int) -> int:
    """Delete at most so many of the oldest versions, runs and ledger rows of a project that is to be deleted.

    Returns how many are gone; none once only the newest version and the newest run are left.
    """
    return int(
        await statements["retention_drop_history"].value(
            connection, project_id=project_id, versions=versions, runs=runs, rows=rows
        )
    )
