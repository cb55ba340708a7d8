"""One action on many projects: each in a transaction of its own, so that one that fails leaves the others done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple
from uuid import UUID

import structlog
from msgspec import Struct

from llmstxt_sched.domain.plural import plural
from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.errors import Conflict, InvalidInput, NotFound, Unavailable
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.services.runs import Runs
from llmstxt_sched.store import project_lists, projects
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.projects import NamedProject, ProjectFilter

# Projects that one action works on at the same time, and actions at the same time in one process.  Each also holds a
# connection of its own to Postgres: together they leave most of the pool to other requests.
PARALLEL = 3
TURNS = 2
# How many projects a filter may select: the action is done in a minute or so.
MAX_MATCHED = 10_000
# How many projects a dry run names.
PREVIEWED = 200
# By how much the number of projects may differ from the one expected, since projects change all the time.
TOLERANCE = 0.1

log = structlog.get_logger(__name__)


class BulkAction(StrEnum):
    """What is to be done with each project."""

    RUN = "run"
    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"
    SCHEDULE = "schedule"


class Matching(NamedTuple):
    """The projects that a list with this filter and status shows; somebody saw `expected` of them, or nobody looked."""

    filter: ProjectFilter
    status: ProjectStatus | None
    expected: int | None


class BulkFailure(Struct, frozen=True):
    """A project with which it could not be done, and why; the name of one that does not exist is empty."""

    id: UUID
    name: str
    message: str


class BulkOutcome(Struct, frozen=True):
    """How many projects were selected, with how many it was done, and with which it was not.

    `projects` are the first that were selected, for a dry run, which does nothing.
    """

    matched: int
    done: int
    failed: Sequence[BulkFailure]
    projects: Sequence[NamedProject] = ()


class Bulk:
    """Use cases of many projects."""

    def __init__(self, database: Database, projects: Projects, runs: Runs) -> None:
        self._database = database
        self._projects = projects
        self._runs = runs
        self._turns = asyncio.Semaphore(TURNS)

    async def apply(
        self, action: BulkAction, selected: Sequence[UUID] | Matching, patch: SchedulePatch, once: Once[BulkOutcome]
    ) -> BulkOutcome:
        """Do `action` with each of the projects; `patch` is for SCHEDULE only.

        Raises InvalidInput, AnsweredBefore, and Conflict if other projects match than somebody saw; then nothing has
        been done.  Raises `Unavailable` if a server goes away in the middle; doing it again is safe.
        """
        await self._check_schedule(patch)
        # The transaction is for the Idempotency-Key: it makes a second request with the same key wait for this one.
        async with once.turn(), self._turns, self._database.transaction() as connection:
            await once.check(connection)
            chosen = await self._choose(selected)
            failed = []
            left = iter(chosen)
            while batch := list(islice(left, PARALLEL)):
                failed += await self._do(action, batch, patch)
                # A transaction in which nothing happens for a minute would be ended by Postgres.
                await database.now(connection)
            outcome = BulkOutcome(len(chosen), len(chosen) - len(failed), failed)
            await audit.record(
                connection, "project.bulk", "project", what=action, matched=outcome.matched, done=outcome.done
            )
            await once.keep(connection, outcome)
        log.info("bulk action done", action=action.value, matched=outcome.matched, done=outcome.done)
        return outcome

    async def preview(self, selected: Sequence[UUID] | Matching, patch: SchedulePatch) -> BulkOutcome:
        """What `apply` would select; raises what it would raise before it does anything."""
        await self._check_schedule(patch)
        chosen = await self._choose(selected)
        return BulkOutcome(len(chosen), 0, [], chosen[:PREVIEWED])

    async def _check_schedule(self, patch: SchedulePatch) -> None:
        try:
            await self._projects.check_schedule(patch)
        except InvalidInput as error:
            # Named by where they stand in the request.
            first, *more = [(f"schedule.{field}", message) for field, message in error.errors]
            raise InvalidInput(*first, *more) from None

    async def _choose(self, selected: Sequence[UUID] | Matching) -> list[NamedProject]:
        # Not in the transaction above, which would hold locks on the tables that are read here.
        async with self._database.connection() as connection:
            if isinstance(selected, Matching):
                found = await project_lists.matching(connection, selected.filter, selected.status, MAX_MATCHED + 1)
                return _checked(found, selected)
            names = await projects.names(connection, selected)
        return [NamedProject(project_id, names.get(project_id, "")) for project_id in dict.fromkeys(selected)]

    async def _do(self, action: BulkAction, batch: Sequence[NamedProject], patch: SchedulePatch) -> list[BulkFailure]:
        act = self._act(action, patch)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(_try(act, project)) for project in batch]
        except BaseExceptionGroup as errors:
            # `except*` would wrap what is raised in it into a group again.
            away = errors.subgroup(Unavailable)
            raise (away.exceptions[0] if away else errors) from None
        return [failure for task in tasks if (failure := task.result())]

    def _act(self, action: BulkAction, patch: SchedulePatch) -> Callable[[UUID], Awaitable[object]]:
        actions: dict[BulkAction, Callable[[UUID], Awaitable[object]]] = {
            BulkAction.RUN: lambda project_id: self._runs.trigger(project_id, Once()),
            BulkAction.PAUSE: self._projects.pause,
            BulkAction.RESUME: self._projects.resume,
            BulkAction.DELETE: self._projects.delete,
            BulkAction.SCHEDULE: lambda project_id: self._projects.edit(project_id, {}, patch),
        }
        return actions[action]


def _checked(found: list[NamedProject], selected: Matching) -> list[NamedProject]:
    if len(found) > MAX_MATCHED:
        raise InvalidInput("filter", f"more than {MAX_MATCHED} projects match: narrow the filter down")
    if selected.expected is not None and abs(len(found) - selected.expected) > TOLERANCE * selected.expected:
        now = plural(len(found), "project")
        raise Conflict(f"{now} found now, not {selected.expected}: look at what the filter finds and ask again")
    return found


async def _try(act: Callable[[UUID], Awaitable[object]], project: NamedProject) -> BulkFailure | None:
    try:
        await act(project.id)
    except (NotFound, Conflict, InvalidInput) as error:
        return BulkFailure(project.id, project.name, error.message)
    return None
