"""Answers of receivers: what stands for one where there is none, and how they are stored."""

from __future__ import annotations

from collections.abc import Awaitable
from uuid import UUID

import structlog

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.notify.message import Answer, harmless
from llmstxt_sched.store.notifications.deliveries import NotedAnswer

log = structlog.get_logger(__name__)

NOT_TOLD = "it could not be told, by a fault of this service: its log says more"


async def answer_or_fault(attempt: Awaitable[Answer], delivery_id: UUID) -> Answer:
    """The answer that an attempt gets; what goes wrong in it is one as well, or it would be made again without end.

    Raises Unavailable.
    """
    try:
        return await attempt
    except Unavailable:
        raise
    except Exception:
        log.exception("attempt failed", delivery_id=str(delivery_id))
        return Answer(None, 0, error=NOT_TOLD)


def noted(answer: Answer) -> NotedAnswer:
    """The answer as it can be stored, whatever its sender took over from a receiver."""
    return NotedAnswer(answer.status_code, answer.milliseconds, harmless(answer.body), harmless(answer.error))
