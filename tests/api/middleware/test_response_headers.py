from __future__ import annotations

from typing import Any

import pytest
from tests.support.service import Service


@pytest.fixture
def document(service: Service, project: dict[str, Any]) -> str:
    """The path of a document."""
    service.run_now(project["id"])
    return f"/api/projects/{project['id']}/llms.txt"


@pytest.mark.parametrize("path", ["/api/me", "/api/projects", "/api/openapi.json", "/nowhere", "/api/runs/nothing"])
def test_data_and_errors_are_kept_by_nobody_and_only_read(service: Service, path: str) -> None:
    headers = service.client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_refusal_is_kept_by_nobody(service: Service) -> None:
    answer = service.client.get("/api/me", headers={"Authorization": "Bearer wrong"})
    assert (answer.status_code, answer.headers.get_list("cache-control")) == (401, ["no-store"])


def test_pages_and_documents_say_for_themselves_how_long_they_may_be_kept(service: Service, document: str) -> None:
    assert service.client.get("/projects").headers.get_list("cache-control") == ["no-cache"]
    assert service.client.get(document).headers.get_list("cache-control") == ["private, no-cache"]


def test_nothing_can_be_framed(service: Service, document: str) -> None:
    for path in ["/", "/login", "/projects", "/api/docs", "/api/me", "/nowhere", document]:
        assert "frame-ancestors 'none'" in service.client.get(path).headers["content-security-policy"], path
