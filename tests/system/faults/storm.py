"""A torture under way: replicas that are started again whenever they end, faults, and users who go on asking."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from http import HTTPStatus
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
from redis.exceptions import RedisError
from tests.system.faults.plan import Step
from tests.system.faults.replica import SOURCE, Replica
from tests.system.faults.world import MINUTELY, World

EVERY_OTHER = "*/2 * * * *"
TWO_MINUTES = timedelta(minutes=2)
# One project in so many has a site that is gone, and is halted for it.
BROKEN_EVERY = 40
# How many requests are under way at once: a replica that stands still must not hold up all users.
USERS = 16
# Slow enough that every fault meets crawls under way.
SLOWEST_SECONDS = 1.5
SETTINGS = {
    "LLMSTXT_RUNS__MAX_ATTEMPTS": "1000",
    "LLMSTXT_SCHEDULER__INTERVAL_SECONDS": "1",
    # Fewer than three replicas have workers, so that runs wait for room and are put back.
    "LLMSTXT_CRAWL__RUNS_PER_HOST": "8",
}
# What the replicas leave to others, over again: of four, three answer, three tick and three crawl.
WITHOUT: tuple[tuple[str, ...], ...] = ((), ("worker",), ("api", "scheduler"), ())
LONG_STOP_SECONDS = 12.0
# Faults go on while replicas are restarted in turn: one may not come up before a server does.
ROLL_SECONDS = 60.0
# What a replica, by its user of Postgres, has claimed; and which of it another holds by now.
HELD = """
SELECT id, lease_token FROM runs WHERE status = 'IN_PROGRESS' AND $1 = (
    SELECT author FROM witness WHERE run_id = runs.id AND witness.status = 'IN_PROGRESS' ORDER BY seq DESC LIMIT 1
)
"""
TAKEN_OVER = """
SELECT FROM runs WHERE id = ANY($1::uuid[]) AND status = 'IN_PROGRESS' AND lease_token <> ALL($2::uuid[])
"""
EXPECTED = {200, 201, 202, 204, 404, 409, 503}


class Storm:
    """Replicas, projects, and what befalls them."""

    def __init__(self, world: World, replicas: int, source: Path = SOURCE) -> None:
        self.world = world
        world.site.slowest = SLOWEST_SECONDS
        # Their clocks are an hour apart.
        self.replicas: list[Replica] = []
        self._asked: list[Replica] = []
        for number, parts in zip(range(replicas), cycle(WITHOUT), strict=False):
            replica = world.replica(source, [f"--without={part}" for part in parts], number - 1, **SETTINGS)
            self.replicas.append(replica)
            if "api" not in parts:
                self._asked.append(replica)
        self.projects: list[str] = []
        self.done: Counter[str] = Counter()
        self.mistakes: list[str] = []
        self._made = 0
        self._is_over = False
        self._killed: set[Replica] = set()

    async def run(self, projects: int, faults: Iterable[Step], rolls: Iterable[Step], actions: Iterable[Step]) -> None:
        """Everything of all plans, then calm: all servers and replicas are up when it returns."""
        for replica in self.replicas:
            await replica.start()
        keepers = [asyncio.create_task(self._keep(replica)) for replica in self.replicas]
        for _ in range(projects):
            await self._create()
        try:
            await asyncio.gather(self._play(faults, 1), self._play(rolls, 1), self._play(actions, USERS))
        finally:
            self._is_over = True
            await asyncio.gather(*keepers)
            await self.world.backends.heal()

    async def calm(self) -> None:
        """Have every replica serve, and every project wait for the next year."""
        for replica in self.replicas:
            if not replica.is_running:
                replica.launch()
        for project in self.projects:
            await self._insist("PATCH", f"/api/projects/{project}", {"cron_expression": "0 0 1 1 *"})

    async def _play(self, steps: Iterable[Step], at_once: int) -> None:
        """Take every step at its time, or as soon as fewer than `at_once` are under way."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        turns = asyncio.Semaphore(at_once)

        async def take(step: Step) -> None:
            try:
                await getattr(self, step.what)(step)
            finally:
                turns.release()

        async with asyncio.TaskGroup() as group:
            for step in steps:
                await asyncio.sleep(begun + step.at - loop.time())
                await turns.acquire()
                self.done[step.what] += 1
                group.create_task(take(step))

    async def _keep(self, replica: Replica) -> None:
        """Start a replica again whenever it has ended, as any platform does."""
        while not self._is_over:
            await asyncio.sleep(0.1)
            if replica.is_running:
                continue
            if replica not in self._killed and replica.was_ready:
                self.mistakes.append(f"{replica.name} ended by itself with {replica.exit_code}: {replica.last_words}")
            self._killed.discard(replica)
            replica.launch()

    def _victim(self, step: Step) -> Replica:
        return self.replicas[step.target % len(self.replicas)]

    async def kill_one(self, step: Step) -> None:
        replica = self._victim(step)
        self._killed.add(replica)
        await replica.kill()

    async def kill_all(self, step: Step) -> None:
        self._killed.update(self.replicas)
        await asyncio.gather(*(replica.kill() for replica in self.replicas))

    async def stop_one(self, step: Step) -> None:
        """Have it stand still until another has just taken one of its runs over, which is when it does most harm."""
        replica = self._victim(step)
        if replica.is_running:
            replica.send(signal.SIGSTOP)
            try:
                await self._taken_over(replica, step.seconds)
            finally:
                replica.send(signal.SIGCONT)

    async def _taken_over(self, replica: Replica, seconds: float) -> None:
        """Wait until another holds a run of the replica's; where it has none, some seconds."""
        held = await self.world.fetch(HELD, replica.name)
        leases = [row["id"] for row in held], [row["lease_token"] for row in held]
        self.done["stopped with runs"] += bool(held)
        deadline = asyncio.get_running_loop().time() + (LONG_STOP_SECONDS if held else seconds)
        while asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.05)
            if await self.world.fetch(TAKEN_OVER, *leases):
                self.done["taken over"] += 1
                return

    async def end_one(self, step: Step) -> None:
        replica = self._victim(step)
        if replica.is_running:
            self._killed.add(replica)
            replica.send(signal.SIGTERM)

    async def roll(self, _: Step) -> None:
        """Restart each replica in turn, the next one once the last serves again, as a deployment does."""
        for replica in self.replicas:
            launches = replica.launches
            if replica.is_running:
                self._killed.add(replica)
                replica.send(signal.SIGTERM)
            deadline = asyncio.get_running_loop().time() + ROLL_SECONDS
            while not (replica.launches > launches and replica.is_running and await replica.is_ready()):
                if asyncio.get_running_loop().time() > deadline:
                    self.mistakes.append(f"{replica.name} did not come back in a rolling restart: {replica.last_words}")
                    return
                await asyncio.sleep(0.1)
        self.done["rolled"] += 1

    async def flush(self, step: Step) -> None:
        if self.world.backends.valkey.pid:
            await self.world.backends.flush()

    async def kill_redis(self, step: Step) -> None:
        await self.world.backends.kill(self.world.backends.valkey)
        await asyncio.sleep(step.seconds)
        await self.world.backends.heal()

    async def demote_redis(self, step: Step) -> None:
        """Have it refuse to write, as what was the primary does after a failover."""
        async with self.world.backends.redis() as redis:
            try:
                await redis.execute_command("REPLICAOF", "127.0.0.1", "1")
                await asyncio.sleep(step.seconds)
                await redis.execute_command("REPLICAOF", "NO", "ONE")
            except RedisError as error:
                self.done[f"demote failed: {type(error).__name__}"] += 1

    async def kill_postgres(self, step: Step) -> None:
        await self._down(signal.SIGKILL, step)

    async def restart_postgres(self, step: Step) -> None:
        await self._down(signal.SIGQUIT, step)

    async def _down(self, sign: signal.Signals, step: Step) -> None:
        await self.world.backends.kill(self.world.backends.postgres, sign)
        await asyncio.sleep(step.seconds / 2)
        await self.world.backends.heal()

    async def trigger(self, step: Step) -> None:
        await self._ask(step, "POST", f"/api/projects/{self._project(step)}/runs")

    async def pause(self, step: Step) -> None:
        await self._ask(step, "POST", f"/api/projects/{self._project(step)}/pause")

    async def resume(self, step: Step) -> None:
        await self._ask(step, "POST", f"/api/projects/{self._project(step)}/resume")

    async def edit(self, step: Step) -> None:
        expression = MINUTELY if step.target % 3 else EVERY_OTHER
        await self._ask(step, "PATCH", f"/api/projects/{self._project(step)}", {"cron_expression": expression})

    async def cancel(self, step: Step) -> None:
        answer = await self._ask(step, "GET", f"/api/projects/{self._project(step)}")
        run = answer.get("active_run") if answer else None
        if run:
            await self._ask(step, "POST", f"/api/runs/{run['id']}/cancel")

    async def replace(self, step: Step) -> None:
        """Delete a project and make another."""
        project = self._project(step)
        self.projects.remove(project)
        await self._insist("DELETE", f"/api/projects/{project}", None)
        await self._create()

    async def edit_site(self, step: Step) -> None:
        self.world.site.edit(self.world.names[self._project(step)])

    async def move(self, step: Step) -> None:
        try:
            await self.world.move(self._project(step), timedelta(minutes=step.seconds), TWO_MINUTES)
        except Exception as error:  # noqa: BLE001  (Postgres may be away, in more ways than there are types)
            self.done[f"move failed: {type(error).__name__}"] += 1

    def _project(self, step: Step) -> str:
        return self.projects[step.target % len(self.projects)]

    async def _create(self) -> None:
        self._made += 1
        name = f"site{self._made}"
        if self._made % BROKEN_EVERY == 0:
            self.world.site.fail(name, HTTPStatus.NOT_FOUND)
        body = {"url": self.world.site.url(name), "name": name, "cron_expression": MINUTELY}
        answer = await self._insist("POST", "/api/projects", body, key=name)
        self.world.names[answer["id"]] = name
        self.projects.append(answer["id"])

    async def _insist(self, method: str, path: str, body: Any, key: str = "") -> Any:
        """Ask one replica after the other until one has done it."""
        number = 0
        while True:
            number += 1
            step = Step(0, "", number, 0)
            answer = await self._ask(step, method, path, body, key)
            if answer is not None:
                return answer
            await asyncio.sleep(0.1)

    async def _ask(self, step: Step, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """What a replica answers; None where it is away, {} where it refuses."""
        replica = self._asked[step.target % len(self._asked)]
        headers = {"Idempotency-Key": key} if key else {}
        try:
            answer = await replica.client.request(method, path, json=body, headers=headers)
        except httpx.TransportError:
            return None
        self.done[f"HTTP {answer.status_code}"] += 1
        if answer.status_code not in EXPECTED:
            self.mistakes.append(f"{method} {path} was answered {answer.status_code}: {answer.text}")
        if answer.status_code == 503:
            return None
        return answer.json() if answer.content and answer.status_code < 300 else {}
