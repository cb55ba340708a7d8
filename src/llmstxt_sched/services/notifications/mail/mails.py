"""Mails: what incidents and digests are to tell is kept as events are handed out, and written when it is due.

A mail is a delivery with its own content, made in the transaction that notes what it tells: so nothing is told twice,
and what was noted is sent.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import structlog

from llmstxt_sched.config import SmtpSettings
from llmstxt_sched.domain.notifications.event import TROUBLE, EventKind
from llmstxt_sched.domain.notifications.incident import Pauses, ProjectEvent, is_mail_due, turns
from llmstxt_sched.domain.notifications.mail_options import Digest, is_digest_due, next_digest_at
from llmstxt_sched.domain.notifications.quiet_hours import quiet_end
from llmstxt_sched.domain.notifications.target import wants
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.notify.mail.from_address import Sender
from llmstxt_sched.notify.mail.letter import Letter, write_letter
from llmstxt_sched.notify.mail.render import MAX_LISTED, Frame, Rendered, render_digest, render_incidents
from llmstxt_sched.services.notifications.mail.digests import DIGEST_RUNS, read_digest
from llmstxt_sched.services.notifications.mail.texts import digest_text, incident_text
from llmstxt_sched.services.notifications.mail.tokens import unsubscribe_token
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.notifications import digests, events, incidents, mails
from llmstxt_sched.store.notifications.digests import DueDigest
from llmstxt_sched.store.notifications.events import Event
from llmstxt_sched.store.notifications.incidents import WaitingRecipient
from llmstxt_sched.store.notifications.mails import MailTarget, Recipient
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

log = structlog.get_logger(__name__)

# Digests that are looked at, at once; the next look goes on behind them.
DIGESTS = 50
FIRST = UUID(int=0)
# Until a target whose mail could not be written is tried again, and the log says it once more.
PAUSE_SECONDS = 60.0
UNSUBSCRIBE_PATH = "/api/notifications/unsubscribe"


def pauses_of(settings: SmtpSettings) -> Pauses:
    """How mails about incidents are spaced."""
    return Pauses(timedelta(seconds=settings.gather_seconds), timedelta(seconds=settings.between_seconds))


async def note_for_mails(connection: Connection, happened: Sequence[Event]) -> None:
    """Keep what mails are to tell of these events, in the transaction that hands them to their targets."""
    project_ids = list({event.project_id for event in happened if event.project_id})
    opened: list[tuple[UUID, ProjectEvent]] = []
    closed: list[tuple[UUID, ProjectEvent]] = []
    entries: list[tuple[UUID, int]] = []
    for target in await mails.targets_of(connection, project_ids):
        heard = [event for event in happened if event.project_id and target.project_id in {None, event.project_id}]
        for turn in turns(_of_projects(heard), target.events):
            if turn.closed:
                closed.append((target.id, turn.closed))
            elif turn.opened and target.is_told and target.options.incidents:
                opened.append((target.id, turn.opened))
        if target.is_told and target.options.digest is not Digest.NONE:
            entries += [(target.id, event.number) for event in heard if _is_for_digest(event, target)]
    if closed or opened:
        await incidents.lock(connection, [*closed, *opened])
        await incidents.end(connection, closed)
        await incidents.begin(connection, opened)
    if entries:
        await digests.note(connection, entries)


def _of_projects(happened: Sequence[Event]) -> list[ProjectEvent]:
    return [
        ProjectEvent(number=event.number, at=event.at, kind=event.kind, project_id=event.project_id)
        for event in happened
        if event.project_id
    ]


def _is_for_digest(event: Event, target: MailTarget) -> bool:
    has_changed = bool(event.details.get("documents_changed"))
    is_run = event.kind is EventKind.RUN_COMPLETED
    return is_run and wants(target.events, event.kind, only_changes=target.only_changes, has_changed=has_changed)


class Mails:
    """Writes the mails that are due; `public_url` has no slash at the end."""

    def __init__(self, database: Database, secrets: Secrets, sender: Sender, pauses: Pauses, public_url: str) -> None:
        self._database = database
        self._secrets = secrets
        self._sender = sender
        self._pauses = pauses
        self._public_url = public_url
        self._paused_until: dict[UUID, float] = {}
        self._digests_to = FIRST

    async def write(self) -> int:
        """Write the mails that are due; returns how many."""
        async with self._database.connection() as connection:
            waiting = await incidents.waiting(connection)
            digests_due = await digests.due(connection, self._digests_to, DIGESTS)
        # Behind those in their quiet hours and those that cannot be written, which would else be found again.
        self._digests_to = digests_due[-1].id if len(digests_due) == DIGESTS else FIRST
        written = [await self._try(each.id, partial(self._tell_incidents, each)) for each in waiting]
        written += [await self._try(each.id, partial(self._tell_digest, each)) for each in digests_due]
        return sum(written)

    async def _try(self, target_id: UUID, tell: Callable[[], Awaitable[bool]]) -> bool:
        """Write one mail; one that cannot be written keeps no other from being written."""
        if self._paused_until.get(target_id, 0.0) > time.monotonic():
            return False
        self._paused_until.pop(target_id, None)
        try:
            return await tell()
        except Unavailable:
            raise
        except Exception:
            log.exception("mail could not be written", target_id=str(target_id))
            self._paused_until[target_id] = time.monotonic() + PAUSE_SECONDS
            return False

    async def _tell_incidents(self, to: WaitingRecipient) -> bool:
        return self._is_due(to, to.since) and await self._write_incidents(to.id)

    async def _tell_digest(self, due: DueDigest) -> bool:
        return not quiet_end(due.options, due.now) and await self._write_digest(due.id)

    def _is_due(self, to: Recipient, since: datetime) -> bool:
        return is_mail_due(since, to.last_mail_at, to.options, self._pauses, to.now)

    async def _write_incidents(self, target_id: UUID) -> bool:
        async with self._database.transaction() as connection:
            to = await mails.lock_recipient(connection, target_id)
            if not to:
                return False
            found = await incidents.untold(connection, target_id)
            # An incident that is over, or that another process has told meanwhile, is not told.
            since = min((each.untold_since for each in found), default=None)
            if since is None or not self._is_due(to, since):
                await incidents.note_untold(connection, target_id, since)
                return False
            begun = [each.project_id for each in found if each.told_by is None]
            troubles = await incidents.troubles(connection, target_id, begun[:MAX_LISTED], TROUBLE)
            mail_id = uuid4()
            rendered = render_incidents(incident_text(found, troubles, self._public_url), self._frame(to))
            answers = tuple(dict.fromkeys(each.told_by for each in found if each.told_by))
            await self._insert(connection, to, mail_id, rendered, answers)
            await incidents.note_told(connection, target_id, mail_id, found)
        log.info("mail about incidents written", target_id=str(target_id), projects=len(found))
        return True

    async def _write_digest(self, target_id: UUID) -> bool:
        async with self._database.transaction() as connection:
            to = await mails.lock_recipient(connection, target_id)
            if not to or not to.next_digest_at or not is_digest_due(to.options.digest, to.next_digest_at, to.now):
                return False
            changed, told = await read_digest(connection, target_id)
            if changed or not to.only_changes:
                before = await events.runs_before(connection, [each.first for each in changed])
                text = digest_text(changed, before, is_weekly=to.options.digest is Digest.WEEKLY)
                await self._insert(connection, to, uuid4(), render_digest(text, self._frame(to)))
            # Runs without room come with a digest right after: they would otherwise grow older with each day.
            is_rest = len(told) == DIGEST_RUNS and bool(await digests.payloads(connection, target_id, told[-1], 1))
            following = to.next_digest_at if is_rest else next_digest_at(to.options, to.now)
            await digests.note_told(connection, target_id, told, following)
        log.info("digest written", target_id=str(target_id), projects=len(changed))
        return True

    async def _insert(
        self, connection: Connection, to: Recipient, mail_id: UUID, rendered: Rendered, answers: tuple[UUID, ...] = ()
    ) -> None:
        letter = Letter(
            id=mail_id,
            recipient=to.shown_address,
            at=to.now,
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            unsubscribe_url=self._unsubscribe_url(to),
            list_label=str(to.project_id) if to.project_id else "all",
            answers=answers,
        )
        await mails.insert(connection, mail_id, to.id, write_letter(letter, self._sender))

    def _frame(self, to: Recipient) -> Frame:
        place = f"/projects/{to.project_id}/notifications" if to.project_id else "/notifications"
        return Frame(to.options.timezone, to.shown_address, f"{self._public_url}{place}", self._unsubscribe_url(to))

    def _unsubscribe_url(self, to: Recipient) -> str:
        token = unsubscribe_token(self._secrets, to.id, to.shown_address)
        return f"{self._public_url}{UNSUBSCRIBE_PATH}/{token}"
