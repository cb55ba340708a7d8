"""Lists of projects: first the ids and keys of a page are read from an index in its order, then its projects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.store import projects
from llmstxt_sched.store.postgres.statements import Connection, Statement, statements
from llmstxt_sched.store.projects import NamedProject, Project, ProjectFilter

# Statuses that an active run makes, or time alone: they are not stored.
_PASSING = {
    ProjectStatus.RUNNING: RunStatus.IN_PROGRESS,
    ProjectStatus.QUEUED: RunStatus.QUEUED,
    ProjectStatus.RETRYING: RunStatus.RETRYING,
    ProjectStatus.STALE: None,
}
# The order of `attention`.
_URGENT_FIRST = (
    ProjectStatus.FAILED,
    ProjectStatus.HELD,
    ProjectStatus.STALE,
    ProjectStatus.RETRYING,
    ProjectStatus.RUNNING,
    ProjectStatus.QUEUED,
    ProjectStatus.NEW,
    ProjectStatus.PAUSED,
    ProjectStatus.FRESH,
)
# The key of projects without a next run, which sorts after all times.
_NEVER = "~"
_TIME = "%Y%m%d%H%M%S%f"

Place = tuple[str, UUID]


class _Read(Struct, frozen=True):
    """One statement that reads a page's keys, or the rest of them; `prefix` comes before each."""

    statement: Statement
    after: Place | None
    values: Mapping[str, object]
    prefix: str = ""


def is_key(sort: str, key: str) -> bool:
    """Whether `key` may be a sort_key of the order `sort`, which Postgres can read as one."""
    if sort == "created_at":
        return bool(re.fullmatch(r"[0-9]{17}", key))
    if sort == "next_run_at":
        return key == _NEVER or _is_time(key)
    if sort == "attention" and not ("1" <= key[:1] <= str(len(_URGENT_FIRST))):
        return False
    return "\0" not in key


def _is_time(key: str) -> bool:
    try:
        return datetime.strptime(key, _TIME).strftime(_TIME) == key  # noqa: DTZ007  (in UTC, as each session)
    except ValueError:
        return False


async def page(
    connection: Connection,
    wanted: ProjectFilter,
    status: ProjectStatus | None,
    sort: str,
    after: Place | None,
    limit: int,
) -> list[Project]:
    """At most `limit` projects ordered by `sort`, those after `after` (a sort_key and an id)."""
    while True:
        keys = await _page_keys(connection, wanted, status, sort, after, limit)
        found = await projects.among(connection, list(keys))
        # A project deleted since its key was read would make a page look like the last one.
        if len(found) == len(keys):
            return [structs.replace(found[project_id], sort_key=key) for project_id, key in keys.items()]


async def counts(connection: Connection, wanted: ProjectFilter) -> dict[str, int]:
    """The number of projects for each status, zeros included, and that of `all`."""
    found = {
        row["status"]: row["count"]
        for row in await statements["project_counts"].rows(connection, **structs.asdict(wanted))
    }
    return {"all": sum(found.values())} | {status: found.get(status, 0) for status in ProjectStatus}


async def are_more_than(connection: Connection, number: int) -> bool:
    """Whether there are more than so many projects."""
    return bool(await statements["project_more_than"].value(connection, number=number))


async def matching(
    connection: Connection, wanted: ProjectFilter, status: ProjectStatus | None, limit: int
) -> list[NamedProject]:
    """At most `limit` of the projects that a list under these filters shows, by name."""
    keys = await _page_keys(connection, wanted, status, "name", None, limit)
    names = await projects.names(connection, list(keys))
    return [NamedProject(project_id, names[project_id]) for project_id in keys if project_id in names]


async def _page_keys(
    connection: Connection,
    wanted: ProjectFilter,
    status: ProjectStatus | None,
    sort: str,
    after: Place | None,
    limit: int,
) -> dict[UUID, str]:
    """The sort_keys of a page, by project: one whose status changes meanwhile would else be there twice."""
    keys: dict[UUID, str] = {}
    for read in _urgent_first(status, after) if sort == "attention" else _in_order(status, sort, after):
        key, last = read.after or (None, None)
        rows = await read.statement.rows(
            connection, **structs.asdict(wanted), **read.values, after_key=key, after_id=last, limit=limit - len(keys)
        )
        for row in rows:
            keys.setdefault(row["id"], read.prefix + row["sort_key"])
        if len(keys) == limit:
            break
    return keys


def _urgent_first(status: ProjectStatus | None, after: Place | None) -> list[_Read]:
    reads = []
    for rank, each in enumerate(_URGENT_FIRST, 1):
        if status in (None, each) and (after is None or after[0][:1] <= str(rank)):
            place = (after[0][1:], after[1]) if after and after[0][:1] == str(rank) else None
            reads += [structs.replace(read, prefix=str(rank)) for read in _in_order(each, "name", place)]
    return reads


def _in_order(status: ProjectStatus | None, sort: str, after: Place | None) -> list[_Read]:
    if status in _PASSING:
        values = {"sort": sort, "run_status": _PASSING[status]}
        return [_Read(statements["project_keys_passing"], after, values)]
    values = {"resting": status}
    if sort == "next_run_at":
        rest = _Read(statements["project_keys_without_due"], after, values)
        if after and after[0] == _NEVER:
            return [rest]
        return [_Read(statements["project_keys_by_due"], after, values), structs.replace(rest, after=None)]
    if sort == "name":
        return [_Read(statements["project_keys_by_name"], after, values)]
    return [_Read(statements["project_keys_by_age"], after, values)]
