"""Addresses that are asked, confirmed and given up."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from tests.support.engine import SECRETS, Engine
from tests.support.mailing import ANN, Mailing, text_of, token_in
from tests.support.notifying import PUBLIC_URL, open_notifying

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import Conflict, InvalidInput, NotFound, TooManyRequests
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.notifications.mail.tokens import unsubscribe_token
from llmstxt_sched.services.notifications.wanted_targets import TargetPatch, WantedTarget

MINUTE = timedelta(minutes=1)


async def fail(mailing: Mailing) -> None:
    engine = mailing.engine
    await engine.fail(await engine.active(await engine.create()))


async def test_nothing_but_the_question_is_sent_before_an_address_is_confirmed(mailing: Mailing) -> None:
    project = await mailing.engine.create(name="Example Docs")
    await mailing.ask(project, digest="daily")
    (asked,) = await mailing.received()
    assert asked["Subject"] == "Confirm that you want mail about llms.txt"
    assert "the llms.txt of Example Docs" in text_of(asked)
    assert asked["List-Unsubscribe"] is None
    await mailing.engine.fail(await mailing.engine.active(project))
    await mailing.received()
    await mailing.wait(timedelta(days=1))
    assert await mailing.received() == []
    confirmed = await mailing.mail_addresses.confirm(token_in(asked))
    assert confirmed == (ANN, "Example Docs")
    # What happened before is not told, and following the link again changes nothing.
    await mailing.wait(timedelta(days=1))
    assert await mailing.received() == []
    assert await mailing.mail_addresses.confirm(token_in(asked)) == confirmed


async def test_only_the_newest_link_confirms(mailing: Mailing) -> None:
    target_id = await mailing.ask()
    (first,) = await mailing.received()
    await mailing.mail_addresses.ask_again(target_id, Role.ADMIN)
    (second,) = await mailing.received()
    for token in (token_in(first), "x" * 54, ""):
        with pytest.raises(NotFound, match=r"^this link is not valid"):
            await mailing.mail_addresses.confirm(token)
    await mailing.mail_addresses.confirm(token_in(second))
    with pytest.raises(Conflict, match=r"^this address is confirmed"):
        await mailing.mail_addresses.ask_again(target_id, Role.ADMIN)


async def test_nobody_is_flooded_with_questions(mailing: Mailing) -> None:
    for _ in range(5):
        await mailing.ask()
    with pytest.raises(TooManyRequests, match="was asked 5 times within a day"):
        await mailing.ask()


async def test_deleting_the_target_lets_nobody_ask_more_often_and_the_next_day_does(mailing: Mailing) -> None:
    for _ in range(5):
        await mailing.notifying.targets.delete(await mailing.ask(), Role.ADMIN)
    wanted = WantedTarget(project_id=None, kind=TargetKind.EMAIL, name="Ann", address="ANN@example.com")
    with pytest.raises(TooManyRequests):
        await mailing.notifying.targets.create(wanted, Role.ADMIN, Once())
    await mailing.engine.sql(
        "UPDATE mail_questions SET asked_at = ARRAY(SELECT at - interval '1 day' FROM unnest(asked_at) AS a (at))"
    )
    await mailing.ask()
    (row,) = await mailing.engine.sql("SELECT cardinality(asked_at) AS asked FROM mail_questions")
    assert row["asked"] == 1


async def test_an_address_that_was_asked_by_a_clock_which_was_ahead_may_be_asked(mailing: Mailing) -> None:
    for _ in range(5):
        await mailing.ask()
    await mailing.engine.sql(
        "UPDATE mail_questions SET asked_at = ARRAY(SELECT at + interval '40 days' FROM unnest(asked_at) AS a (at))"
    )
    await mailing.ask()


async def test_who_asks_many_times_at_once_is_counted(mailing: Mailing) -> None:
    asked = await asyncio.gather(*(mailing.ask() for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(each, TooManyRequests) for each in asked) == 3


async def test_another_address_is_asked_anew_and_the_old_links_do_nothing_to_it(mailing: Mailing) -> None:
    target_id = await mailing.subscribe(None)
    await fail(mailing)
    await mailing.received()
    await mailing.wait(MINUTE)
    (told,) = await mailing.received()
    await mailing.notifying.targets.edit(target_id, TargetPatch(address="bob@example.com"), Role.ADMIN)
    (asked,) = await mailing.received()
    assert asked["To"] == "bob@example.com"
    await mailing.mail_addresses.confirm(token_in(asked))
    await mailing.mail_addresses.unsubscribe(unsubscribe_token_in(told["List-Unsubscribe"]))
    (target,) = await mailing.engine.sql("SELECT is_enabled, confirmed_at FROM targets")
    assert target["is_enabled"]
    assert target["confirmed_at"]


async def test_no_mail_is_sent_again_to_who_has_not_confirmed_or_to_another_address(mailing: Mailing) -> None:
    target_id = await mailing.ask()
    (asked,) = await mailing.received()
    (delivery,) = await mailing.engine.sql("SELECT id FROM deliveries")
    with pytest.raises(Conflict, match="is not confirmed"):
        await mailing.log.resend(delivery["id"], Role.ADMIN)
    await mailing.mail_addresses.confirm(token_in(asked))
    await mailing.log.resend(delivery["id"], Role.ADMIN)
    (again,) = await mailing.received()
    assert again["Message-ID"] == asked["Message-ID"]
    await mailing.notifying.targets.edit(target_id, TargetPatch(address="bob@example.com"), Role.ADMIN)
    (other,) = await mailing.received()
    await mailing.mail_addresses.confirm(token_in(other))
    with pytest.raises(Conflict, match="kept no more"):
        await mailing.log.resend(delivery["id"], Role.ADMIN)


async def test_one_click_ends_all_mail_and_twice_is_as_good(mailing: Mailing) -> None:
    await mailing.subscribe(digest="daily")
    await fail(mailing)
    await mailing.received()
    await mailing.wait(MINUTE)
    (told,) = await mailing.received()
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = unsubscribe_token_in(told["List-Unsubscribe"])
    assert mailing.mail_addresses.knows(token)
    for _ in range(2):
        await mailing.mail_addresses.unsubscribe(token)
    (target,) = await mailing.engine.sql("SELECT * FROM targets")
    assert (target["is_enabled"], target["disabled_reason"]) == (False, "its reader has unsubscribed")
    # Enabled again by somebody else, it must be confirmed again.
    await mailing.notifying.targets.edit(target["id"], TargetPatch(is_enabled=True), Role.ADMIN)
    await fail(mailing)
    await mailing.received()
    await mailing.wait(timedelta(days=2))
    assert await mailing.received() == []
    assert len(await mailing.engine.sql("SELECT FROM audit WHERE action = 'target.unsubscribe'")) == 1


async def test_the_link_of_a_target_that_is_gone_is_taken_and_a_false_one_is_not(mailing: Mailing) -> None:
    target_id = await mailing.subscribe()
    await fail(mailing)
    await mailing.received()
    await mailing.wait(MINUTE)
    (told,) = await mailing.received()
    token = unsubscribe_token_in(told["List-Unsubscribe"])
    await mailing.notifying.targets.delete(target_id, Role.ADMIN)
    await mailing.mail_addresses.unsubscribe(token)
    with pytest.raises(NotFound):
        await mailing.mail_addresses.unsubscribe(token[:-4])
    assert not mailing.mail_addresses.knows("A" * 75)


async def test_a_digest_that_is_not_wanted_any_more_is_forgotten(mailing: Mailing) -> None:
    target_id = await mailing.subscribe(digest="daily")
    await mailing.engine.sql("INSERT INTO digest_entries VALUES ($1, 1)", target_id)
    await mailing.notifying.targets.edit(target_id, TargetPatch(options={"digest": "none"}), Role.ADMIN)
    assert await mailing.engine.sql("SELECT FROM digest_entries") == []
    (target,) = await mailing.engine.sql("SELECT next_digest_at FROM targets")
    assert target["next_digest_at"] is None
    await mailing.notifying.targets.edit(target_id, TargetPatch(options={"digest": "weekly"}), Role.ADMIN)
    (target,) = await mailing.engine.sql("SELECT next_digest_at FROM targets")
    assert target["next_digest_at"]


async def test_without_a_mail_server_or_with_a_wrong_address_no_target_is_made(
    engine: Engine, mailing: Mailing
) -> None:
    wanted = WantedTarget(project_id=None, kind=TargetKind.EMAIL, name="Ann", address=ANN)
    async with open_notifying(engine) as notifying:
        with pytest.raises(Conflict, match="LLMSTXT_SMTP__HOST"):
            await notifying.targets.create(wanted, Role.ADMIN, Once())
    with pytest.raises(InvalidInput, match="must be one mail address"):
        await mailing.notifying.targets.create(
            WantedTarget(project_id=None, kind=TargetKind.EMAIL, name="Ann", address="ann"), Role.ADMIN, Once()
        )
    assert await engine.sql("SELECT FROM targets") == []


def unsubscribe_token_in(header: str) -> str:
    """The token of a List-Unsubscribe."""
    found = re.fullmatch(rf"<{PUBLIC_URL}/api/notifications/unsubscribe/([A-Za-z0-9_-]+)>", header)
    assert found
    return found[1]


@pytest.mark.parametrize("is_unsubscribed", [True, False])
async def test_the_mails_of_an_address_are_given_up_while_one_of_them_is_noted(
    mailing: Mailing, is_unsubscribed: bool
) -> None:
    engine, targets = mailing.engine, mailing.notifying.targets
    target_id = await mailing.subscribe()
    await fail(mailing)
    await mailing.received()
    await mailing.wait(MINUTE)
    await mailing.mails.write()
    (claimed,) = await mailing.notifying.deliveries.claim(1, 1)
    mailing.server.to_message = "451 try again later"
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    token = unsubscribe_token(SECRETS, target_id, ANN)
    async with engine.database.transaction() as connection:
        await connection.execute("SELECT FROM targets WHERE id = $1 FOR UPDATE", target_id)
        noting = asyncio.create_task(mailing.notifying.deliveries.attempt(claimed))
        while not await engine.sql(waiting):
            await asyncio.sleep(0.02)
        giving_up = asyncio.create_task(
            mailing.mail_addresses.unsubscribe(token)
            if is_unsubscribed
            else targets.edit(target_id, TargetPatch(address="ben@example.com"), Role.ADMIN)
        )
        while len(await engine.sql(waiting)) < 2:
            await asyncio.sleep(0.02)
        # Who settles holds nothing while it waits for the target.
        await connection.execute("SELECT FROM deliveries WHERE id = $1 FOR UPDATE NOWAIT", claimed.id)
    await asyncio.gather(noting, giving_up)
    (row,) = await engine.sql("SELECT status FROM deliveries WHERE id = $1", claimed.id)
    assert row["status"] == "FAILED"
