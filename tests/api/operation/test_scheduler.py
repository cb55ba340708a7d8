from __future__ import annotations

from typing import Any

from tests.support.service import Service, Site, until


def test_a_tick_can_be_asked_for_and_reports(service: Service) -> None:
    report = service.json("POST", "/api/scheduler/process")
    assert set(report) == {"due", "enqueued", "dropped", "reclaimed", "rescued", "requeued", "seconds"}


def test_what_is_scheduled_is_listed_soonest_first(service: Service, site: Site) -> None:
    names = []
    for hour in (3, 4):
        body = {"url": site.url, "name": f"at {hour}", "cron_expression": f"0 {hour} * * *"}
        names.append(service.json("POST", "/api/projects", body, expect=201)["id"])
    page = service.json("GET", "/api/scheduler/jobs?limit=200")
    listed = [job for job in page["items"] if job["project_id"] in names]
    assert {job["kind"] for job in listed} == {"schedule"}
    assert len(listed) == 2
    assert [job["due_at"] for job in page["items"]] == sorted(job["due_at"] for job in page["items"])
    assert page["scheduled"] >= 2


def test_workers_are_listed_with_what_they_do(service: Service, site: Site) -> None:
    body = {"url": site.url, "name": "Slow", "crawl": {"delay_seconds": 1}}
    project = service.json("POST", "/api/projects", body, expect=201)["id"]
    run = service.json("POST", f"/api/projects/{project}/runs", expect=202)["id"]

    def shown() -> Any:
        page = service.json("GET", "/api/scheduler/workers")
        assert page["next_cursor"] is None
        held = [(worker, each) for worker in page["items"] for each in worker["runs"] if each["id"] == run]
        return held if held and held[0][1]["progress"] else None

    ((worker, held),) = until(shown, "the run to be shown at its worker")
    assert worker["last_heartbeat_at"]
    assert (held["project_id"], held["project_name"]) == (project, "Slow")
    assert held["started_at"]
    assert held["progress"]["found"] >= 0
    service.client.delete(f"/api/projects/{project}")
