"""One world of a test: a fresh database, an empty Redis, a website, replicas, and the checker over all of it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence, Set
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
from tests.system.faults.backends import AUDIT, EMPTY, Backends
from tests.system.faults.checker import violations
from tests.system.faults.proxy import Blmoves, Finishes, Listener, Proxy, proxy
from tests.system.faults.replica import SOURCE, Replica
from tests.system.faults.site import Site, website
from tests.system.faults.waiting import until

from llmstxt_sched.domain.schedule import job_id

YEARLY = "0 0 1 1 *"
MINUTELY = "* * * * *"
# Far from zero, so that two moves of rows one minute apart never meet on the way.
FAR = timedelta(days=36_500)
DAY = timedelta(days=1)
UNDER_WAY = "SELECT true FROM runs WHERE project_id = $1 AND status IN ('QUEUED', 'IN_PROGRESS', 'RETRYING')"
SETTINGS = {
    "LLMSTXT_SCHEDULER__INTERVAL_SECONDS": "0.5",
    "LLMSTXT_SCHEDULER__MIN_PERIOD_SECONDS": "0",
    "LLMSTXT_RUNS__LEASE_SECONDS": "3",
    "LLMSTXT_RUNS__RETRY_BASE_SECONDS": "0.2",
    "LLMSTXT_RUNS__MAX_CRASHES": "1000",
    "LLMSTXT_CRAWL__DELAY_SECONDS": "0",
    "LLMSTXT_CRAWL__WORKERS": "4",
    # All projects are of one host.
    "LLMSTXT_CRAWL__RUNS_PER_HOST": "1000",
    "LLMSTXT_CRAWL__PARSERS": "1",
    "LLMSTXT_EGRESS__ALLOW": "127.0.0.0/8",
    "LLMSTXT_SECRETS__KEY": "what seals the secrets of the tests",
}


class World:
    """What a test acts on.  The proxies stand before both servers only for a replica that asks for it."""

    def __init__(self, folder: Path, backends: Backends, database: str, site: Site) -> None:
        self.backends = backends
        self.site = site
        self.database = database
        # Worlds that run side by side share the servers.
        self.prefix = f"{database}:"
        self.replicas: list[Replica] = []
        self.names: dict[str, str] = {}
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def replica(self, source: Path = SOURCE, arguments: Sequence[str] = (), hours: int = 0, **settings: str) -> Replica:
        """One more replica, not started, straight at the servers."""
        return self._add({**SETTINGS, **self._urls(), **settings}, source, arguments, hours)

    def replica_of(self, source: Path, unknown: Set[str]) -> Replica:
        """One more replica, of another release, for which settings are `unknown`."""
        known = {setting: value for setting, value in SETTINGS.items() if setting not in unknown}
        return self._add({**known, **self._urls()}, source)

    def _urls(self) -> dict[str, str]:
        name = f"replica{len(self.replicas) + 1}"
        return {"DATABASE_URL": self.backends.database_url(self.database, name), "REDIS_URL": self.backends.redis_url}

    def _add(self, settings: Mapping[str, str], source: Path, arguments: Sequence[str] = (), hours: int = 0) -> Replica:
        name = f"replica{len(self.replicas) + 1}"
        own = {"REDIS_KEY_PREFIX": self.prefix, **settings}
        made = Replica(self._folder, name, own, source, arguments, hours)
        self.replicas.append(made)
        return made

    def proxied_replica(self, postgres: Proxy, redis: Proxy, **settings: str) -> Replica:
        """One more replica, behind proxies."""
        urls = {
            "DATABASE_URL": self.backends.proxied_database_url(self.database, postgres.port, "replica1"),
            "REDIS_URL": self.backends.proxied_redis_url(redis.port),
        }
        return self.replica(SOURCE, (), 0, **urls, **settings)

    async def create(self, replica: Replica, name: str, cron: str | None = YEARLY, **fields: Any) -> str:
        """A project that crawls the site `name`; gives its id."""
        body = {"url": self.site.url(name), "name": name, "cron_expression": cron, **fields}
        answer = await replica.client.post("/api/projects", json=body)
        assert answer.status_code == 201, answer.text
        self.names[answer.json()["id"]] = name
        return str(answer.json()["id"])

    async def settled(self, replica: Replica, name: str, cron: str | None = YEARLY, **fields: Any) -> str:
        """A project whose initial run is over."""
        project = await self.create(replica, name, cron, **fields)
        await self.ended(project)
        return project

    async def fetch(self, query: str, *arguments: Any) -> list[Any]:
        """Rows, straight from Postgres."""
        connection = await asyncpg.connect(self.backends.database_url(self.database))
        try:
            return list(await connection.fetch(query, *arguments))
        finally:
            await connection.close()

    async def runs(self, project: str) -> list[Any]:
        return await self.fetch("SELECT * FROM runs WHERE project_id = $1 ORDER BY number", project)

    async def ledger(self, project: str) -> list[tuple[str, str | None, int]]:
        """(outcome, reason, count), the oldest first."""
        rows = await self.fetch("SELECT * FROM occurrences WHERE project_id = $1 ORDER BY first", project)
        return [(row["outcome"], row["reason"], row["count"]) for row in rows]

    async def versions(self, project: str) -> int:
        return len(await self.fetch("SELECT FROM versions WHERE project_id = $1", project))

    async def ended(self, project: str, runs: int = 1) -> list[Any]:
        """The project's runs, once there are so many and all are over."""

        async def look() -> list[Any]:
            found = await self.runs(project)
            return found if len(found) >= runs and all(run["finished_at"] for run in found) else []

        return await until(look, f"{runs} runs of {self.names.get(project)} to end")

    async def crawling(self, name: str, asked: int = 1) -> None:
        """Returns once the second page of a site was asked for so often: its crawl is under way."""

        async def look() -> bool:
            return self.site.asked(name, "more") >= asked

        await until(look, f"a crawl of {name}")

    async def wipe(self) -> None:
        """Take all keys of this world out of Redis, as FLUSHALL does with everybody's."""
        async with self.backends.redis() as redis:
            keys = [key async for key in redis.scan_iter(f"{self.prefix}*", count=1000)]
            if keys:
                await redis.delete(*keys)

    async def move(self, project: str, back: timedelta, step: timedelta = DAY) -> bool:
        """Move all of a project's history back, as if its service had stood still for that long.

        Both times must be multiples of the schedule's period.  False where a run is under way.
        """
        connection = await asyncpg.connect(self.backends.database_url(self.database))
        try:
            async with connection.transaction():
                return await _move(connection, project, back, step)
        finally:
            await connection.close()

    async def moved(self, project: str, back: timedelta, step: timedelta = DAY) -> None:
        """Like `move`, once no run is under way."""
        await until(lambda: self.move(project, back, step), f"{self.names.get(project)} to be idle")

    async def check(self, seconds: float = 30) -> None:
        """Every invariant holds, at the latest once Redis has caught up."""
        found: list[str] = []

        async def look() -> bool:
            found[:] = await self.violations()
            return not found

        try:
            await until(look, "the invariants to hold", seconds)
        except AssertionError:
            raise AssertionError("\n".join(found)) from None

    async def violations(self) -> list[str]:
        """What does not hold just now."""
        paths = Counter(path for _, path in self.site.log)
        asked = {self.site.url(name): paths[f"/{name}/"] for name in self.names.values()}
        connection = await asyncpg.connect(self.backends.database_url(self.database))
        try:
            async with self.backends.redis() as redis:
                return await violations(connection, redis, asked, self.prefix)
        finally:
            await connection.close()


@asynccontextmanager
async def world(folder: Path, backends: Backends, source: Path = SOURCE) -> AsyncIterator[World]:
    """A world, its database made by the release in `source`; whatever the test left running ends with it."""
    await backends.heal()
    database = await backends.fresh_database() if source == SOURCE else await _database_of(source, backends)
    async with website() as site:
        made = World(folder, backends, database, site)
        try:
            yield made
        finally:
            await asyncio.gather(*(replica.close() for replica in made.replicas))


@asynccontextmanager
async def proxies(
    world: World, redis_listener: Callable[[Proxy], Listener] = Blmoves
) -> AsyncIterator[tuple[Proxy, Proxy]]:
    """A proxy before Postgres and one before Redis."""
    async with AsyncExitStack() as stack:
        postgres = await stack.enter_async_context(proxy(world.backends.postgres_socket, Finishes))
        redis = await stack.enter_async_context(proxy(world.backends.redis_socket, redis_listener))
        yield postgres, redis


async def _database_of(source: Path, backends: Backends) -> str:
    """The name of a new database, made by the release in `source`."""
    database = await backends.fresh_database(EMPTY)
    url = backends.database_url(database)
    command = (sys.executable, "-c", "from llmstxt_sched.cli.main import main; main()", "migrate")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(source), "DATABASE_URL": url}
    migrating = await asyncio.create_subprocess_exec(*command, env=environment)
    assert await migrating.wait() == 0
    connection = await asyncpg.connect(url)
    await connection.execute(AUDIT)
    await connection.close()
    return database


async def _move(connection: Any, project: str, back: timedelta, step: timedelta) -> bool:
    schedule = await connection.fetchrow("SELECT * FROM project_configs WHERE project_id = $1 FOR UPDATE", project)
    if schedule is None or await connection.fetchval(UNDER_WAY, project):
        return False
    at = schedule["next_run_at"]
    # Ids follow from times: where an earlier move has used this one up, somewhat earlier will do.
    while at and await connection.fetchval(
        "SELECT true FROM runs WHERE id = $1", job_id(schedule["project_id"], at - back)
    ):
        back += step
    for leap in (FAR + back, -FAR):
        await connection.execute(
            "UPDATE occurrences SET first = first - $2::interval, last = last - $2 WHERE project_id = $1", project, leap
        )
        await connection.execute(
            "UPDATE runs SET scheduled_for = scheduled_for - $2::interval WHERE project_id = $1", project, leap
        )
    await connection.execute(
        "UPDATE project_configs SET accounted_until = accounted_until - $2::interval, next_run_at = next_run_at - $2,"
        " next_due_at = next_due_at - $2, next_job_id = $3 WHERE project_id = $1",
        project,
        back,
        job_id(schedule["project_id"], at - back) if at else None,
    )
    await connection.execute(
        "INSERT INTO witness (subject, event, project_id, moved) VALUES ('schedule', 'MOVED', $1, $2)", project, back
    )
    return True
