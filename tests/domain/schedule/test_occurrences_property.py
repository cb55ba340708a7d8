"""Random schedules against another library.  Where the two differ, a third reading decides: every minute of
the days in question is looked at, one by one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from heapq import merge
from itertools import islice, pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim

from llmstxt_sched.domain.schedule import Cron, OccurrenceRange, occurrences, occurrences_within, range_within

pytestmark = pytest.mark.slow

TRIPLES = 2000
COMPARED = 4
MINUTE = timedelta(minutes=1)
FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
# Moves by an hour, half an hour and two hours, at midnight, at three quarters, twice a year and in Ramadan.
MOVING = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Chatham",
)
STILL = ("UTC", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia")


class Triple(NamedTuple):
    """What is compared."""

    expression: str
    zone: str
    start: datetime


def seeded() -> tuple[int, random.Random]:
    """A seed, which is printed, and what it gives: the same schedules each time."""
    seed = int(os.environ.get("SCHEDULE_SEED") or random.SystemRandom().getrandbits(32))
    print(f"SCHEDULE_SEED={seed}")  # noqa: T201  (for whoever wants to see a failure again)
    return seed, random.Random(seed)


def test_two_thousand_random_schedules_agree_with_cronsim_but_for_the_named_classes() -> None:
    seed, draw = seeded()
    agreed, differing = 0, []
    for number in range(TRIPLES):
        triple = random_triple(draw, near_a_move=number % 2 == 0)
        if ours(triple) == theirs(triple):
            agreed += 1
        else:
            differing.append(triple)
    for triple in differing:
        assert class_of(triple), f"SCHEDULE_SEED={seed}: {triple}: {ours(triple)} is not {theirs(triple)}"
        assert is_right_by_the_minute(triple), f"SCHEDULE_SEED={seed}: {triple}: {ours(triple)} is wrong"
    assert agreed > TRIPLES * 0.98, f"SCHEDULE_SEED={seed}: only {agreed} agree"


def test_a_walk_from_one_occurrence_to_the_next_meets_the_same_as_one_walk_over_all() -> None:
    """Each step asks anew what follows, by the minute; from any second in it the answer is the same."""
    seed, draw = seeded()
    for number in range(500):
        triple = random_triple(draw, near_a_move=number % 2 == 0)
        start = triple.start + timedelta(seconds=draw.uniform(0, 60))
        schedule = Cron(triple.expression, triple.zone)
        expected = [occurrence.at for occurrence in islice(occurrences(schedule, start), COMPARED)]
        met = occurrences_within(schedule, start, expected[-1]) if expected else []
        assert met == expected, f"SCHEDULE_SEED={seed}: {triple} from {start}"


def test_a_range_counts_what_a_walk_meets_one_by_one() -> None:
    seed, draw = seeded()
    for number in range(500):
        triple = random_triple(draw, near_a_move=number % 2 == 0)
        start = triple.start + draw.choice((0, 1)) * timedelta(seconds=draw.uniform(0, 60))
        end = start + timedelta(days=draw.choice((draw.uniform(-0.1, 2), draw.uniform(0, 40))))
        schedule = Cron(triple.expression, triple.zone)
        met = occurrences_within(schedule, start, end)
        expected = OccurrenceRange(met[0], met[-1], len(met)) if met else None
        assert range_within(schedule, start, end) == expected, f"SCHEDULE_SEED={seed}: {triple} from {start} to {end}"


def test_a_range_over_a_day_that_a_zone_left_out_has_it_once() -> None:
    schedule, samoa = Cron("*/30 12 * * *", "Pacific/Apia"), datetime(2011, 12, 28, tzinfo=UTC)
    assert range_within(schedule, samoa, samoa + timedelta(days=10)) == OccurrenceRange(
        samoa.replace(hour=22), samoa.replace(hour=22, minute=30) + timedelta(days=9), 20
    )


@pytest.mark.parametrize(
    ("triple", "first", "their_first", "name"),
    [
        # Cronsim is wrong: from an instant in the gap's day it goes on by whole hours, which Lord Howe's
        # clocks, moved by half of one, don't have; it comes out half an hour late.
        (
            Triple("* 3 * * *", "Australia/Lord_Howe", datetime(2027, 4, 3, 4, 7, tzinfo=UTC)),
            datetime(2027, 4, 3, 16, 30, tzinfo=UTC),
            datetime(2027, 4, 3, 17, 0, tzinfo=UTC),
            "a move that is not from one whole hour to another",
        ),
        # Cronsim is wrong for the same reason: 02:45 comes back in the middle of an hour, and is passed over.
        (
            Triple("* 2 * * *", "Pacific/Chatham", datetime(2025, 4, 5, 13, 33, tzinfo=UTC)),
            datetime(2025, 4, 5, 14, 0, tzinfo=UTC),
            datetime(2025, 4, 6, 13, 15, tzinfo=UTC),
            "a move that is not from one whole hour to another",
        ),
        # Cronsim is wrong: midnight is not there that night, and 01:00 is no time with the hour 0.
        (
            Triple("* 0 7 9 *", "America/Santiago", datetime(2025, 9, 6, 17, 21, tzinfo=UTC)),
            datetime(2026, 9, 7, 3, 0, tzinfo=UTC),
            datetime(2025, 9, 7, 4, 0, tzinfo=UTC),
            "a gap at midnight",
        ),
        # Cronsim is wrong: it takes a midnight that is not there for 01:00 already, and so passes over that hour.
        (
            Triple("*/3 1 * * 0", "America/Havana", datetime(2028, 3, 11, 7, 0, tzinfo=UTC)),
            datetime(2028, 3, 12, 5, 0, tzinfo=UTC),
            datetime(2028, 3, 19, 5, 0, tzinfo=UTC),
            "a gap at midnight",
        ),
        # Cronsim is wrong: 02:30 was an hour ago when the clocks show it again, and the next is tomorrow's.
        (
            Triple("45 2 * * *", "Africa/Casablanca", datetime(2028, 1, 23, 2, 31, tzinfo=UTC)),
            datetime(2028, 1, 24, 2, 45, tzinfo=UTC),
            datetime(2028, 1, 23, 1, 45, tzinfo=UTC),
            "the second pass of an autumn hour",
        ),
    ],
)
def test_each_class_of_difference_has_an_example(
    triple: Triple, first: datetime, their_first: datetime, name: str
) -> None:
    assert (ours(triple)[0], theirs(triple)[0]) == (first, their_first)
    assert class_of(triple) == name
    assert is_right_by_the_minute(triple)


def test_a_day_and_a_weekday_of_which_one_is_a_star_with_a_step_are_joined_by_or() -> None:
    """Neither is wrong: POSIX knows no steps.  Debian's cron, and cronsim with it, reads `*/2` as a star, so that
    both must fit; croniter reads it as a restriction like any other, so that one is enough.  Ours is croniter's.
    """
    triple = Triple("0 0 */10 * 1", "UTC", datetime(2026, 6, 1, 12, tzinfo=UTC))
    assert [at.day for at in ours(triple)] == [8, 11, 15, 21]
    assert [at.day for at in islice(CronSim(triple.expression, triple.start), 1)] == [31]
    assert ours(triple) == theirs(triple)


def ours(triple: Triple) -> list[datetime]:
    found = occurrences(Cron(triple.expression, triple.zone), triple.start)
    return [each.at for each in islice(found, COMPARED)]


def theirs(triple: Triple) -> list[datetime]:
    """What cronsim says of the expression as croniter reads it: see the test above."""
    minute, hour, day, month, weekday = fields_of(triple.expression)
    if "*" in {day, weekday} or not (day.startswith("*") or weekday.startswith("*")):
        return list(islice(by_cronsim(f"{minute} {hour} {day} {month} {weekday}", triple), COMPARED))
    by_day = by_cronsim(f"{minute} {hour} {day} {month} *", triple)
    by_weekday = by_cronsim(f"{minute} {hour} * {month} {weekday}", triple)
    both = merge(islice(by_day, COMPARED), islice(by_weekday, COMPARED))
    return list(dict.fromkeys(both))[:COMPARED]


def fields_of(expression: str) -> list[str]:
    """The five fields; all weekdays beside a star with a step are a star to both."""
    minute, hour, day, month, weekday = expression.split()
    return [minute, hour, day, month, "*" if weekday == "0-6" and day.startswith("*") else weekday]


class Ending(CronSim):
    """Cronsim, which on some days of Chatham never ends: its clocks move at a quarter to the hour, and cronsim
    walks in whole hours past the one that it looks for.  A walk of a hundred thousand steps is given up.
    """

    steps = 0

    def __next__(self) -> datetime:
        self.steps = 0
        return super().__next__()

    def tick(self, *how: int, **far: int) -> None:
        self.steps += 1
        if self.steps > 100_000:
            raise StopIteration
        super().tick(*how, **far)


def by_cronsim(expression: str, triple: Triple) -> Iterator[datetime]:
    found = Ending(expression, triple.start.astimezone(ZoneInfo(triple.zone)))
    return (at.astimezone(UTC) for at in found)


def class_of(triple: Triple) -> str | None:
    """The named class that a difference belongs to."""
    zone = ZoneInfo(triple.zone)
    if Cron(triple.expression, triple.zone).is_fixed:
        return "the second pass of an autumn hour" if triple.start.astimezone(zone).fold else None
    last = max([*ours(triple), *theirs(triple)])
    for move in moves(triple.zone):
        if triple.start - timedelta(days=1) <= move <= last:
            before, after = wall(move - MINUTE, zone) + MINUTE, wall(move, zone)
            if before.minute or after.minute:
                return "a move that is not from one whole hour to another"
            if before < after and before.hour == 0:
                return "a gap at midnight"
    return None


def is_right_by_the_minute(triple: Triple) -> bool:
    """Whether ours are what a look at every minute gives, for four days from where the first of either is."""
    found = ours(triple)
    start = max(triple.start, min(found[0], *theirs(triple)[:1]) - MINUTE)
    until = min(found[-1], start + timedelta(days=4))
    return [at for at in found if at <= until] == list(by_minutes(triple._replace(start=start), until))


def by_minutes(triple: Triple, until: datetime) -> Iterator[datetime]:
    """Every occurrence up to `until`, by the rules as they are written: a fixed expression runs at the first
    showing of its wall time, or at the end of the gap that it falls into; others whenever the clocks fit.
    """
    zone = ZoneInfo(triple.zone)
    is_fixed = Cron(triple.expression, triple.zone).is_fixed
    at = triple.start.replace(second=0, microsecond=0)
    while at < until:
        before, at = wall(at, zone), at + MINUTE
        shown = wall(at, zone)
        if not is_fixed:
            stands_for = [shown]
        elif at.astimezone(zone).fold:
            stands_for = []
        else:
            skipped = max(0, (shown - before) // MINUTE - 1)
            stands_for = [shown - MINUTE * n for n in range(skipped + 1)]
        if any(fits(each, triple.expression) for each in stands_for):
            yield at


def fits(at: datetime, expression: str) -> bool:
    minute, hour, day, month, weekday = fields_of(expression)
    by_day, by_weekday = at.day in numbers(day, 1, 31), at.isoweekday() % 7 in numbers(weekday, 0, 6)
    is_day = by_day and by_weekday if "*" in {day, weekday} else by_day or by_weekday
    times = at.minute in numbers(minute, 0, 59) and at.hour in numbers(hour, 0, 23)
    return times and is_day and at.month in numbers(month, 1, 12)


@cache
def numbers(field: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.replace("*", f"{low}-{high}").partition("-")
        found.update(range(int(first), int(last or first) + 1, int(step or 1)))
    return frozenset(found)


def random_triple(draw: random.Random, *, near_a_move: bool) -> Triple:
    hour = draw.choice([random_field(draw, 0, 23), random_field(draw, 0, 4), str(draw.randint(0, 3))])
    month = draw.choice(["*", "*", "*", str(draw.randint(1, 12))])
    expression = " ".join(
        [random_field(draw, 0, 59), hour, random_day(draw, 1, 28), month, random_day(draw, 0, 6)],
    )
    if near_a_move:
        zone = draw.choice(MOVING)
        start = draw.choice(moves(zone)) + timedelta(minutes=draw.randint(-36 * 60, 6 * 60))
    else:
        zone = draw.choice(MOVING + STILL)
        start = FIRST + timedelta(seconds=draw.randrange(int((LAST - FIRST).total_seconds())))
    return Triple(expression, zone, start)


def random_field(draw: random.Random, low: int, high: int) -> str:
    first, last = sorted(draw.sample(range(low, high + 1), 2))
    listed = ",".join(map(str, sorted(draw.sample(range(low, high + 1), 3))))
    some = (str(first), f"{first}-{last}", f"{first}-{last}/{draw.randint(1, 3)}", listed)
    return draw.choice(["*", "*", f"*/{draw.choice([2, 3, 5, 7, 10, 15, 20, 30])}", *some, str(last)])


def random_day(draw: random.Random, low: int, high: int) -> str:
    first, last = sorted(draw.sample(range(low, high + 1), 2))
    return draw.choice(["*", "*", "*", "*", f"*/{draw.randint(2, 3)}", str(first), str(last), f"{first}-{last}"])


@cache
def moves(zone: str) -> list[datetime]:
    """When the zone's clocks are moved."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
    moving = [a for a, b in pairwise(days) if wall(b, ZoneInfo(zone)) - wall(a, ZoneInfo(zone)) != timedelta(days=1)]
    minutes = (day + MINUTE * n for day in moving for n in range(1, 24 * 60 + 1))
    return [at for at in minutes if wall(at, ZoneInfo(zone)) - wall(at - MINUTE, ZoneInfo(zone)) != MINUTE]


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)
