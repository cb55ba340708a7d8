"""`make torture`: replicas, projects and random faults for minutes, then the checker over what is left.

The faults, and what users do meanwhile, follow from the seed, which is printed first.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.system.faults import mutants, plan
from tests.system.faults.backends import backends
from tests.system.faults.replica import SOURCE
from tests.system.faults.storm import Storm
from tests.system.faults.world import World, world

# A run that was killed many times waits for minutes before its next try.
QUIET_SECONDS = 120.0
BETWEEN_CHECKS = 2.0
# After so many stops of a replica that held runs, another must have taken one over.
STOPS = 9
HALTED = """
SELECT p.name, c.halted_reason, r.error_code, r.error_message FROM project_configs c
JOIN projects p ON p.id = c.project_id LEFT JOIN runs r ON r.id = c.halted_by WHERE c.schedule_state = 'HALTED'
"""


def main() -> None:
    """Run one torture; exits with 1 where an invariant does not hold, with a mutant where all of them do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicas", type=int, default=4)
    parser.add_argument("--projects", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--quiet-seconds", type=float, default=QUIET_SECONDS, help="how long order may take to return")
    parser.add_argument("--mutant", choices=mutants.MUTANTS, help="torture a build with this mistake in it")
    given = parser.parse_args()
    _say(f"seed {given.seed}, {given.replicas} replicas, {given.projects} projects, {given.minutes:g} minutes")
    with tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as folder:
        found = asyncio.run(_torture(Path(folder), given))
    _say("\n".join(found) or "no violation")
    sys.exit(bool(found) != bool(given.mutant))


async def _torture(folder: Path, given: argparse.Namespace) -> list[str]:
    source = mutants.build(given.mutant, folder / "mutant") if given.mutant else SOURCE
    # Servers' users must be able to come to their files.
    folder.chmod(0o711)
    async with backends(folder / "servers") as both, world(folder / "replicas", both) as made:
        storm = Storm(made, given.replicas, source)
        faults, rolls, actions = (
            list(each(given.seed, given.minutes)) for each in (plan.faults, plan.rolls, plan.actions)
        )
        _say(f"planned: {dict(Counter(step.what for step in (*faults, *rolls)))}")
        await storm.run(given.projects, faults, rolls, actions)
        _say(f"done: {dict(storm.done)}; replicas started {sum(r.launches for r in storm.replicas)} times")
        begun = time.monotonic()
        await storm.calm()
        found = await _once_quiet(made, given.quiet_seconds)
        _say(f"quiet after {time.monotonic() - begun:.0f} seconds")
        await _tell(made)
        if storm.done["stopped with runs"] > STOPS and not storm.done["taken over"]:
            storm.mistakes.append("no run was ever taken over from a replica that stood still")
        return [*storm.mistakes, *_errors(storm), *found, *await _halted(made)]


async def _once_quiet(made: World, seconds: float) -> list[str]:
    """The violations that stay."""
    deadline = time.monotonic() + seconds
    while True:
        found = await made.violations()
        found += [
            f"run {row['id']} is {row['status']} and nobody ends it"
            for row in await made.fetch("SELECT id, status FROM runs WHERE finished_at IS NULL")
        ]
        if not found or time.monotonic() > deadline:
            return found
        await asyncio.sleep(BETWEEN_CHECKS)


def _errors(storm: Storm) -> list[str]:
    """What the replicas logged as mistakes of their own."""
    found = Counter(
        f"{event['event']} {event.get('member', '')}: {_innermost(event.get('exception', []))}"
        for replica in storm.replicas
        for event in replica.events()
        if event["level"] in {"error", "critical"}
    )
    return [f"logged {count} times: {what}" for what, count in found.items()]


def _innermost(exceptions: list[dict[str, Any]]) -> str:
    """What a logged exception comes down to: the first of a group, and of that the line that raised it."""
    while exceptions and exceptions[0]["exceptions"]:
        exceptions = exceptions[0]["exceptions"][0]
    if not exceptions:
        return ""
    first = exceptions[0]
    return f"{first['exc_type']}: {first['exc_value']}, at {first['frames'][-3:]}"


async def _halted(made: World) -> list[str]:
    """Projects that stand still for a failure that was not planted."""
    return [
        f"{row['name']} is halted: {row['halted_reason']}, {row['error_code']}, {row['error_message']}"
        for row in await made.fetch(HALTED)
        if not made.site.is_broken(row["name"])
    ]


async def _tell(made: World) -> None:
    ended = await made.fetch("SELECT status, count(*) AS n, sum(crashes) AS crashes FROM runs GROUP BY 1 ORDER BY 1")
    for row in ended:
        _say(f"{row['n']:6} runs {row['status']}, {row['crashes']} leases lost")
    ledger = await made.fetch("SELECT outcome, sum(count) AS n FROM occurrences GROUP BY 1 ORDER BY 1")
    _say("ledger: " + ", ".join(f"{row['n']} {row['outcome']}" for row in ledger))
    complete = sum(row["n"] for row in ended if row["status"].startswith("COMPLETE"))
    _say(f"{complete} runs completed")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  (for the person who started it)


if __name__ == "__main__":
    main()
