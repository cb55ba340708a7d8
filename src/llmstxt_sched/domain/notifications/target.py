"""A target: somebody or something that is told of events."""

from __future__ import annotations

from enum import StrEnum

from llmstxt_sched.domain.notifications.event import EventKind


class TargetKind(StrEnum):
    """How a target is told."""

    WEBHOOK = "webhook"
    SLACK = "slack"
    DISCORD = "discord"
    TEAMS = "teams"
    NTFY = "ntfy"
    EMAIL = "email"
    HEARTBEAT = "heartbeat"
    DEPLOY_HOOK = "deploy_hook"
    GITHUB = "github"
    GITLAB = "gitlab"


# These take the place of files elsewhere, and are of use for one project alone.
PUBLISHING = frozenset({TargetKind.DEPLOY_HOOK, TargetKind.GITHUB, TargetKind.GITLAB})


def wants(events: frozenset[EventKind], kind: EventKind, *, only_changes: bool, has_changed: bool) -> bool:
    """Whether a target that asked for `events` is told of one; a run that changed nothing only if it asked for all."""
    if kind is EventKind.RUN_COMPLETED and only_changes and not has_changed:
        return False
    return kind in events
