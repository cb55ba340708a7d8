"""What is told, and the answer to it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind

# This much of an answer's body is kept, for people to see why.
ANSWER_BYTES = 4096
# Postgres can store neither NUL nor half a pair of UTF-16, and terminals obey other control characters.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Message(Struct, frozen=True):
    """An event as it is told.

    `body` is the JSON of its payload, the same in each attempt.  `title` is one line, `text` a few; `url` is the page
    that shows more.  A mail of several events has no `kind`, and its `body` is all that there is of it.
    """

    id: UUID
    kind: EventKind | None
    at: datetime
    body: bytes
    title: str = ""
    text: str = ""
    url: str = ""


class Answer(Struct, frozen=True):
    """What came of one attempt: it succeeded if there is no `error`.

    `status_code` is None if no answer came; `body` is cut at ANSWER_BYTES; `retry_after` is in seconds.  `is_final`
    says that another attempt is of no use, `is_gone` that the target wants to hear nothing any more; `is_put_off` that
    there was no room for one here, so that it does not count.
    """

    status_code: int | None
    milliseconds: int
    body: str = ""
    error: str = ""
    retry_after: float | None = None
    is_final: bool = False
    is_gone: bool = False
    is_put_off: bool = False


class Destination(Struct, frozen=True, kw_only=True):
    """Where a target is told, with its secrets opened; `shown` is its address as people may see it.

    `old_secret` and `older_secrets` sign as well, as long as they are given.  `repr` shows no secret.
    """

    kind: TargetKind
    address: str
    shown: str
    options: dict[str, Any] = {}
    secret: str = ""
    old_secret: str = ""
    older_secrets: tuple[str, ...] = ()
    token: str = ""

    def __repr__(self) -> str:
        return f"Destination({self.kind}, {self.shown})"


class Telling(Struct, frozen=True, kw_only=True):
    """One attempt at telling a destination of a message, made at `now` by Postgres' clock.

    `delivery_id` is the same in each attempt.
    """

    delivery_id: UUID
    destination: Destination
    message: Message
    now: datetime
    project_id: UUID | None = None
    run_id: UUID | None = None


# Makes one attempt.  What a receiver may do wrong is an answer with an `error`, not an exception.
Sender = Callable[[Telling], Awaitable[Answer]]


def harmless(text: str) -> str:
    """`text` without what cannot be stored, or is dangerous to show."""
    return _CONTROL.sub("", text)
