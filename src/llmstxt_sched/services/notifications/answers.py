"""Answers of receivers as they are stored."""

from __future__ import annotations

from llmstxt_sched.notify.message import Answer, harmless
from llmstxt_sched.store.notifications.deliveries import NotedAnswer


def noted(answer: Answer) -> NotedAnswer:
    """The answer as it can be stored, whatever its sender took over from a receiver."""
    return NotedAnswer(answer.status_code, answer.milliseconds, harmless(answer.body), harmless(answer.error))
