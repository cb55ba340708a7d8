from __future__ import annotations

import re

from llmstxt_sched.crawler.model import PAGES, Outcome
from llmstxt_sched.services.documents.outcomes import CARRIED_OVER, LEFT_OUT, REASONS, reason_of


def test_every_outcome_has_a_sentence_of_its_own() -> None:
    assert REASONS.keys() == set(Outcome)
    assert len(set(REASONS.values())) == len(Outcome)
    for sentence in REASONS.values():
        assert re.fullmatch(r"[A-Z].*\.", sentence)


def test_a_page_that_is_listed_without_having_been_read_stays_and_says_so() -> None:
    for outcome in Outcome:
        assert reason_of(outcome) == REASONS[outcome]
        assert reason_of(outcome, is_listed=True).endswith(CARRIED_OVER) is (outcome not in PAGES)


def test_a_page_that_was_read_and_is_not_listed_says_why() -> None:
    for outcome in Outcome:
        assert reason_of(outcome, is_listed=False).endswith(LEFT_OUT) is (outcome in PAGES)
