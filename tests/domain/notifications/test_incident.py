from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from llmstxt_sched.domain.notifications.event import TROUBLE, EventKind
from llmstxt_sched.domain.notifications.incident import Pauses, ProjectEvent, Turn, is_mail_due, turns
from llmstxt_sched.domain.notifications.mail_options import MailOptions

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AT_ONCE = MailOptions()
PAUSES = Pauses(gather=MINUTE, between=15 * MINUTE)
ONE, TWO = uuid4(), uuid4()
FAILED, HALTED, HELD = EventKind.RUN_FAILED, EventKind.SCHEDULE_HALTED, EventKind.VERSION_HELD
RECOVERED, COMPLETED = EventKind.PROJECT_RECOVERED, EventKind.RUN_COMPLETED


def events(*kinds: tuple[EventKind, UUID]) -> list[ProjectEvent]:
    return [ProjectEvent(number, NOON, kind, project) for number, (kind, project) in enumerate(kinds, 1)]


def test_trouble_that_follows_trouble_is_the_same_incident() -> None:
    first, *_ = happened = events((FAILED, ONE), (HALTED, ONE), (HELD, ONE))
    assert turns(happened, TROUBLE) == [Turn(first, None)]


def test_what_is_over_again_leaves_the_project_well_and_what_begins_anew_does_not() -> None:
    happened = events((FAILED, ONE), (RECOVERED, ONE), (RECOVERED, TWO), (FAILED, TWO), (HALTED, TWO))
    assert turns(happened, TROUBLE) == [Turn(None, happened[1]), Turn(happened[3], None)]


def test_only_the_kinds_that_are_wanted_begin_an_incident_and_a_run_that_completed_none() -> None:
    happened = events((FAILED, ONE), (HELD, ONE), (COMPLETED, TWO))
    assert turns(happened, {HELD, COMPLETED}) == [Turn(happened[1], None)]


def due_after(last_mail_at: datetime | None = None, options: MailOptions = AT_ONCE) -> int:
    """After how many minutes a mail is first due about what happened at noon."""
    return next(
        minutes
        for minutes in range(24 * 60)
        if is_mail_due(NOON, last_mail_at, options, PAUSES, NOON + minutes * MINUTE)
    )


def test_the_first_mail_waits_for_what_else_happens() -> None:
    assert due_after() == 1


def test_later_mails_keep_their_distance_to_the_last_one() -> None:
    assert due_after(last_mail_at=NOON - 5 * MINUTE) == 10
    assert due_after(last_mail_at=NOON - 60 * MINUTE) == 1


def test_what_a_clock_that_was_ahead_has_noted_keeps_no_mail_waiting() -> None:
    days = timedelta(days=40)
    assert due_after(last_mail_at=NOON + days) == 1
    assert is_mail_due(NOON + days, NOON + days, AT_ONCE, PAUSES, NOON)
    # Clocks are set back by seconds all the time.
    assert not is_mail_due(NOON - MINUTE, NOON + timedelta(seconds=5), AT_ONCE, PAUSES, NOON)


def test_in_quiet_hours_it_is_told_afterwards() -> None:
    assert due_after(options=MailOptions(timezone="Europe/Berlin", quiet_from="12:00", quiet_until="14:00")) == 60
    # Also where they have begun since.
    assert due_after(NOON - 5 * MINUTE, MailOptions(quiet_from="12:05", quiet_until="13:00")) == 60
