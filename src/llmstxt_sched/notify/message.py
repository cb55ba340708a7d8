"""What is told, and the answer to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind

# Of an answer's body this much is kept, for people to see why.
ANSWER_BYTES = 4096


class Message(Struct, frozen=True):
    """An event as it is told.

    `body` is the JSON of its payload, the same in each attempt.  `title` is one line, `text` a few; `url` is the page
    that shows more.
    """

    id: UUID
    kind: EventKind
    at: datetime
    body: bytes
    title: str
    text: str
    url: str


class Answer(Struct, frozen=True):
    """What came of one attempt: it succeeded if there is no `error`.

    `status_code` is None if no answer came; `body` is cut at ANSWER_BYTES; `retry_after` is in seconds.  `is_final`
    says that another attempt is of no use, `is_gone` that the target wants to hear nothing any more.
    """

    status_code: int | None
    milliseconds: int
    body: str = ""
    error: str = ""
    retry_after: float | None = None
    is_final: bool = False
    is_gone: bool = False
