from __future__ import annotations

from pathlib import Path

from tests.cli.commands import sql
from tests.support.service import Service, Site

from llmstxt_sched.embedded import running_database_url

DAILY = {"cron_expression": "0 2 * * *", "timezone": "America/New_York"}


def test_the_ledger_begins_with_what_is_to_come(service: Service, site: Site) -> None:
    created = service.json("POST", "/api/projects", {"url": site.url, **DAILY}, expect=201)
    ledger = service.json("GET", f"/api/projects/{created['id']}/occurrences")["items"]
    assert [(row["first"], row["outcome"], row["count"]) for row in ledger] == [(created["next_run_at"], "PENDING", 1)]
    assert ledger[0]["reason_text"] == "It is still to come."


def test_without_a_schedule_nothing_is_to_come(service: Service, site: Site) -> None:
    created = service.json("POST", "/api/projects", {"url": site.url}, expect=201)
    assert service.json("GET", f"/api/projects/{created['id']}/occurrences")["items"] == []


async def test_what_a_clock_that_was_ahead_wrote_follows_what_is_to_come_on_pages_of_any_size(
    service: Service, site: Site
) -> None:
    created = service.json("POST", "/api/projects", {"url": site.url, **DAILY}, expect=201)
    url = running_database_url(Path(service.environment["LLMSTXT_DATA__DIR"]))
    assert url
    await sql(
        url,
        "INSERT INTO occurrences (project_id, first, last, count, outcome, cron_expression, timezone) "
        "SELECT $1, at, at, 1, 'SKIPPED', '0 2 * * *', 'UTC' "
        "FROM unnest('{2026-01-01, 2126-01-01, 2126-01-02}'::timestamptz[]) at",
        created["id"],
    )
    path = f"/api/projects/{created['id']}/occurrences"
    found, cursor = [], ""
    while cursor is not None:
        page = service.json("GET", f"{path}?limit=1{cursor and f'&cursor={cursor}'}")
        found += page["items"]
        cursor = page["next_cursor"]
    assert len(found) == 4
    assert found == service.json("GET", path)["items"]
