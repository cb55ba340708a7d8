"""The invariants I1 to I8, read from Postgres, Redis, the audit log and the website's log of requests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct
from tests.system.faults import mirror
from tests.system.faults.chain import gaps, stretches

from llmstxt_sched.domain.run import ACTIVE, COMPLETE, TERMINAL
from llmstxt_sched.domain.schedule import calculate_next_run_time, job_id

# A due occurrence is fired by the next tick, which under load may come late.
OVERDUE_SECONDS = 20
CONFIGS = "SELECT c.*, p.url FROM project_configs c JOIN projects p ON p.id = c.project_id"
DONE, RUNNING = {*map(str, TERMINAL)}, {*map(str, ACTIVE)}


class Facts(Struct, frozen=True):
    """Everything that is checked, as one snapshot of Postgres shows it; `asked` counts requests by project."""

    now: Any
    projects: Mapping[UUID, Any]
    runs: Sequence[Any]
    versions: Sequence[Any]
    ledger: Sequence[Any]
    audit: Sequence[Any]
    asked: Mapping[UUID, int]


async def read(connection: Any, asked: Mapping[str, int]) -> Facts:
    """The facts; `asked` by the start URL."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        configs = await connection.fetch(CONFIGS)
        return Facts(
            now=await connection.fetchval("SELECT clock_timestamp()"),
            projects={row["project_id"]: row for row in configs},
            runs=await connection.fetch("SELECT * FROM runs ORDER BY project_id, number"),
            versions=await connection.fetch("SELECT * FROM versions ORDER BY project_id, number"),
            ledger=await connection.fetch("SELECT * FROM occurrences ORDER BY project_id, first"),
            audit=await connection.fetch("SELECT * FROM witness ORDER BY seq"),
            asked={row["project_id"]: asked.get(row["url"], 0) for row in configs},
        )


async def violations(connection: Any, redis: Any, asked: Mapping[str, int], prefix: str) -> list[str]:
    """Every invariant that does not hold, once the service is quiet."""
    facts = await read(connection, asked)
    found = [*from_postgres(facts)]
    return found + [f"I7: {each}" for each in await mirror.differences(connection, redis, prefix)]


def from_postgres(facts: Facts) -> Iterator[str]:
    """I1 to I6 and I8."""
    for check in (one_commit, no_gap, no_overlap, one_active, armed, nothing_after_delete, nothing_fenced):
        yield from (f"{check.__doc__}: {each}" for each in check(facts))


def one_commit(facts: Facts) -> Iterator[str]:
    """I1"""
    ends = Counter(row["run_id"] for row in facts.audit if _ends(row))
    versions = Counter(row["run_id"] for row in facts.audit if row["subject"] == "version")
    for run in facts.runs:
        if run["status"] in DONE and ends[run["id"]] != 1:
            yield f"run {run['id']} is {run['status']} and ended {ends[run['id']]} times"
    for counted, what in ((ends, "ended"), (versions, "left a version")):
        yield from (f"run {run} {what} {count} times" for run, count in counted.items() if count > 1)
    yield from _ended_by_another(facts)
    complete = Counter(run["project_id"] for run in facts.runs if run["status"] in COMPLETE)
    for project, count in complete.items():
        if facts.asked[project] < count:
            yield f"project {project} has {count} complete runs and was crawled {facts.asked[project]} times"


def no_gap(facts: Facts) -> Iterator[str]:
    """I2"""
    audited, ledger, coalesced = defaultdict(list), defaultdict(list), Counter[UUID]()
    for row in facts.audit:
        if row["subject"] == "schedule":
            audited[row["project_id"]].append(row)
    for row in facts.ledger:
        ledger[row["project_id"]].append(row)
        if row["outcome"] == "COALESCED":
            coalesced[row["run_id"]] += row["count"]
    for project, schedule in facts.projects.items():
        found = gaps(stretches(audited[project]), ledger[project], schedule["accounted_until"])
        yield from (f"project {project}: {each}" for each in found)
    for run in facts.runs:
        if run["coalesced"] != coalesced[run["id"]]:
            yield f"run {run['id']} says coalesced {run['coalesced']}, the ledger {coalesced[run['id']]}"
    scheduled = {r["id"] for r in facts.runs if r["trigger"] == "schedule" and r["status"] in DONE}
    told = {row["run_id"] for row in facts.ledger if row["outcome"] == "RAN" or row["reason"] == "canceled"}
    yield from (f"run {run} ended and the ledger does not say so" for run in scheduled - told)
    yield from (f"the ledger says that {run} ran" for run in told - scheduled)


def no_overlap(facts: Facts) -> Iterator[str]:
    """I3"""
    holder: dict[UUID, UUID] = {}
    for row in (row for row in facts.audit if row["subject"] == "run"):
        project, run = row["project_id"], row["run_id"]
        if row["status"] == "IN_PROGRESS" and holder.get(project, run) != run:
            yield f"run {run} began while run {holder[project]} of the same project was under way"
        if row["status"] == row["was"] == "IN_PROGRESS":
            yield f"run {run} was claimed while it was under way"
        if row["status"] == "IN_PROGRESS":
            holder[project] = run
        elif holder.get(project) == run:
            del holder[project]


def one_active(facts: Facts) -> Iterator[str]:
    """I4"""
    active: dict[UUID, set[UUID]] = defaultdict(set)
    for row in (row for row in facts.audit if row["subject"] == "run"):
        runs = active[row["project_id"]]
        runs.discard(row["run_id"])
        if row["event"] != "DELETE" and row["status"] in RUNNING:
            runs.add(row["run_id"])
        if len(runs) > 1:
            yield f"project {row['project_id']} had the active runs {', '.join(map(str, runs))}"
    for run in facts.runs:
        if run["status"] in RUNNING and run["id"] not in active[run["project_id"]]:
            yield f"run {run['id']} is {run['status']} unseen by the audit"


def armed(facts: Facts) -> Iterator[str]:
    """I5"""
    active = {run["project_id"]: run["id"] for run in facts.runs if run["status"] in RUNNING}
    for project, schedule in facts.projects.items():
        if not (schedule["is_enabled"] and schedule["schedule_state"] == "ACTIVE"):
            continue
        at = schedule["next_run_at"]
        if at is None or schedule["next_job_id"] != job_id(project, at):
            yield f"project {project} is enabled and active, and its cursor is {at} {schedule['next_job_id']}"
        elif active.get(project) != schedule["next_job_id"]:
            due = calculate_next_run_time(
                schedule["cron_expression"], schedule["timezone"], schedule["accounted_until"]
            )
            if due != at:
                yield f"project {project} comes next at {at}; its schedule says {due}"
        if project not in active and at and (facts.now - schedule["next_due_at"]).total_seconds() > OVERDUE_SECONDS:
            yield f"project {project} is overdue since {schedule['next_due_at']}"


def nothing_after_delete(facts: Facts) -> Iterator[str]:
    """I6"""
    deleted: set[UUID] = set()
    for row in facts.audit:
        if row["subject"] == "project" and row["event"] == "DELETE":
            deleted.add(row["project_id"])
        elif row["project_id"] in deleted and row["event"] != "DELETE":
            yield f"{row['subject']} of project {row['project_id']} was written after its deletion"


def nothing_fenced(facts: Facts) -> Iterator[str]:
    """I8"""
    runs = {run["id"]: run for run in facts.runs}
    for version in facts.versions:
        run = runs[version["run_id"]]
        if run["status"] != "COMPLETE_WITH_DIFFS" or run["version_id"] != version["id"]:
            yield f"version {version['id']} is of run {run['id']}, which is {run['status']}"
    with_version = {version["run_id"] for version in facts.versions}
    for run in facts.runs:
        is_thrown_away = run["held"] in {"rejected", "discarded"}
        if run["status"] == "COMPLETE_WITH_DIFFS" and run["id"] not in with_version and not is_thrown_away:
            yield f"run {run['id']} is COMPLETE_WITH_DIFFS and left no version"
    for row in facts.ledger:
        if row["run_id"] and (row["run_id"] not in runs or runs[row["run_id"]]["status"] not in DONE):
            yield f"the ledger names run {row['run_id']}, which has not ended"


def _ended_by_another(facts: Facts) -> Iterator[str]:
    claimed_by = {}
    for row in (row for row in facts.audit if row["subject"] == "run" and row["was"] != row["status"]):
        run = row["run_id"]
        if row["status"] == "IN_PROGRESS":
            claimed_by[run] = row["author"]
        elif row["status"] in COMPLETE and claimed_by.get(run) != row["author"]:
            yield f"run {run} was ended by {row['author']} and was {claimed_by.get(run)}'s"


def _ends(row: Any) -> bool:
    return row["subject"] == "run" and row["status"] in DONE and row["was"] != row["status"]
