"""Receivers that fail a third of the time, and replicas that are killed while they deliver."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest
from standardwebhooks import Webhook
from tests.support.receiver import OK, Received, Receiver, open_receiver
from tests.system.faults.waiting import until
from tests.system.faults.world import World

pytestmark = [pytest.mark.faults, pytest.mark.slow]

EVENTS, KILLS = 120, 6
RETRIES = ",".join(["0.2"] * 100)
# What the dead held is taken over once its minute is over: here after ten seconds, in which each attempt ends.
ENDED = (
    "UPDATE deliveries SET not_before = clock_timestamp() "
    "WHERE lease_token IS NOT NULL AND not_before < clock_timestamp() + interval '50 s'"
)
LEFT = (
    "SELECT (SELECT count(*) FROM events WHERE payload IS NULL) + count(*) FROM deliveries WHERE status <> 'DELIVERED'"
)


async def badly(_: Received, writer: asyncio.StreamWriter) -> None:
    """Answers three of ten times with 500, with half an answer, or late."""
    fate = random.random()
    if fate < 0.1:
        writer.write(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
    elif fate < 0.2:
        writer.write(OK[:25])
    else:
        await asyncio.sleep(0.5 if fate < 0.3 else 0)
        writer.write(OK)


async def webhook(world: World, receiver: Receiver, **more: Any) -> str:
    """A target that is the receiver; gives its secret."""
    body = {"kind": "webhook", "name": "hook", "address": receiver.url, **more}
    answer = await world.replicas[0].client.post("/api/targets", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["secret"])


async def happen(world: World, project: str) -> None:
    """One event after the other, for as long as replicas are killed."""
    for _ in range(EVENTS):
        await world.fetch("INSERT INTO events (kind, project_id) VALUES ('schedule.resumed', $1)", project)
        await asyncio.sleep(0.1)


async def kill_in_turn(world: World) -> None:
    """One of two replicas is killed and started again, over and over."""
    for number in range(KILLS):
        replica = world.replicas[number % 2]
        await asyncio.sleep(random.uniform(0.5, 1.5))
        await replica.kill()
        await replica.start()


async def expire(world: World) -> None:
    """The leases of the dead run out."""
    while True:
        await asyncio.sleep(1)
        await world.fetch(ENDED)


async def test_no_event_is_lost_none_is_doubled_but_by_its_id_and_order_is_kept(faulty: World) -> None:
    for _ in range(2):
        await faulty.replica(LLMSTXT_NOTIFY__RETRY_SECONDS=RETRIES).start()
    project = await faulty.settled(faulty.replicas[0], "site")
    async with open_receiver() as loose, open_receiver() as ordered:
        loose.respond = ordered.respond = badly
        secrets = [await webhook(faulty, loose), await webhook(faulty, ordered, is_ordered=True)]
        expiring = asyncio.create_task(expire(faulty))
        await asyncio.gather(happen(faulty, project), kill_in_turn(faulty))

        async def is_over() -> bool:
            ((left,),) = await faulty.fetch(LEFT)
            return bool(left == 0)

        await until(is_over, "the deliveries to be made", 240)
        expiring.cancel()
        rows = await faulty.fetch("SELECT id FROM events WHERE kind = 'schedule.resumed' ORDER BY number")
        written = [str(row["id"]) for row in rows]
        for receiver, secret in zip((loose, ordered), secrets, strict=True):
            of_ours = [got for got in receiver.received if got.id in set(written)]
            for got in of_ours:
                Webhook(secret).verify(got.body, got.headers)
            assert set(written) == {got.id for got in of_ours}
            assert len({(got.id, got.body) for got in of_ours}) == len(written)
        first_come = list(dict.fromkeys(got.id for got in ordered.received if got.id in set(written)))
        assert first_come == written
