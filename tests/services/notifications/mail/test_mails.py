"""Incidents and digests on their way to a real mail server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from tests.support.mailing import ANN, Mailing, text_of
from tests.support.notifying import PUBLIC_URL
from tests.support.versions import GUIDE, HOME, first_run, next_run, visit

from llmstxt_sched.domain.schedule import OnFailure
from llmstxt_sched.services.notifications.mail import digests, mails

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEW = visit("new", "New", "News.", 2)


async def test_twenty_projects_that_fail_at_once_are_one_mail_and_one_recovery(mailing: Mailing) -> None:
    engine = mailing.engine
    await mailing.subscribe()
    projects = [await engine.create(name=f"Docs {number}.", on_failure=OnFailure.CONTINUE) for number in range(20)]
    for project in projects:
        await engine.fail(await engine.active(project))
    # The mail waits for others.
    assert await mailing.received() == []
    await mailing.wait(MINUTE)
    (told,) = await mailing.received()
    assert told["Subject"] == "20 projects are in trouble"
    assert all(f"Docs {number}." in text_of(told) for number in range(20))
    assert "Its last run failed" in text_of(told)
    assert "Robots.txt forbids the start page" in text_of(told)
    assert told["To"] == ANN
    for project in projects:
        await engine.finish(await engine.trigger(project))
    await mailing.wait(MINUTE)
    # Fifteen minutes lie between two mails.
    assert await mailing.received() == []
    await mailing.wait(14 * MINUTE)
    (over,) = await mailing.received()
    assert over["Subject"] == "20 projects are well again"
    assert over["References"] == over["In-Reply-To"] == told["Message-ID"]
    assert await engine.sql("SELECT FROM incidents") == []
    await mailing.wait(DAY)
    assert await mailing.received() == []


async def test_twenty_failures_of_one_project_are_one_mail_and_one_recovery(mailing: Mailing) -> None:
    engine = mailing.engine
    project = await engine.create(on_failure=OnFailure.CONTINUE)
    await mailing.subscribe(project)
    await engine.fail(await engine.active(project))
    mails = []
    for _ in range(19):
        await mailing.wait(2 * MINUTE)
        mails += await mailing.received()
        await engine.fail(await engine.trigger(project))
    await engine.finish(await engine.trigger(project))
    for _ in range(3):
        await mailing.wait(20 * MINUTE)
        mails += await mailing.received()
    assert [mail["Subject"] for mail in mails] == ["Example: its last run failed", "Example is well again"]


async def test_no_mail_tells_of_a_project_that_was_made_for_one_file(mailing: Mailing) -> None:
    engine = mailing.engine
    await mailing.subscribe(only_changes=False)
    project = await engine.create(cron=None)
    await engine.sql("INSERT INTO one_offs VALUES ($1, false, now() + interval '1 day')", project)
    await engine.finish(await engine.trigger(project))
    await engine.fail(await engine.trigger(project))
    assert await mailing.received() == []
    assert await engine.sql("SELECT target_id FROM incidents UNION ALL SELECT target_id FROM digest_entries") == []


async def test_a_run_that_halts_its_schedule_is_one_incident(mailing: Mailing) -> None:
    engine = mailing.engine
    project = await engine.create()
    await mailing.subscribe()
    await engine.fail(await engine.active(project))
    await mailing.received()
    await mailing.wait(MINUTE)
    (told,) = await mailing.received()
    assert told["Subject"] == "Example: its schedule was halted"
    assert f"{PUBLIC_URL}/projects/{project}" in text_of(told)


async def test_what_is_over_before_it_was_told_is_not_told(mailing: Mailing) -> None:
    engine = mailing.engine
    await mailing.subscribe()
    project = await engine.create(on_failure=OnFailure.CONTINUE)
    await engine.fail(await engine.active(project))
    assert await mailing.received() == []
    await engine.finish(await engine.trigger(project))
    await mailing.wait(DAY)
    assert await mailing.received() == []
    # And is not looked for any more.
    assert await engine.sql("SELECT FROM targets WHERE untold_since IS NOT NULL") == []


async def test_what_begins_again_before_its_end_was_told_is_the_same_incident(mailing: Mailing) -> None:
    engine = mailing.engine
    await mailing.subscribe()
    project = await engine.create(on_failure=OnFailure.CONTINUE)
    await engine.fail(await engine.active(project))
    await mailing.received()
    await mailing.wait(MINUTE)
    assert len(await mailing.received()) == 1
    await engine.finish(await engine.trigger(project))
    assert await mailing.received() == []
    await engine.fail(await engine.trigger(project))
    assert await mailing.received() == []
    await mailing.wait(DAY)
    assert await mailing.received() == []


async def test_in_quiet_hours_nothing_is_sent_and_afterwards_it_is(mailing: Mailing) -> None:
    engine, now = mailing.engine, datetime.now(UTC)
    clock = [(now + hours * timedelta(hours=1)).strftime("%H:%M") for hours in (-2, 2)]
    target_id = await mailing.subscribe(quiet_from=clock[0], quiet_until=clock[1], digest="daily")
    await engine.fail(await engine.active(await engine.create()))
    await mailing.received()
    await mailing.wait(2 * DAY)
    assert await mailing.received() == []
    over = {"quiet_from": clock[1], "quiet_until": clock[0]}
    await engine.sql("UPDATE targets SET options = options || $2 WHERE id = $1", target_id, over)
    assert [mail["Subject"] for mail in await mailing.received()] == ["Example: its schedule was halted"]


async def test_a_digest_tells_each_change_once_and_nothing_where_nothing_changed(mailing: Mailing) -> None:
    engine = mailing.engine
    first = await first_run(engine)
    await mailing.received()
    await mailing.subscribe(digest="daily", incidents=False)
    await next_run(engine, first, HOME, GUIDE, NEW)
    await next_run(engine, first, HOME, visit("guide", "Guide", "How to, anew.", 1), NEW)
    assert await mailing.received() == []
    await mailing.wait(DAY)
    (digest,) = await mailing.received()
    assert digest["Subject"] == "Daily digest: Example has changed"
    text = text_of(digest)
    assert "  Pages: 1 added, 1 changed\n  * added: New\n    https://example.com/new\n" in text
    assert f"/projects/{first.project_id}/changes?from={first.id}&to=" in text
    (target,) = await engine.sql("SELECT next_digest_at FROM targets")
    assert datetime.now(UTC) < target["next_digest_at"] <= datetime.now(UTC) + DAY
    await engine.finish(await engine.trigger(first.project_id))
    await mailing.wait(DAY)
    assert await mailing.received() == []
    assert await engine.sql("SELECT FROM digest_entries") == []


async def test_a_digest_that_is_read_in_pages_tells_all_of_them(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "PAGE_RUNS", 1)
    engine = mailing.engine
    first = await first_run(engine)
    await mailing.received()
    await mailing.subscribe(digest="daily", incidents=False)
    await next_run(engine, first, HOME, GUIDE, NEW)
    await next_run(engine, first, HOME, GUIDE, NEW, visit("more", "More", "More of it.", 3))
    await mailing.received()
    await mailing.wait(DAY)
    (digest,) = await mailing.received()
    assert "Pages: 2 added" in text_of(digest)
    assert await engine.sql("SELECT FROM digest_entries") == []


async def test_who_asked_for_every_run_is_told_that_nothing_changed(mailing: Mailing) -> None:
    await mailing.subscribe(only_changes=False, digest="weekly")
    await mailing.engine.ran()
    await mailing.received()
    await mailing.wait(7 * DAY)
    (digest,) = await mailing.received()
    assert digest["Subject"] == "Weekly digest: nothing changed"


async def test_after_an_evening_without_the_service_one_digest_comes(mailing: Mailing) -> None:
    engine = mailing.engine
    await mailing.subscribe(digest="daily")
    await first_run(engine)
    await mailing.received()
    await mailing.wait(5 * DAY)
    assert len(await mailing.received()) == 1
    assert await mailing.received() == []


async def test_a_mail_waits_for_a_server_that_is_away_and_comes_once_with_its_id(mailing: Mailing) -> None:
    engine, server = mailing.engine, mailing.server
    await mailing.subscribe()
    await engine.fail(await engine.active(await engine.create()))
    await mailing.received()
    await mailing.wait(MINUTE)
    server.to_message = "451 try again later"
    assert await mailing.received() == []
    *_, waiting = await engine.sql("SELECT * FROM deliveries ORDER BY created_at")
    assert (waiting["status"], waiting["attempt"], waiting["status_code"]) == ("PENDING", 1, 451)
    server.to_message = "250 taken"
    await mailing.notifying.end_waits()
    (told,) = await mailing.received()
    assert told["Message-ID"] == f"<{waiting['id']}@example.com>"


async def test_a_mail_to_an_address_that_is_refused_is_given_up(mailing: Mailing) -> None:
    engine = mailing.engine
    target_id = await mailing.subscribe()
    await engine.fail(await engine.active(await engine.create()))
    await mailing.received()
    await mailing.wait(MINUTE)
    mailing.server.to_recipient[ANN] = "550 no such user"
    assert await mailing.received() == []
    rows = await engine.sql("SELECT status, error FROM deliveries WHERE target_id = $1 ORDER BY created_at", target_id)
    assert rows[-1]["status"] == "FAILED"
    assert rows[-1]["error"] == "the mail server refuses the address, with 550: no such user"


async def test_a_reader_who_asked_for_held_versions_alone_hears_of_no_failure(mailing: Mailing) -> None:
    engine = mailing.engine
    target_id = await mailing.subscribe()
    await engine.sql("UPDATE targets SET events = ARRAY['version.held'] WHERE id = $1", target_id)
    await engine.fail(await engine.active(await engine.create()))
    await mailing.received()
    await mailing.wait(DAY)
    assert await mailing.received() == []


async def test_a_mail_that_cannot_be_written_keeps_no_other_from_being_written(mailing: Mailing) -> None:
    engine = mailing.engine
    for zone in ("Gone/Nowhere", "Etc/UTC"):
        target_id = await mailing.subscribe(only_changes=False, digest="daily")
        await engine.sql("UPDATE targets SET options = options || $2 WHERE id = $1", target_id, {"timezone": zone})
    # The digest of the first is due first.
    await engine.fail(await engine.active(await engine.create()))
    await mailing.received()
    await mailing.wait(DAY)
    assert {mail["Subject"] for mail in await mailing.received()} == {
        "Example: its schedule was halted",
        "Daily digest: nothing changed",
    }


async def test_digests_in_quiet_hours_hold_up_no_others(mailing: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "DIGESTS", 2)
    engine, now = mailing.engine, datetime.now(UTC)
    *quiet, _ = sorted([await mailing.subscribe(only_changes=False, digest="daily") for _ in range(5)])
    clock = [f"{now + hours * timedelta(hours=1):%H:%M}" for hours in (-2, 2)]
    options = {"quiet_from": clock[0], "quiet_until": clock[1]}
    await engine.sql("UPDATE targets SET options = options || $2 WHERE id = ANY($1)", quiet, options)
    await mailing.wait(DAY)
    assert [await mailing.mails.write() for _ in range(4)] == [0, 0, 1, 0]


async def test_two_replicas_write_one_mail(mailing: Mailing) -> None:
    engine = mailing.engine
    await mailing.subscribe()
    await engine.fail(await engine.active(await engine.create()))
    await mailing.received()
    await mailing.wait(MINUTE)
    assert sum(await asyncio.gather(*(mailing.mails.write() for _ in range(4)))) == 1
    assert len(await mailing.received()) == 1


async def test_a_mail_that_could_not_be_sent_waits_for_the_end_of_the_quiet_hours(mailing: Mailing) -> None:
    engine, now = mailing.engine, datetime.now(UTC)
    target_id = await mailing.subscribe()
    await engine.fail(await engine.active(await engine.create()))
    await mailing.received()
    await mailing.wait(MINUTE)
    mailing.server.to_message = "451 try again later"
    await mailing.received()
    mailing.server.to_message = "250 taken"
    end = (now + timedelta(hours=2)).replace(second=0, microsecond=0)
    quiet = {"quiet_from": f"{now - timedelta(hours=2):%H:%M}", "quiet_until": f"{end:%H:%M}"}
    await engine.sql("UPDATE targets SET options = options || $2 WHERE id = $1", target_id, quiet)
    await mailing.notifying.end_waits()
    assert await mailing.received() == []
    *_, waiting = await engine.sql("SELECT status, attempt, not_before FROM deliveries ORDER BY created_at")
    assert tuple(waiting) == ("PENDING", 1, end)
