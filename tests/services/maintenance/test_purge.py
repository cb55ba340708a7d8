from __future__ import annotations

from datetime import timedelta

from tests.support.engine import PASSING, Engine

from llmstxt_sched.domain.notifications.delivery import longest_wait
from llmstxt_sched.domain.run import MAX_RETRY_AFTER
from llmstxt_sched.services.maintenance.purge import Purge


async def purge(engine: Engine) -> None:
    await Purge(engine.database, longest_wait(())).purge()


async def test_what_is_over_is_deleted_and_nothing_else(engine: Engine) -> None:
    await engine.sql(
        "INSERT INTO sign_in_links (sha256, expires_at) VALUES "
        "('over', clock_timestamp() - interval '1 s'), ('valid', clock_timestamp() + interval '1 h')"
    )
    await engine.sql(
        "INSERT INTO lease_extensions (token, until) VALUES "
        "(gen_random_uuid(), clock_timestamp() - interval '1 s'), "
        "(gen_random_uuid(), clock_timestamp() + interval '1 h')"
    )
    await engine.sql(
        "INSERT INTO published_changes (slug, at) VALUES "
        "('seen', clock_timestamp() - interval '61 min'), ('new', clock_timestamp() - interval '59 min')"
    )
    await purge(engine)
    assert [row["sha256"] for row in await engine.sql("SELECT sha256 FROM sign_in_links")] == [b"valid"]
    assert await engine.sql("SELECT until > clock_timestamp() FROM lease_extensions") == [(True,)]
    assert [row["slug"] for row in await engine.sql("SELECT slug FROM published_changes")] == ["new"]


async def test_a_run_that_would_wait_longer_than_any_may_starts_at_once_and_others_wait_on(engine: Engine) -> None:
    ahead, waiting = [await engine.fail(await engine.active(await engine.create()), PASSING) for _ in range(2)]
    for run, wait in ((ahead, timedelta(minutes=1)), (waiting, timedelta(minutes=-1))):
        await engine.sql(
            "UPDATE runs SET not_before = clock_timestamp() + $2::interval WHERE id = $1",
            run.id,
            MAX_RETRY_AFTER + wait,
        )
    await purge(engine)
    rows = await engine.sql("SELECT id FROM runs WHERE not_before <= clock_timestamp()")
    assert [row["id"] for row in rows] == [ahead.id]
