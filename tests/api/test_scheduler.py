from __future__ import annotations

from tests.support.service import Service, Site


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
