from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from llmstxt_sched.domain.schedule import Fate, LedgerRow, cut, set_apart

RUN = UUID(int=1)


def minute(at: int) -> datetime:
    return datetime(2026, 11, 24, 10, at, tzinfo=UTC)


def row(first: int, last: int, count: int, outcome: Fate = Fate.COALESCED, reason: str | None = None) -> LedgerRow:
    return LedgerRow(minute(first), minute(last), count, outcome, reason, RUN, "*/10 * * * *", "UTC")


def alone(at: int) -> tuple[datetime, datetime]:
    return minute(at), minute(at)


def test_a_range_is_split_at_the_occurrences_that_have_rows_of_their_own() -> None:
    assert set_apart([row(10, 50, 5)], [alone(40), alone(20)]) == [row(10, 10, 1), row(30, 30, 1), row(50, 50, 1)]
    assert set_apart([row(10, 50, 5)], [alone(50), alone(10)]) == [row(20, 40, 3)]
    assert set_apart([row(10, 10, 1)], [alone(10)]) == []


def test_a_range_leaves_out_all_that_the_retention_has_joined_to_one_row() -> None:
    assert set_apart([row(10, 50, 5)], [(minute(0), minute(20)), (minute(40), minute(50))]) == [row(30, 30, 1)]
    assert set_apart([row(10, 50, 5)], [(minute(20), minute(40))]) == [row(10, 10, 1), row(50, 50, 1)]


def test_a_row_of_a_run_of_its_own_stays() -> None:
    rows = [row(10, 10, 1, Fate.RAN), row(20, 20, 1, Fate.SKIPPED, "canceled"), row(30, 30, 1, Fate.SKIPPED, "paused")]
    assert set_apart(rows, [alone(10), alone(20), alone(30)]) == rows[:2]


def test_a_range_without_such_an_occurrence_is_not_counted_again() -> None:
    # Its zone may not be known any more.
    rows = [replace(row(10, 30, 3), timezone="Mars/Olympus")]
    assert set_apart(rows, [alone(0), alone(40)]) == rows
    assert cut(rows, minute(30)) == rows


def test_what_is_cut_off_is_not_counted() -> None:
    assert cut([row(10, 50, 5)], minute(35)) == [row(10, 30, 3)]
    assert cut([row(30, 50, 3)], minute(20)) == []
