from __future__ import annotations

import pytest

from llmstxt_sched.domain.notifications.addresses import shown_address, without_secrets
from llmstxt_sched.domain.notifications.target import TargetKind

SLACK = "https://hooks.slack.com/services/T0001/B0001/abcdefghijkl"


@pytest.mark.parametrize(
    ("kind", "address", "shown"),
    [
        (TargetKind.SLACK, SLACK, "https://hooks.slack.com/…"),
        (TargetKind.HEARTBEAT, "https://hc-ping.com:8443/d1f3?rid=1", "https://hc-ping.com:8443/…"),
        (TargetKind.WEBHOOK, "https://example.com/hook?key=s3cret&v=2", "https://example.com/hook?key=…&v=…"),
        (TargetKind.WEBHOOK, "https://example.com/hook?a-whole-token&v=2&k=", "https://example.com/hook?…&v=…&k="),
        (TargetKind.WEBHOOK, "https://user:pass@example.com/hook", "https://example.com/hook"),
        (TargetKind.EMAIL, "docs@example.com", "docs@example.com"),
    ],
)
def test_an_address_is_shown_without_what_may_be_secret(kind: TargetKind, address: str, shown: str) -> None:
    assert shown_address(kind, address) == shown


@pytest.mark.parametrize(
    "text",
    [
        f"{SLACK} did not answer in time",
        "no such hook: /services/T0001/B0001/abcdefghijkl",
        "no_service: abcdefghijkl",
    ],
)
def test_an_error_holds_no_part_of_an_address_that_is_secret(text: str) -> None:
    cleaned = without_secrets(text, shown_address(TargetKind.SLACK, SLACK), SLACK, ())
    assert "abcdefghijkl" not in cleaned


def test_an_answer_that_echoes_secrets_is_kept_without_them() -> None:
    address = "https://example.com/hook?key=k%20ey-of-mine"
    shown = shown_address(TargetKind.WEBHOOK, address)
    echoed = "asked /hook?key=k%20ey-of-mine (k ey-of-mine) signed by whsec_abcdefgh, with the word hook"
    assert without_secrets(echoed, shown, address, ("whsec_abcdefgh", "")) == (
        "asked /hook?key=… (…) signed by …, with the word hook"
    )


def test_a_token_without_a_name_and_an_address_read_once_more_are_blotted_out() -> None:
    address = "https://example.com/hook?a%2Dwhole-token"
    shown = shown_address(TargetKind.WEBHOOK, address)
    assert without_secrets("?a%2Dwhole-token is a-whole-token", shown, address, ()) == "?… is …"
    hook = "https://example.com/hush-t%C3%B6ken"
    assert without_secrets("no hook /hush-töken", shown_address(TargetKind.DEPLOY_HOOK, hook), hook, ()) == "no hook /…"
