from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from tests.support.service import Service, Site


def test_a_dry_run_says_what_would_be_fetched_and_stores_nothing(service: Service, site: Site) -> None:
    before = service.json("GET", "/api/projects")["counts"]
    answer = service.json("POST", "/api/projects/dry-run", {"url": site.url, "crawl": {"max_pages": 2}})
    assert answer["error"] is None
    plan = answer["plan"]
    assert (plan["start_url"], plan["pages"][0]) == (site.url, {"url": site.url, "why": "start"})
    assert plan["count"] <= 2
    assert service.json("GET", "/api/projects")["counts"] == before


def test_a_project_has_dry_runs_of_its_own_options(service: Service, site: Site, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    service.json("PATCH", path, {"crawl": {"exclude": ["*"]}})
    plan = service.json("POST", f"{path}/dry-run")["plan"]
    assert plan["count"] == 1
    assert {away["reason"] for away in plan["taken_away"]} >= {"exclude"}


def test_a_run_that_would_fail_says_why(service: Service, site: Site) -> None:
    answer = service.json("POST", "/api/projects/dry-run", {"url": f"{site.url}nowhere/at/all.html"})
    assert (answer["plan"], answer["error"]["code"]) == (None, "http_error")


@pytest.mark.parametrize(
    "body", [{"url": "ftp://example.com/"}, {}, {"url": "http://example.com", "cron_expression": "x"}]
)
def test_what_no_project_may_be_is_422(service: Service, body: dict[str, Any]) -> None:
    service.json("POST", "/api/projects/dry-run", body, 422)


def test_a_project_that_is_not_there_is_404(service: Service) -> None:
    service.json("POST", f"/api/projects/{uuid4()}/dry-run", expect=404)
