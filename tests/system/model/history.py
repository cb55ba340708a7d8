"""A random history of the engine, which its seed decides: three replicas, people, faults, and then quiet."""

from __future__ import annotations

import random
from datetime import timedelta

from tests.system.model.checker import unfinished, violations
from tests.system.model.mutants import Mutant
from tests.system.model.postgres import Postgres
from tests.system.model.redis import Redis
from tests.system.model.replica import Replica
from tests.system.model.requests import Request, Requests

REPLICAS = 3
STEPS = 2500
# How often somebody asks for something, per step.
ASKED = 0.06
# The chain of occurrences is walked anew each time, so not after every step.
CHECKED_EVERY = 250
# How many effects of one member come in a row.
BURSTS = (1, 1, 2, 4)
FAULTS = ("death", "standstill", "damage", "absence")
# How often a fault comes, per step.
RATES = (0.0, 0.001, 0.004, 0.016)
REMEMBERED_EVERY = 100
QUIET_ROUNDS = 24
QUIET_STEPS = 40


class History:
    """What happened: `log` in words, `found` against the invariants, `completed` runs."""

    def __init__(self, seed: int, mutant: Mutant | None = None) -> None:
        self._rng = random.Random(seed)
        self._postgres = Postgres(self._rng, mutant)
        self._redis = Redis(lambda: self._postgres.now)
        self._requests = Requests(self._postgres, self._redis)
        self._replicas = [Replica(self._postgres, self._redis) for _ in range(REPLICAS)]
        self._asked: list[Request] = []
        # Each history has a temper of its own: what hides one mistake brings another to light.
        self._rates = {fault: self._rng.choice(RATES) for fault in FAULTS}
        self._stands_still = dict.fromkeys(range(REPLICAS), 0)
        self.log: list[str] = []
        self.found: list[str] = []
        try:
            self._pass()
        finally:
            self._end()

    @property
    def completed(self) -> int:
        """How many results were committed."""
        return len(self._postgres.tables.commits)

    def _pass(self) -> None:
        for step in range(STEPS):
            self._postgres.now += self._time()
            self._fault(step)
            self._people()
            self._replica(step)
            if step % CHECKED_EVERY == 0 and self._is_wrong():
                return
        self._be_quiet()
        if not self._is_wrong():
            self.found = unfinished(self._postgres)

    def _is_wrong(self) -> bool:
        self.found = violations(self._postgres)
        return bool(self.found)

    def _time(self) -> timedelta:
        chance = self._rng.random()
        if chance < 0.001:
            return timedelta(hours=self._rng.uniform(1, 30))
        if chance < 0.02 and not any(run.lease_until for run in self._postgres.tables.runs.values()):
            return timedelta(minutes=self._rng.uniform(1, 30))
        return timedelta(seconds=self._rng.uniform(0, 1.5))

    def _fault(self, step: int) -> None:
        number = self._rng.randrange(REPLICAS)
        if self._happens("death"):
            self._replicas[number].die()
            self._replicas[number] = Replica(self._postgres, self._redis)
            self._note(f"replica {number} died")
        if self._happens("standstill"):
            self._stands_still[number] = step + self._rng.randrange(50, 600)
            self._note(f"replica {number} stands still")
        if self._happens("damage"):
            self._note(f"redis: {self._redis.damage(self._rng)}")
        if self._happens("absence"):
            self._redis.is_away = not self._redis.is_away
            self._note(f"redis is away: {self._redis.is_away}")
        if step % REMEMBERED_EVERY == 0:
            self._redis.remember()

    def _happens(self, fault: str) -> bool:
        return self._rng.random() < self._rates[fault]

    def _people(self) -> None:
        if self._rng.random() < ASKED:
            self._asked.append(self._requests.any())
        going_on = []
        for request in self._asked:
            if self._rng.random() < 0.02:
                request.close()
            elif _goes_on(request):
                going_on.append(request)
        self._asked = going_on

    def _replica(self, step: int) -> None:
        number = self._rng.randrange(REPLICAS)
        if self._stands_still[number] > step:
            return
        member = self._rng.randrange(len(self._replicas[number].members))
        for _ in range(self._rng.choice(BURSTS)):
            self._replicas[number].members[member].send(None)
        self._note(f"replica {number} member {member}")

    def _be_quiet(self) -> None:
        self._end()
        self._redis.is_away = False
        self._replicas = [Replica(self._postgres, self._redis)]
        self._replicas[0].is_calm = True
        for _ in range(QUIET_ROUNDS):
            self._postgres.now += timedelta(seconds=20)
            for member in self._replicas[0].members:
                for _ in range(QUIET_STEPS):
                    member.send(None)

    def _end(self) -> None:
        for replica in self._replicas:
            replica.die()
        for request in self._asked:
            request.close()

    def _note(self, event: str) -> None:
        self.log.append(f"{self._postgres.now:%d %T.%f} {event}")


def _goes_on(request: Request) -> bool:
    """One step further; false at the end."""
    try:
        request.send(None)
    except StopIteration:
        return False
    return True
