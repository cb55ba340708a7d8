from __future__ import annotations

from tests.support.service import Service, Site

DAILY = {"cron_expression": "0 2 * * *", "timezone": "America/New_York"}


def test_the_ledger_begins_with_what_is_to_come(service: Service, site: Site) -> None:
    created = service.json("POST", "/api/projects", {"url": site.url, **DAILY}, expect=201)
    ledger = service.json("GET", f"/api/projects/{created['id']}/occurrences")["items"]
    assert [(row["first"], row["outcome"], row["count"]) for row in ledger] == [(created["next_run_at"], "PENDING", 1)]
    assert ledger[0]["reason_text"] == "It is still to come."


def test_without_a_schedule_nothing_is_to_come(service: Service, site: Site) -> None:
    created = service.json("POST", "/api/projects", {"url": site.url}, expect=201)
    assert service.json("GET", f"/api/projects/{created['id']}/occurrences")["items"] == []
