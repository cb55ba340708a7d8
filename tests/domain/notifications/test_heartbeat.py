from __future__ import annotations

import pytest

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.heartbeat import HeartbeatOptions, OnFailure, heartbeat_address

HEALTHCHECKS = "https://hc-ping.com/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278"
KUMA = "https://status.example.com/api/push/a1B2?status=up&msg=OK&ping="


@pytest.mark.parametrize(
    ("address", "on_failure", "failed"),
    [
        (HEALTHCHECKS, "/fail", f"{HEALTHCHECKS}/fail"),
        (f"{HEALTHCHECKS}/?rid=1", "/fail", f"{HEALTHCHECKS}/fail?rid=1"),
        (KUMA, "?status=down", "https://status.example.com/api/push/a1B2?msg=OK&ping=&status=down"),
        ("https://cronitor.link/p/key/docs", "?state=fail", "https://cronitor.link/p/key/docs?state=fail"),
        (HEALTHCHECKS, "", HEALTHCHECKS),
    ],
)
def test_a_failure_has_the_address_of_each_watchdog(address: str, on_failure: OnFailure, failed: str) -> None:
    options = HeartbeatOptions(on_failure=on_failure)
    assert heartbeat_address(address, options, EventKind.RUN_FAILED) == failed
    assert heartbeat_address(address, options, EventKind.RUN_COMPLETED) == address


def test_failures_are_told_only_where_they_have_an_address() -> None:
    assert HeartbeatOptions().events == (EventKind.RUN_COMPLETED,)
    assert HeartbeatOptions(on_failure="/fail").events == (EventKind.RUN_COMPLETED, EventKind.RUN_FAILED)
