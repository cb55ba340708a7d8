from __future__ import annotations

import pytest
from tests.support.service import Service


@pytest.mark.parametrize("path", ["/live", "/ready", "/health", "/metrics"])
def test_who_asks_for_the_head_alone_gets_the_status(service: Service, path: str) -> None:
    answer = service.health.head(path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == service.health.get(path).headers["content-type"]


def test_what_is_not_there_is_told_as_the_api_tells_it(service: Service) -> None:
    for method, path, status in (("GET", "/api/projects", 404), ("POST", "/live", 405)):
        answer = service.health.request(method, path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.json().keys() == {"type", "title", "status", "detail", "request_id"}
    assert "GET" in answer.headers["allow"]
