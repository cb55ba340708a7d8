"""Deletes history beyond its age, in transactions of a few rows each, outside of the ends of runs.

Replicas take turns to walk over all projects, some at a time: whoever finds that the last turn is a while ago takes the
next.  How far each project has been trimmed is noted, so that one with nothing to trim costs a few looks at indexes.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog
from msgspec import structs

from llmstxt_sched.config import RetentionSettings
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.store import retention, runs, schedules
from llmstxt_sched.store.documents import pages
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.retention import Marks, Overdue

log = structlog.get_logger(__name__)

# With a turn of so many projects each 30 seconds, 100,000 projects take 50 minutes.
PROJECTS = 1000
INTERVAL_SECONDS = 30.0
# A turn ends after this time, wherever it is.
TURN_SECONDS = 10.0
# Runs with what they saw in one transaction: of usual sites some thousand rows.
RUNS = 10
ROWS = 1000


class Retention:
    """The use case of a turn; `settings` says what is kept, 0 for ever."""

    def __init__(self, database: Database, settings: RetentionSettings, metrics: Metrics) -> None:
        self._database = database
        self._settings = settings
        self._metrics = metrics

    async def turn(self) -> Counter[str]:
        """Trim the next projects and the logs, if it is time; returns how many rows were deleted, by kind."""
        deleted = Counter[str]()
        begun = time.monotonic()
        async with self._database.connection() as connection:
            after = await retention.take_turn(connection, INTERVAL_SECONDS * 0.9)
        if after is None:
            return deleted
        projects = await self._overdue(after)
        reached: UUID | None = after
        for project in projects:
            deleted += await self._trim_or_pass(project, begun + TURN_SECONDS)
            reached = project.project_id
            if time.monotonic() > begun + TURN_SECONDS:
                break
        else:
            if len(projects) < PROJECTS:
                reached = None
        deleted["audit"] += await self._drop(retention.drop_audit, self._settings.audit_days, begun)
        deleted["deliveries"] += await self._drop(retention.drop_deliveries, self._settings.event_days, begun)
        deleted["events"] += await self._drop(retention.drop_events, self._settings.event_days, begun)
        async with self._database.connection() as connection:
            await retention.walked(connection, reached)
        self._metrics.retention_deleted(deleted)
        return deleted

    async def _trim_or_pass(self, project: Overdue, until: float) -> Counter[str]:
        """Trim one project; one that cannot be trimmed must not hold up all that come after it.

        Raises `Unavailable` if Postgres is away, which is no project's fault.
        """
        try:
            return await self.trim(project, until)
        except Unavailable as error:
            await self._ask()
            log.warning("project could not be trimmed", project_id=str(project.project_id), reason=error.message)
        except Exception:
            log.exception("project could not be trimmed", project_id=str(project.project_id))
        return Counter()

    async def _ask(self) -> None:
        """Raise `Unavailable` if Postgres is away, and not one lock or one statement alone took too long."""
        async with self._database.connection() as connection:
            await database.now(connection)

    async def trim(self, project: Overdue, until: float) -> Counter[str]:
        """Trim one project; returns how many rows were deleted, by kind.

        What is not done at the monotonic time `until` is left to the next visit.
        """
        deleted = Counter[str]()
        marks = await self._forget_seen(project, project, deleted, until)
        marks = await self._drop_versions(project, marks, deleted, until)
        marks = await self._drop_runs(project, marks, deleted, until)
        marks = await self._trim_ledger(project, marks, deleted, until)
        marks = await self._sweep(project, marks, bool(deleted["versions"]))
        noted = Marks(**{name: getattr(marks, name) for name in Marks.__struct_fields__})
        if noted != Marks(**{name: getattr(project, name) for name in Marks.__struct_fields__}):
            async with self._database.connection() as connection:
                await retention.mark(connection, noted)
        return deleted

    async def _overdue(self, after: UUID) -> list[Overdue]:
        keep = self._settings
        async with self._database.connection() as connection:
            return await retention.overdue(
                connection,
                after,
                PROJECTS,
                seen_runs=keep.seen_runs,
                run_days=keep.run_days or None,
                ledger_days=keep.ledger_days or None,
                compact_days=keep.ledger_compact_days or None,
            )

    async def _forget_seen(self, project: Overdue, marks: Marks, deleted: Counter[str], until: float) -> Marks:
        upto = project.seen_upto
        if not self._settings.seen_runs or upto is None or upto <= marks.seen_number:
            return marks
        async with self._database.connection() as connection:
            standing = await retention.standing(connection, project.project_id)
        while True:
            async with self._database.connection() as connection:
                passed = await retention.forget_seen(connection, marks, upto, standing, RUNS)
            deleted["seen_pages"] += passed.deleted
            reached = upto if passed.reached is None else passed.reached
            marks = structs.replace(marks, seen_number=reached, seen_kept=passed.kept)
            if passed.reached is None or time.monotonic() > until:
                return marks

    async def _drop_versions(self, project: Overdue, marks: Marks, deleted: Counter[str], until: float) -> Marks:
        upto = project.newest_version - self._settings.versions
        if not self._settings.versions or upto <= marks.version_number:
            return marks
        async with self._database.connection() as connection:
            old = await retention.old_versions(connection, project.project_id, marks.version_number, upto, ROWS)
        for version in old:
            released = ROWS
            while released == ROWS:
                async with self._database.connection() as connection:
                    released = await retention.release_version(connection, version, ROWS)
            async with self._database.transaction() as connection:
                deleted["runs"] += await retention.drop_version(connection, version, self._settings.run_days or None)
            deleted["versions"] += 1
            if time.monotonic() > until:
                return marks
        return marks if len(old) == ROWS else structs.replace(marks, version_number=upto)

    async def _drop_runs(self, project: Overdue, marks: Marks, deleted: Counter[str], until: float) -> Marks:
        number = marks.run_number
        while project.has_old_runs:
            async with self._database.connection() as connection:
                passed = await retention.drop_runs(
                    connection, project.project_id, number, self._settings.run_days, RUNS
                )
            deleted["runs"] += passed.deleted
            if passed.reached is None:
                break
            number = passed.reached
            if time.monotonic() > until:
                break
        return structs.replace(marks, run_number=number)

    async def _trim_ledger(self, project: Overdue, marks: Marks, deleted: Counter[str], until: float) -> Marks:
        keep, since = self._settings, marks.compacted_until
        while project.has_old_ledger:
            async with self._database.connection() as connection:
                dropped = await retention.drop_ledger(connection, project.project_id, keep.ledger_days, ROWS)
            deleted["occurrences"] += dropped
            if dropped < ROWS or time.monotonic() > until:
                break
        while project.has_loose_ledger:
            async with self._database.connection() as connection:
                joined, reached = await retention.compact_ledger(
                    connection, project.project_id, since, keep.ledger_compact_days
                )
            deleted["occurrences"] += joined
            if reached <= since:
                break
            since = reached
            if time.monotonic() > until:
                break
        return structs.replace(marks, compacted_until=since)

    async def _sweep(self, project: Overdue, marks: Marks, has_dropped: bool) -> Marks:
        """Delete Markdown that nothing refers to any more, while no run can add what refers to it."""
        if project.newest_run == marks.swept_run and not has_dropped:
            return marks
        async with self._database.transaction() as connection:
            if not await schedules.lock_free(connection, project.project_id):
                return marks
            if await runs.lock_active(connection, project.project_id):
                return marks
            await pages.sweep(connection, project.project_id)
        return structs.replace(marks, swept_run=project.newest_run)

    async def _drop(self, drop: Callable[[Connection, int, int], Awaitable[int]], days: int, begun: float) -> int:
        """Delete rows that are older than `days`, as long as the turn lasts; returns how many."""
        count = 0
        while days and time.monotonic() - begun < TURN_SECONDS:
            async with self._database.connection() as connection:
                dropped = await drop(connection, days, ROWS)
            count += dropped
            if dropped < ROWS:
                break
        return count
