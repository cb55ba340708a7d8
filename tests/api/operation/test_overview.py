from __future__ import annotations

from typing import Any

from tests.support.service import Service, until

from llmstxt_sched.domain.project import ProjectStatus


def test_the_overview_tells_how_the_service_stands(service: Service, project: dict[str, Any]) -> None:
    """The overview of a service whose worker and scheduler have begun."""

    def found() -> Any:
        overview = service.json("GET", "/api/overview")
        return overview if overview["workers"] and overview["scheduler"]["last_tick_at"] else None

    overview = until(found, "the first heartbeat and the first tick")
    assert set(overview) == {"projects", "runs", "scheduler", "oldest_waiting_seconds", "workers"}
    assert set(overview["projects"]) == {"all", *ProjectStatus}
    assert overview["projects"]["all"] >= 1
    assert set(overview["runs"]) == {"running", "queued", "retrying"}
    assert overview["workers"] == 1
    assert overview["oldest_waiting_seconds"] >= 0
    assert set(overview["scheduler"]) == {"last_tick_at", "seconds_since", "is_late"}
    assert overview["scheduler"]["is_late"] is False


def test_a_run_in_progress_is_counted(service: Service, project: dict[str, Any]) -> None:
    slow = {"url": project["url"], "crawl": {"delay_seconds": 1}}
    created = service.json("POST", "/api/projects", slow, expect=201)
    before = service.json("GET", "/api/overview")["runs"]["running"]
    service.json("POST", f"/api/projects/{created['id']}/runs", expect=202)
    until(lambda: service.json("GET", "/api/overview")["runs"]["running"] == before + 1, "the run to begin")
    service.client.delete(f"/api/projects/{created['id']}")
