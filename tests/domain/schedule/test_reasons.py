from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from llmstxt_sched.domain.schedule import Fate, LedgerRow, explain
from llmstxt_sched.domain.schedule.reasons import REASONS

AT = datetime(2026, 7, 1, 2, tzinfo=UTC)


def row(fate: Fate, reason: str | None) -> LedgerRow:
    return LedgerRow(AT, AT, 1, fate, reason, None, "0 2 * * *", "UTC")


@pytest.mark.parametrize(("fate", "reason"), REASONS)
def test_what_became_of_a_due_time_is_said_in_a_sentence(fate: Fate, reason: str | None) -> None:
    assert re.fullmatch(r"[A-Z].*\.", explain(row(fate, reason)))


@pytest.mark.parametrize("fate", Fate)
def test_a_reason_that_is_not_known_is_passed_over(fate: Fate) -> None:
    assert explain(row(fate, "odd")) == explain(row(fate, None))
