from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from llmstxt_sched.domain.notifications.event import TROUBLE, EventKind
from llmstxt_sched.domain.notifications.incident import Incident, Pauses, ProjectEvent, Turn, next_mail_at, turns
from llmstxt_sched.domain.notifications.mail_options import MailOptions

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
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


def incident(opened: datetime, *, told: bool = False, closed: datetime | None = None) -> Incident:
    return Incident(uuid4(), 1, opened, uuid4() if told else None, 2 if closed else None, closed)


def test_the_first_mail_waits_for_what_else_happens() -> None:
    found = [incident(NOON), incident(NOON + MINUTE / 2)]
    assert next_mail_at(found, None, MailOptions(), PAUSES) == NOON + MINUTE


def test_later_mails_keep_their_distance_to_the_last_one() -> None:
    again = NOON + 3 * MINUTE
    assert next_mail_at([incident(again)], NOON, MailOptions(), PAUSES) == NOON + 15 * MINUTE
    assert next_mail_at([incident(again)], NOON - 60 * MINUTE, MailOptions(), PAUSES) == again + MINUTE


def test_an_incident_that_was_told_is_told_again_only_when_it_is_over() -> None:
    assert next_mail_at([incident(NOON, told=True)], NOON, MailOptions(), PAUSES) is None
    over = [incident(NOON, told=True, closed=NOON + 60 * MINUTE)]
    assert next_mail_at(over, NOON, MailOptions(), PAUSES) == NOON + 61 * MINUTE


def test_in_quiet_hours_it_is_told_afterwards() -> None:
    options = MailOptions(timezone="Europe/Berlin", quiet_from="12:00", quiet_until="14:00")
    assert next_mail_at([incident(NOON)], None, options, PAUSES) == NOON + 60 * MINUTE
