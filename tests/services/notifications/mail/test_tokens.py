from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.support.engine import SECRETS, SECRETS_KEY

from llmstxt_sched.services.notifications.mail.tokens import (
    confirm_token,
    confirms,
    read_unsubscribe_token,
    unsubscribe_token,
)
from llmstxt_sched.services.secrets import Secrets

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TARGET, ANN = uuid4(), "ann@example.com"


def test_a_confirmation_is_valid_for_seven_days_and_for_its_address_alone() -> None:
    token = confirm_token(SECRETS, TARGET, ANN, NOW)
    assert confirms(SECRETS, token, TARGET, ANN, NOW + 7 * DAY)
    assert not confirms(SECRETS, token, TARGET, ANN, NOW + 7 * DAY + timedelta(seconds=1))
    assert not confirms(SECRETS, token, TARGET, "eve@example.com", NOW)
    assert not confirms(SECRETS, token, uuid4(), ANN, NOW)


def test_unsubscribing_names_its_target_under_any_key_of_the_service() -> None:
    token = unsubscribe_token(SECRETS, TARGET, ANN)
    renewed = Secrets(["another key for the tests", SECRETS_KEY])
    for secrets in (SECRETS, renewed):
        found = read_unsubscribe_token(secrets, token)
        assert found
        assert found.target_id == TARGET
    assert read_unsubscribe_token(Secrets(["another key for the tests"]), token) is None


@pytest.mark.parametrize("token", ["", "x", "ü", "\ud800", "A" * 75, "A" * 74, "=" * 10, "a b", "A" * 10_000])
def test_what_is_no_token_is_none(token: str) -> None:
    assert read_unsubscribe_token(SECRETS, token) is None
    assert not confirms(SECRETS, token, TARGET, ANN, NOW)


def test_a_token_with_any_letter_changed_is_none() -> None:
    unsubscribe, confirm = unsubscribe_token(SECRETS, TARGET, ANN), confirm_token(SECRETS, TARGET, ANN, NOW)
    for place in range(0, len(unsubscribe) - 1, 3):
        assert read_unsubscribe_token(SECRETS, _changed(unsubscribe, place)) is None
    for place in range(0, len(confirm) - 1, 3):
        assert not confirms(SECRETS, _changed(confirm, place), TARGET, ANN, NOW)


def _changed(token: str, place: int) -> str:
    return token[:place] + ("B" if token[place] == "A" else "A") + token[place + 1 :]
