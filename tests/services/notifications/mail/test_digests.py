"""Digests by the clocks of their readers, and what they tell of."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from tests.support.engine import open_engine
from tests.support.mailing import Mailing, open_mailing, text_of
from tests.support.postgres_clock import give_hands, set_clock
from tests.support.versions import HOME, first_run, next_run, visit

from llmstxt_sched.services.notifications.mail.digests import DIGEST_RUNS

HALF_HOUR = timedelta(minutes=30)


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("evening", "hour", "quiet_until", "comes"),
    [
        # At 02:00 Berlin's clocks go on to 03:00, so that neither a digest at 02:00 nor an end at 02:30 has its time.
        (utc(3, 27, 18), 2, "02:30", utc(3, 28, 1)),
        (utc(3, 27, 18), 6, "07:00", utc(3, 28, 5)),
        # At 03:00 they go back to 02:00: the first 02:30 ends the quiet hours, and the second tells nothing again.
        (utc(10, 30, 18), 2, "02:30", utc(10, 31, 0, 30)),
        (utc(10, 30, 18), 6, "07:00", utc(10, 31, 6)),
    ],
)
async def test_on_a_night_when_the_clocks_change_one_digest_comes_as_the_quiet_hours_end(
    database_url: str, redis_url: str, evening: datetime, hour: int, quiet_until: str, comes: datetime
) -> None:
    await give_hands(database_url)
    async with open_engine(database_url, redis_url) as engine, open_mailing(engine) as mailing:
        await mailing.subscribe(
            only_changes=False,
            timezone="Europe/Berlin",
            digest="daily",
            digest_hour=hour,
            quiet_from="22:00",
            quiet_until=quiet_until,
        )
        await set_clock(engine, evening)
        # That of the months since the address was confirmed.
        assert len(await mailing.received()) == 1
        came = []
        for step in range(1, 29):
            now = evening + step * HALF_HOUR
            await set_clock(engine, now)
            came += [(now, mail["Subject"]) for mail in await mailing.received()]
    assert came == [(comes, "Daily digest: nothing changed")]


async def test_what_is_noted_while_a_digest_is_written_comes_with_the_next_one(mailing: Mailing) -> None:
    engine = mailing.engine
    first = await first_run(engine)
    await mailing.received()
    await mailing.subscribe(digest="daily")
    for title in ("Earlier", "Later"):
        await next_run(engine, first, HOME, visit("guide", title, "How to.", 1))
        await mailing.received()
    await mailing.wait(timedelta(days=1))
    # The transaction of the earlier one has not ended yet.
    (late,) = await engine.sql(
        "DELETE FROM digest_entries WHERE event_number = (SELECT min(event_number) FROM digest_entries) RETURNING *"
    )
    async with engine.database.transaction() as connection:
        await connection.execute("LOCK TABLE deliveries IN SHARE MODE")
        writing = asyncio.create_task(mailing.mails.write())
        while not await engine.sql(
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ):
            await asyncio.sleep(0.02)
        await connection.execute("INSERT INTO digest_entries VALUES ($1, $2)", *late.values())
    assert await writing == 1
    assert [row["event_number"] for row in await engine.sql("SELECT * FROM digest_entries")] == [late["event_number"]]
    assert "Later" in text_of((await mailing.received())[0])
    await mailing.wait(timedelta(days=1))
    assert "Earlier" in text_of((await mailing.received())[0])


@pytest.mark.parametrize(("more", "written"), [(0, [1, 0]), (1, [1, 1, 0])])
async def test_what_one_digest_has_no_room_for_comes_with_one_right_after(
    mailing: Mailing, more: int, written: list[int]
) -> None:
    engine = mailing.engine
    await mailing.subscribe(digest="daily", only_changes=False)
    await mailing.received()
    await engine.sql(
        "INSERT INTO digest_entries SELECT id, n FROM targets, generate_series(1, $1::int) n", DIGEST_RUNS + more
    )
    await mailing.wait(timedelta(days=1))
    assert [await mailing.mails.write() for _ in written] == written
    assert await engine.sql("SELECT FROM digest_entries") == []
    assert len(await mailing.received()) == sum(written)


async def test_a_digest_that_a_clock_which_was_ahead_has_planned_comes_at_once(mailing: Mailing) -> None:
    engine = mailing.engine
    first = await first_run(engine)
    await mailing.received()
    await mailing.subscribe(digest="weekly")
    await next_run(engine, first, HOME, visit("guide", "Later", "How to.", 1))
    assert await mailing.received() == []
    await mailing.wait(timedelta(days=-40))
    assert "Later" in text_of((await mailing.received())[0])
    (planned,) = await engine.sql("SELECT next_digest_at - clock_timestamp() AS wait FROM targets")
    assert timedelta() < planned["wait"] <= timedelta(days=7, hours=1)


@pytest.mark.parametrize("days", [2, 4, 7])
async def test_a_daily_digest_that_a_clock_which_was_days_ahead_has_planned_comes_at_once(
    mailing: Mailing, days: int
) -> None:
    await mailing.subscribe(only_changes=False, digest="daily")
    await mailing.wait(timedelta(days=-days))
    assert len(await mailing.received()) == 1
    assert await mailing.received() == []
