"""Events on their way to receivers."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import msgspec
import pytest
from tests.support.engine import SECRETS, SECRETS_KEY, Engine
from tests.support.notifying import PUBLIC_URL, Notifying, open_notifying
from tests.support.receiver import Receiver, status
from tests.support.versions import GUIDE, HOME, first_run, next_run, visit

from llmstxt_sched.domain.notifications.delivery import FORGIVEN_LOSSES, longest_wait
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.notify.message import Answer, Telling
from llmstxt_sched.notify.webhook import signature
from llmstxt_sched.services.maintenance.purge import Purge
from llmstxt_sched.services.notifications.answers import NOT_TOLD
from llmstxt_sched.services.notifications.deliveries import NO_END, Deliveries
from llmstxt_sched.services.notifications.wanted_targets import TargetPatch
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.notifications import deliveries
from llmstxt_sched.store.notifications.deliveries import DeliveryFilter


async def test_a_webhook_gets_a_run_with_its_changes_and_links(notifying: Notifying, receiver: Receiver) -> None:
    engine = notifying.engine
    first = await first_run(engine)
    made = await notifying.webhook(receiver.url, first.project_id)
    await notifying.deliver()
    receiver.received.clear()
    run = await next_run(engine, first, HOME, GUIDE, visit("new", "New", "News.", 2))
    await notifying.deliver()
    (got,) = receiver.received
    told = msgspec.json.decode(got.body)
    assert told["type"] == "run.completed"
    data = told["data"]
    assert (data["project"]["name"], data["run"]["number"], data["documents_changed"]) == ("Example", 2, True)
    assert [(entry["kind"], entry["url"]) for entry in data["entries"]] == [("added", "https://example.com/new")]
    assert data["pages"] == {"added": 1, "changed": 0, "removed": 0}
    assert data["llms_txt"] == f"{PUBLIC_URL}/api/runs/{run.id}/llms.txt"
    assert data["previous_llms_txt"] == f"{PUBLIC_URL}/api/runs/{first.id}/llms.txt"
    signed = signature(made.secret, got.id, got.headers["webhook-timestamp"], got.body)
    assert got.headers["webhook-signature"] == signed


async def test_a_run_that_is_told_twice_together_has_its_entries_once_in_each(
    notifying: Notifying, receiver: Receiver
) -> None:
    run = await next_run(notifying.engine, await first_run(notifying.engine), HOME, GUIDE, visit("new", "New", "N.", 2))
    await notifying.engine.sql(
        "INSERT INTO events (kind, project_id, run_id, details) "
        "SELECT kind, project_id, run_id, details FROM events WHERE run_id = $1",
        run.id,
    )
    await notifying.webhook(receiver.url, run.project_id)
    await notifying.deliver()
    told = [msgspec.json.decode(got.body)["data"] for got in receiver.received]
    again = [data for data in told if data["run"]["id"] == str(run.id)]
    assert [(len(data["entries"]), data["entries_total"]) for data in again] == [(1, 1), (1, 1)]


async def test_a_target_hears_only_of_what_it_asked_for(notifying: Notifying, receiver: Receiver) -> None:
    engine = notifying.engine
    project, other = await engine.create(), await engine.create()
    await notifying.webhook(receiver.url, project, only_changes=True)
    await notifying.webhook(receiver.url, None, [EventKind.RUN_FAILED])
    await engine.finish(await engine.active(project))
    await engine.fail(await engine.active(other))
    await notifying.deliver()
    assert [got.type for got in receiver.received] == ["run.failed"]


async def test_a_failed_attempt_is_made_again_with_the_same_id_and_body(
    notifying: Notifying, receiver: Receiver
) -> None:
    engine = notifying.engine
    await notifying.webhook(receiver.url)
    receiver.respond = status(500)
    await engine.ran()
    assert await notifying.deliver() == 1
    (waiting,) = await notifying.log()
    assert (waiting["status"], waiting["status_code"], waiting["error"]) == ("PENDING", 500, "it answered 500")
    receiver.respond = status(204)
    await notifying.end_waits()
    await notifying.deliver()
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    (done,) = await notifying.log()
    assert (done["status"], done["attempt"], done["status_code"]) == ("DELIVERED", 2, 204)


async def test_a_delivery_is_given_up_after_its_last_pause(notifying: Notifying, receiver: Receiver) -> None:
    await notifying.webhook(receiver.url)
    receiver.respond = status(503)
    await notifying.engine.ran()
    for _ in range(4):
        await notifying.deliver()
        await notifying.end_waits()
    (given_up,) = await notifying.log()
    assert (given_up["status"], given_up["attempt"], len(receiver.received)) == ("FAILED", 3, 3)


async def test_retry_after_is_kept_to(notifying: Notifying, receiver: Receiver) -> None:
    await notifying.webhook(receiver.url)
    receiver.respond = status(429, "Retry-After: 3600")
    await notifying.engine.ran()
    await notifying.deliver()
    (row,) = await notifying.engine.sql("SELECT not_before - clock_timestamp() AS wait FROM deliveries")
    assert timedelta(minutes=59) < row["wait"] <= timedelta(hours=1)


async def test_a_target_that_answers_410_is_disabled_and_others_are_told(
    notifying: Notifying, receiver: Receiver
) -> None:
    engine = notifying.engine
    gone = await notifying.webhook(receiver.url + "/gone", only_changes=False)
    await engine.ran()
    receiver.respond = status(410)
    await notifying.deliver()
    disabled = await notifying.targets.get(gone.target.id)
    assert (disabled.is_enabled, disabled.disabled_reason) == (
        False,
        "it answered 410: it wants to hear nothing any more",
    )
    receiver.respond = status(200)
    receiver.received.clear()
    await notifying.webhook(receiver.url, None, [EventKind.DELIVERY_DISABLED])
    await notifying.deliver()
    (got,) = receiver.received
    assert (got.type, msgspec.json.decode(got.body)["data"]["target"]["id"]) == (
        "delivery.disabled",
        str(gone.target.id),
    )


async def test_five_days_of_failure_disable_a_target_and_one_success_does_not(
    notifying: Notifying, receiver: Receiver
) -> None:
    engine = notifying.engine
    made = await notifying.webhook(receiver.url)
    receiver.respond = status(500)
    await engine.ran()
    await notifying.deliver()
    await engine.sql("UPDATE targets SET failing_since = failing_since - interval '5 days'")
    receiver.respond = status(200)
    await engine.ran()
    await notifying.deliver()
    assert (await notifying.targets.get(made.target.id)).failing_since is None
    receiver.respond = status(500)
    await engine.ran()
    await engine.ran()
    await notifying.end_waits()
    await notifying.deliver()
    await engine.sql("UPDATE targets SET failing_since = failing_since - interval '5 days'")
    await notifying.end_waits()
    await notifying.deliver()
    # One of the three was given up by now.
    assert (await notifying.targets.get(made.target.id)).is_enabled
    await notifying.end_waits()
    await notifying.deliver()
    assert not (await notifying.targets.get(made.target.id)).is_enabled
    assert {row["status"] for row in await notifying.log()} == {"DELIVERED", "FAILED"}


async def test_an_ordered_target_waits_for_the_older_one(notifying: Notifying, receiver: Receiver) -> None:
    engine = notifying.engine
    await notifying.webhook(receiver.url, is_ordered=True)
    receiver.respond = status(500)
    await engine.ran()
    project = await engine.create()
    await engine.fail(await engine.active(project))
    await notifying.deliver()
    assert [got.type for got in receiver.received] == ["run.completed"]
    receiver.respond = status(200)
    await notifying.end_waits()
    await notifying.deliver()
    assert [got.type for got in receiver.received[1:]] == ["run.completed", "run.failed", "schedule.halted"]


async def test_no_more_of_one_target_are_under_way_than_its_share(notifying: Notifying, receiver: Receiver) -> None:
    engine = notifying.engine
    await notifying.webhook(receiver.url)
    ordered = await notifying.webhook(receiver.url, is_ordered=True)
    for _ in range(6):
        await engine.ran()
    while await notifying.routing.route():
        pass
    claimed = await notifying.deliveries.claim(256, 128) + await notifying.deliveries.claim(256, 128)
    assert len(claimed) == 5
    assert sum(each.target_id == ordered.target.id for each in claimed) == 1


async def test_the_log_of_a_project_outlasts_its_events(notifying: Notifying, receiver: Receiver) -> None:
    engine = notifying.engine
    await notifying.webhook(receiver.url)
    project, _ = await engine.ran(), await engine.ran()
    await notifying.deliver()
    await engine.sql("DELETE FROM events")
    async with engine.database.connection() as connection:
        found = await deliveries.page(connection, DeliveryFilter(project_id=project), None, 9)
    assert [(each.project_id, each.event_kind) for each in found] == [(project, None)]


async def test_a_lease_that_ends_lets_another_process_deliver_and_the_late_note_is_refused(
    notifying: Notifying, receiver: Receiver
) -> None:
    await notifying.webhook(receiver.url)
    await notifying.engine.ran()
    await notifying.routing.route()
    (late,) = await notifying.deliveries.claim(1, 1)
    await notifying.end_waits()
    assert await notifying.deliver() == 1
    receiver.respond = status(500)
    await notifying.deliveries.attempt(late)
    (row,) = await notifying.log()
    assert (row["status"], row["attempt"], len({got.id for got in receiver.received})) == ("DELIVERED", 2, 1)


async def test_processes_that_are_killed_take_no_attempt_from_a_receiver(
    notifying: Notifying, receiver: Receiver
) -> None:
    await notifying.webhook(receiver.url)
    await notifying.engine.ran()
    await notifying.routing.route()
    for _ in range(5):
        await notifying.deliveries.claim(1, 1)
        await notifying.end_waits()
    receiver.respond = status(500)
    await notifying.deliver()
    (row,) = await notifying.log()
    assert (row["status"], row["attempt"], row["lost"]) == ("PENDING", 6, 5)


async def test_a_delivery_that_kills_every_process_that_tries_it_is_given_up(
    notifying: Notifying, receiver: Receiver
) -> None:
    await notifying.webhook(receiver.url)
    await notifying.engine.ran()
    await notifying.routing.route()
    # Those that are forgiven, and a first attempt with its two retries.
    for _ in range(FORGIVEN_LOSSES + 3):
        await notifying.deliveries.claim(1, 1)
        await notifying.end_waits()
    await notifying.deliver()
    (row,) = await notifying.log()
    assert (row["status"], row["error"], receiver.received) == ("FAILED", NO_END, [])


async def test_a_delivery_handed_back_counts_no_attempt(notifying: Notifying, receiver: Receiver) -> None:
    await notifying.webhook(receiver.url)
    await notifying.engine.ran()
    await notifying.routing.route()
    await notifying.deliveries.hand_back(await notifying.deliveries.claim(1, 1))
    await notifying.deliver()
    (row,) = await notifying.log()
    assert (row["status"], row["attempt"]) == ("DELIVERED", 1)


async def test_a_delivery_that_found_no_room_is_put_off_without_counting(
    notifying: Notifying, receiver: Receiver
) -> None:
    engine = notifying.engine

    async def full(_: Telling) -> Answer:
        return Answer(None, 0, error="full", is_put_off=True)

    await notifying.webhook(receiver.url)
    await engine.ran()
    await notifying.routing.route()
    (claimed,) = await notifying.deliveries.claim(256, 128)
    await Deliveries(engine.database, SECRETS, {TargetKind.WEBHOOK: full}, (), engine.metrics).attempt(claimed)
    (row,) = await engine.sql("SELECT status, attempt, lease_token, not_before > now() AS waits FROM deliveries")
    assert tuple(row) == ("PENDING", 0, None, True)
    await notifying.end_waits()
    assert await notifying.deliver() == 1
    assert len(receiver.received) == 1


async def test_a_project_deleted_on_the_way_takes_its_deliveries_along(
    notifying: Notifying, receiver: Receiver
) -> None:
    engine = notifying.engine
    project = await engine.create()
    await notifying.webhook(receiver.url, project)
    await notifying.webhook(receiver.url)
    await engine.finish(await engine.active(project))
    await notifying.routing.route()
    claimed = await notifying.deliveries.claim(256, 128)
    await engine.projects.delete(project)
    for each in claimed:
        await notifying.deliveries.attempt(each)
    assert [row["status"] for row in await notifying.log()] == ["DELIVERED"]


async def test_events_of_a_project_that_is_gone_hold_nobody_up(notifying: Notifying, receiver: Receiver) -> None:
    engine = notifying.engine
    await notifying.webhook(receiver.url)
    project = await engine.ran()
    await engine.projects.delete(project)
    await engine.ran()
    await notifying.deliver()
    assert [got.type for got in receiver.received] == ["run.completed"]


@pytest.mark.parametrize("is_first", [True, False])
async def test_two_replicas_hand_an_event_to_a_target_once(
    notifying: Notifying, receiver: Receiver, other: Engine, is_first: bool
) -> None:
    await notifying.webhook(receiver.url)
    for _ in range(5):
        await notifying.engine.ran()
    async with open_notifying(other) as second:
        pair = (notifying, second) if is_first else (second, notifying)
        for each in pair:
            await each.routing.route()
        await pair[0].deliver()
    assert len(receiver.received) == 5


async def test_nobody_is_told_of_a_project_that_was_made_for_one_file(notifying: Notifying, receiver: Receiver) -> None:
    engine = notifying.engine
    await notifying.webhook(receiver.url)
    project = await engine.create(cron=None)
    await engine.sql("INSERT INTO one_offs VALUES ($1, false, now() + interval '1 h')", project)
    await engine.finish(await engine.trigger(project))
    await notifying.deliver()
    assert not receiver.received


async def test_a_connection_that_is_lost_while_an_attempt_is_noted_does_not_tell_it_twice(
    notifying: Notifying, receiver: Receiver
) -> None:
    engine = notifying.engine
    await notifying.webhook(receiver.url)
    await engine.ran()
    await notifying.routing.route()
    (claimed,) = await notifying.deliveries.claim(1, 1)
    async with engine.database.transaction() as connection:
        await connection.execute("SELECT FROM deliveries FOR UPDATE")
        attempt = asyncio.create_task(notifying.deliveries.attempt(claimed))
        while not await engine.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE '%UPDATE deliveries%'"
        ):
            await asyncio.sleep(0.02)
    await attempt
    assert ([row["status"] for row in await notifying.log()], len(receiver.received)) == (["DELIVERED"], 1)


@pytest.mark.parametrize("error", ["a \x00 symlink \ud800", None])
async def test_what_a_sender_does_wrong_is_a_failure_like_any_other(
    notifying: Notifying, receiver: Receiver, error: str | None
) -> None:
    async def sender(_: Telling) -> Answer:
        if error is None:
            raise LookupError("a fault of ours")
        return Answer(200, 0, body=error, error=error)

    await notifying.webhook(receiver.url)
    faulty = Deliveries(
        notifying.engine.database, Secrets([SECRETS_KEY]), {TargetKind.WEBHOOK: sender}, [5], notifying.engine.metrics
    )
    await notifying.engine.ran()
    await notifying.routing.route()
    for _ in range(2):
        (claimed,) = await faulty.claim(1, 1)
        await faulty.attempt(claimed)
        await notifying.end_waits()
    (row,) = await notifying.log()
    assert (row["status"], row["attempt"], row["error"]) == ("FAILED", 2, "a  symlink " if error else NOT_TOLD)


@pytest.mark.parametrize("is_by_hand", [True, False])
async def test_a_target_is_disabled_while_another_of_its_deliveries_is_noted(
    notifying: Notifying, receiver: Receiver, is_by_hand: bool
) -> None:
    engine = notifying.engine
    made = await notifying.webhook(receiver.url)
    await engine.ran()
    await engine.ran()
    await notifying.routing.route()
    noted, other = await notifying.deliveries.claim(2, 2)
    receiver.respond = status(410)
    async with engine.database.transaction() as connection:
        # What settling does: it locks the delivery, then its target.
        await connection.execute("SELECT FROM deliveries WHERE id = $1 FOR UPDATE", noted.id)
        disabling = asyncio.create_task(
            notifying.targets.edit(made.target.id, TargetPatch(is_enabled=False), Role.ADMIN)
            if is_by_hand
            else notifying.deliveries.attempt(other)
        )
        while not await engine.sql(
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ):
            await asyncio.sleep(0.02)
        await connection.execute("UPDATE targets SET failing_since = clock_timestamp() WHERE id = $1", made.target.id)
    await disabling
    assert not (await notifying.targets.get(made.target.id)).is_enabled
    assert {row["status"] for row in await notifying.log()} == {"FAILED"}


async def test_what_a_clock_that_was_ahead_has_put_off_is_told_once_it_is_right(
    notifying: Notifying, receiver: Receiver
) -> None:
    """The longest that there is, a day that a receiver asked for, goes on."""
    engine = notifying.engine
    first = await first_run(engine)
    await notifying.webhook(receiver.url, first.project_id)
    await next_run(engine, first, HOME, visit("guide", "Guide", "How to.", 1))
    while await notifying.routing.route():
        pass
    (soon, late) = await notifying.log()
    for delivery, wait in ((soon, timedelta(days=1)), (late, timedelta(days=40))):
        await engine.sql(
            "UPDATE deliveries SET not_before = clock_timestamp() + $2 WHERE id = $1", delivery["id"], wait
        )
    await Purge(engine.database, longest_wait((5, 300))).purge()
    assert await notifying.deliver() == 1
    assert [row["status"] for row in await notifying.log()] == ["PENDING", "DELIVERED"]
