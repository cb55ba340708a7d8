from __future__ import annotations

import pytest

from llmstxt_sched.domain.notifications.deploy_hook import DeployHookOptions, check_deploy_hook
from llmstxt_sched.errors import InvalidInput

DISPATCHES = "https://api.github.com/repos/acme/docs/dispatches"
HOOK = "https://api.netlify.com/build_hooks/5c23bd"


def test_a_hook_is_an_address_and_a_dispatch_has_a_type_and_a_token() -> None:
    check_deploy_hook(DeployHookOptions(), HOOK, has_token=False)
    check_deploy_hook(DeployHookOptions(event_type="docs"), DISPATCHES, has_token=True)


@pytest.mark.parametrize(
    ("event_type", "address", "has_token", "field"),
    [
        ("", DISPATCHES, True, "options.event_type"),
        ("a\nb", DISPATCHES, True, "options.event_type"),
        ("x" * 101, DISPATCHES, True, "options.event_type"),
        ("docs", HOOK, True, "address"),
        ("docs", f"{DISPATCHES}?a", True, "address"),
        ("docs", DISPATCHES, False, "token"),
        ("", HOOK, True, "token"),
    ],
)
def test_what_is_of_two_kinds_of_hook_is_refused(event_type: str, address: str, has_token: bool, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_deploy_hook(DeployHookOptions(event_type=event_type), address, has_token=has_token)
    assert refused.value.errors[0][0] == field
