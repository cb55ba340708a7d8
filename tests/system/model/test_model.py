from __future__ import annotations

import os
import random

import pytest
from tests.system.model.history import History
from tests.system.model.jobs import PAGE
from tests.system.model.mutants import Mutant

from llmstxt_sched.scheduler import tick
from llmstxt_sched.services.maintenance import reconcile

# MODEL_SEED plays a history again that was found wrong.
SEED = int(os.environ.get("MODEL_SEED") or random.SystemRandom().randrange(10**9))
HISTORIES = 20
# A mistake shows within the first ten or so.  Always the same seeds: by chance it could hide in all of any hundred.
SEEDS_OF_MUTANTS = range(1000)


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A history has eight projects, which one page would hold."""
    for module in (tick, reconcile):
        monkeypatch.setattr(module, "PAGE", PAGE)


def test_no_history_breaks_an_invariant() -> None:
    print(f"MODEL_SEED={SEED}")  # noqa: T201  (pytest shows it where the test fails)
    completed = 0
    for seed in range(SEED, SEED + HISTORIES):
        history = History(seed)
        assert history.found == [], f"MODEL_SEED={seed}"
        completed += history.completed
    assert completed > 10 * HISTORIES


@pytest.mark.parametrize("mutant", Mutant)
def test_a_planted_mistake_is_found(mutant: Mutant) -> None:
    assert any(History(seed, mutant).found for seed in SEEDS_OF_MUTANTS)


def test_the_same_seed_gives_the_same_history() -> None:
    first, second, other = History(SEED), History(SEED), History(SEED + 1)
    assert first.log == second.log
    assert first.log != other.log
