"""What senders are given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from llmstxt_sched.domain.notifications.addresses import shown_address
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.message import Destination, Message, Telling

ID = UUID("018f3c1e-7c3a-7000-8000-000000000001")


def telling_of(
    kind: TargetKind, address: str, event: EventKind = EventKind.RUN_COMPLETED, token: str = "", **options: Any
) -> Telling:
    message = Message(
        id=ID,
        kind=event,
        at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        body=b'{"type":"test"}',
        title="Docs: its documents changed",
        text="Run #2: 1 page added",
        url="https://sched.example.com/projects/1/changes",
    )
    destination = Destination(
        kind=kind, address=address, shown=shown_address(kind, address), options=options, token=token
    )
    return Telling(delivery_id=ID, destination=destination, message=message, now=message.at)
