"""Says in a sentence what became of a due time, and why."""

from __future__ import annotations

from collections.abc import Mapping

from llmstxt_sched.domain.schedule.model import Fate, LedgerRow

PENDING = "It is still to come."
REASONS: Mapping[tuple[Fate, str | None], str] = {
    (Fate.RAN, None): "A run was made for it.",
    (Fate.COALESCED, None): "It came due while an earlier one waited or ran, and that run stood for it as well.",
    (Fate.SKIPPED, "paused"): "The schedule was paused.",
    (Fate.SKIPPED, "edited"): "The schedule was changed before a run for it began.",
    (Fate.SKIPPED, "canceled"): "Its run was cancelled before it began.",
    (Fate.SKIPPED, None): "It was passed over.",
    (Fate.MISSED, "halted"): "The schedule was halted by a failed run, and nobody had resumed it.",
    (Fate.MISSED, None): "No run was made for it.",
}


def explain(row: LedgerRow) -> str:
    """The sentence for a row of the ledger."""
    return REASONS.get((row.outcome, row.reason)) or REASONS[row.outcome, None]
