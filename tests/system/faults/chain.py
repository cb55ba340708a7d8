"""I2: the chain of a project's occurrences, as the expressions in force ask for it, held against the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from llmstxt_sched.domain.schedule import Cron, occurrences_within


class Stretch(NamedTuple):
    """A time in which one schedule (None: none) held."""

    since: datetime
    schedule: Cron | None


def stretches(audited: Sequence[Any]) -> list[Stretch]:
    """What held since when, from the audited changes of one schedule, in their order."""
    found: list[Stretch] = []
    for row in audited:
        if row["event"] == "MOVED":
            found = [Stretch(each.since - row["moved"], each.schedule) for each in found]
        else:
            schedule = Cron(row["expression"], row["zone"]) if row["expression"] else None
            found.append(Stretch(row["boundary"], schedule))
    return found


def gaps(history: Sequence[Stretch], ledger: Sequence[Any], until: datetime) -> Iterator[str]:
    """What the ledger lacks, holds twice, or should not hold, up to `until`."""
    expected: set[datetime] = set()
    for stretch, after in pairwise([*history, Stretch(until, None)]):
        if stretch.schedule:
            expected.update(occurrences_within(stretch.schedule, stretch.since, after.since))
    held: Counter[datetime] = Counter()
    for row in ledger:
        times = _of_row(row)
        if len(times) != row["count"] or times[-1] != row["last"]:
            yield f"a row of the ledger says {row['count']} from {row['first']} to {row['last']}, which is not so"
        held.update(times)
    for at in sorted(expected - held.keys()):
        yield f"{at} is not accounted for"
    for at, count in sorted(held.items()):
        if count > 1:
            yield f"{at} is accounted for {count} times"
        # The run under way writes its own occurrence when it ends, which may lie ahead of what is reached.
        if at not in expected and at <= until:
            yield f"{at} is in the ledger and was never due"


def _of_row(row: Any) -> list[datetime]:
    schedule = Cron(row["cron_expression"], row["timezone"])
    return [row["first"], *occurrences_within(schedule, row["first"], row["last"])]
