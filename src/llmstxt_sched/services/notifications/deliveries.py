"""Deliveries: each attempt is leased, made without a transaction, and noted by its lease."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from llmstxt_sched.domain.notifications.delivery import (
    DISABLED_AFTER,
    MOST_SPREAD,
    AttemptOutcome,
    DeliveryStanding,
    DeliveryStatus,
    counted,
    is_used_up,
    judge,
)
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.mail_options import MailOptions
from llmstxt_sched.domain.notifications.payload import read_payload
from llmstxt_sched.domain.notifications.quiet_hours import quiet_end
from llmstxt_sched.domain.notifications.target import PUBLISHING, TargetKind
from llmstxt_sched.domain.notifications.wording import words_of
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.notify.message import Answer, Message, Sender, Telling
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.notifications.answers import answer_or_fault, noted
from llmstxt_sched.services.notifications.sealing import destination_of, unseal
from llmstxt_sched.services.secrets import Secrets, UnreadableSecret
from llmstxt_sched.store.notifications import deliveries, targets
from llmstxt_sched.store.notifications.deliveries import ClaimedDelivery
from llmstxt_sched.store.postgres.database import Database

log = structlog.get_logger(__name__)

# Every sender ends well within it; a process that dies leaves its deliveries to others after this time.
LEASE_SECONDS = 60.0
# Deliveries of one target at once, in all processes together.
PER_TARGET = 4
# Since it was claimed, for what had no room here; longer than senders wait for it, by seconds.
PUT_OFF = timedelta(seconds=10)
# Within the lease, even after the longest attempt.
NOTE_PAUSES = (0.5, 1.5, 4.0)
NO_SENDER = "this release does not know how to tell such a target"
NO_END = "its attempts ended with their process, before it was known what came of them"


class Deliveries:
    """Use cases of the member that delivers; `retries` are the seconds between attempts."""

    def __init__(
        self,
        database: Database,
        secrets: Secrets,
        senders: Mapping[TargetKind, Sender],
        retries: Sequence[float],
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._secrets = secrets
        self._senders = senders
        self._retries = retries
        self._metrics = metrics

    async def claim(self, room: int, failing_room: int) -> list[ClaimedDelivery]:
        """Take at most `room` deliveries that are due, at most `failing_room` of them of targets that fail."""
        async with self._database.connection() as connection:
            return await deliveries.claim(
                connection, LEASE_SECONDS, room=room, failing_room=failing_room, per_target=PER_TARGET
            )

    async def attempt(self, claimed: ClaimedDelivery) -> None:
        """Make one attempt and note what came of it; a mail in its reader's quiet hours waits for their end."""
        if until := _quiet_end(claimed):
            await self._postpone(claimed, until)
            return
        answer = await answer_or_fault(self._send(claimed), claimed.id)
        if answer.is_put_off:
            await self._postpone(claimed, claimed.now + PUT_OFF)
            return
        crash_point("after_send")
        outcome = AttemptOutcome(not answer.error, answer.retry_after, answer.is_final, answer.is_gone)
        attempts = counted(claimed.attempt, claimed.lost)
        spread = random.uniform(2 - MOST_SPREAD, MOST_SPREAD)  # noqa: S311
        verdict = judge(claimed.kind, outcome, attempts, claimed.failing_for, self._retries, spread)
        if await self._note(claimed, answer, verdict):
            self._metrics.delivery_attempted(claimed.kind, verdict.status)
            _log(claimed, answer, verdict)
            if verdict.disabled:
                await self._disable(claimed, verdict, answer)

    async def give_up_disabled(self) -> int:
        """Give up what targets that are disabled were not told, where who disabled them did not; returns how many."""
        async with self._database.connection() as connection:
            return await deliveries.give_up_disabled(connection, None)

    async def hand_back(self, claimed: Sequence[ClaimedDelivery]) -> None:
        """Return deliveries whose attempt was not made, or was cut off."""
        async with self._database.connection() as connection:
            await deliveries.hand_back(connection, [each.token for each in claimed])

    async def _postpone(self, claimed: ClaimedDelivery, until: datetime) -> None:
        async with self._database.connection() as connection:
            await deliveries.postpone(connection, claimed.token, until)

    async def _send(self, claimed: ClaimedDelivery) -> Answer:
        if is_used_up(claimed.kind, counted(claimed.attempt, claimed.lost), self._retries):
            return Answer(None, 0, error=NO_END, is_final=True)
        sender = self._senders.get(claimed.kind)
        if sender is None:
            return Answer(None, 0, error=NO_SENDER, is_final=True)
        try:
            telling = await self._telling(claimed)
        except UnreadableSecret as error:
            return Answer(None, 0, error=error.message)
        if telling is None:
            return Answer(None, 0, error="what was to be told is kept no more", is_final=True)
        return await sender(telling)

    async def _telling(self, claimed: ClaimedDelivery) -> Telling | None:
        message = _message_of(claimed)
        if message is None:
            return None
        opened, is_newest = unseal(self._secrets, claimed.target_id, claimed.sealed)
        if not is_newest:
            # A replica with the key before may have sealed it since this process walked over all targets.
            sealed = self._secrets.seal(claimed.target_id, self._secrets.open(claimed.target_id, claimed.sealed)[0])
            async with self._database.connection() as connection:
                await targets.reseal(connection, claimed.target_id, claimed.sealed, sealed)
        destination = destination_of(claimed.kind, claimed.shown_address, claimed.options, opened, claimed.now)
        return Telling(
            delivery_id=claimed.id,
            destination=destination,
            message=message,
            now=claimed.now,
            project_id=claimed.project_id,
            run_id=claimed.run_id,
        )

    async def _note(self, claimed: ClaimedDelivery, answer: Answer, verdict: DeliveryStanding) -> bool:
        """Note it, also where Postgres is away for some seconds: else it would be told twice."""
        for pause in NOTE_PAUSES:
            try:
                return await self._note_once(claimed, answer, verdict)
            except Unavailable:
                await asyncio.sleep(pause)
        return await self._note_once(claimed, answer, verdict)

    async def _note_once(self, claimed: ClaimedDelivery, answer: Answer, verdict: DeliveryStanding) -> bool:
        async with self._database.connection() as connection:
            is_ours = await deliveries.settle(
                connection, claimed.id, claimed.token, verdict.status, verdict.wait, noted(answer)
            )
            if verdict.status is DeliveryStatus.PENDING and claimed.kind in PUBLISHING:
                await deliveries.supersede(connection, [claimed.target_id])
        return is_ours

    async def _disable(self, claimed: ClaimedDelivery, verdict: DeliveryStanding, answer: Answer) -> None:
        # Each statement commits alone: nobody waits for the target while we wait for its deliveries.  If this is cut
        # off, the next failure disables the target.
        after = timedelta() if answer.is_gone else DISABLED_AFTER
        async with self._database.connection() as connection:
            # Another of its deliveries may have succeeded meanwhile.
            if await targets.disable(connection, claimed.target_id, verdict.disabled, after, verdict.failures):
                log.warning("target disabled", target_id=str(claimed.target_id), reason=verdict.disabled)
                await deliveries.give_up_disabled(connection, claimed.target_id)


def _message_of(claimed: ClaimedDelivery) -> Message | None:
    """What is to be told; None if the event is gone, or can be told no longer."""
    if claimed.content is not None:
        return Message(id=claimed.id, kind=None, at=claimed.now, body=claimed.content)
    if not claimed.event_id or not claimed.event_kind or not claimed.at or not claimed.payload:
        return None
    return message_of(claimed.event_id, claimed.event_kind, claimed.at, claimed.payload)


def message_of(event_id: UUID, kind: EventKind, at: datetime, payload: bytes) -> Message:
    """An event as it is told."""
    words = words_of(read_payload(kind, payload))
    return Message(id=event_id, kind=kind, at=at, body=payload, title=words.title, text=words.text, url=words.url)


def _quiet_end(claimed: ClaimedDelivery) -> datetime | None:
    # A reader who is asked to confirm an address has asked for that mail just now.
    if claimed.kind is not TargetKind.EMAIL or not claimed.is_confirmed:
        return None
    return quiet_end(msgspec.convert(claimed.options, MailOptions), claimed.now)


def _log(claimed: ClaimedDelivery, answer: Answer, verdict: DeliveryStanding) -> None:
    if verdict.status is DeliveryStatus.PENDING:
        return
    tell = log.warning if verdict.status is DeliveryStatus.FAILED else log.info
    tell(
        "delivery ended",
        delivery_id=str(claimed.id),
        target_id=str(claimed.target_id),
        kind=claimed.kind.value,
        status=verdict.status.value,
        attempt=claimed.attempt,
        milliseconds=answer.milliseconds,
        error=answer.error or None,
    )
