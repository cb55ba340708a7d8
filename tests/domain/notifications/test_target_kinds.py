from __future__ import annotations

from typing import Any

import pytest

from llmstxt_sched.domain.notifications.deploy_hook import DeployHookOptions
from llmstxt_sched.domain.notifications.git import GitOptions
from llmstxt_sched.domain.notifications.heartbeat import HeartbeatOptions
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.notifications.target_kinds import read_options, rules_of
from llmstxt_sched.errors import InvalidInput


@pytest.mark.parametrize(
    ("kind", "options", "field", "message"),
    [
        (
            DeployHookOptions,
            {"event": "x"},
            "options.event",
            "is no option of this kind of target, which are event_type",
        ),
        (DeployHookOptions, {"event_type": 7}, "options.event_type", "must be a text"),
        (GitOptions, {"branch": "main"}, "options.repository", "is needed"),
        (GitOptions, {"repository": "a/b", "mode": "push"}, "options.mode", "must be one of 'commit', 'pull_request'"),
        (
            GitOptions,
            {"repository": "a/b", "mode": ["commit"]},
            "options.mode",
            "must be one of 'commit', 'pull_request'",
        ),
        (HeartbeatOptions, {"method": "PUT"}, "options.method", "must be one of 'GET', 'POST'"),
    ],
)
def test_an_option_that_is_wrong_is_named_and_told_what_it_may_be(
    kind: Any, options: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_options(options, kind)
    assert refused.value.errors == ((field, message),)


def test_all_options_that_are_wrong_are_told() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_options({"event": 1, "branch": 2, "mode": "push"}, GitOptions)
    fields = [field for field, _ in refused.value.errors]
    assert fields == [f"options.{name}" for name in ("event", "branch", "mode", "repository")]


@pytest.mark.parametrize(
    ("kind", "options", "address"),
    [
        (TargetKind.DEPLOY_HOOK, {"event_type": "docs"}, "https://api.github.com/repos/acme/docs/dispatches"),
        (TargetKind.GITHUB, {"repository": "acme/docs"}, "https://api.github.com"),
        (TargetKind.GITLAB, {"repository": "acme/docs"}, "https://gitlab.com/api/v4"),
    ],
)
def test_a_kind_that_needs_a_token_is_refused_without_one(
    kind: TargetKind, options: dict[str, Any], address: str
) -> None:
    check = rules_of(kind).check
    assert check
    check(options, address, "secret")
    with pytest.raises(InvalidInput):
        check(options, address, "")
