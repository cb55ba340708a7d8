from __future__ import annotations

import httpx
import pytest
from tests.support.service import Service

from llmstxt_sched.api.frontend.assets import DIGEST


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", "Basic abc", "Bearer \xff"])
def test_nothing_below_api_is_given_without_a_valid_token(service: Service, header: str | None) -> None:
    headers = [] if header is None else [(b"Authorization", header.encode("latin-1"))]
    for method, path in [("GET", "/api/projects"), ("POST", "/api/scheduler/process"), ("GET", "/api/tokens")]:
        answer = httpx.request(method, f"{service.client.base_url}{path}", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "path", ["/", "/api/docs", "/api/openapi.json", f"/assets/{DIGEST}/docs.js", f"/assets/{DIGEST}/docs.css"]
)
def test_the_page_of_the_api_is_open_to_all(service: Service, path: str) -> None:
    assert httpx.get(f"{service.client.base_url}{path}", follow_redirects=True).status_code == 200


def test_the_description_of_the_api_says_how_to_be_let_in_and_where_nobody_need_be(service: Service) -> None:
    description = service.client.get("/api/openapi.json").json()
    assert set(description["components"]["securitySchemes"]) == {"token", "session"}
    assert description["components"]["securitySchemes"]["session"]["name"] == "llmstxt"
    assert description["security"] == [{"token": []}, {"session": []}]
    assert description["paths"]["/api/sessions"]["post"]["security"] == [{}]
    assert "security" not in description["paths"]["/api/projects"]["post"]
    assert "403" in description["paths"]["/api/projects"]["post"]["responses"]


def test_the_page_of_the_api_loads_nothing_from_elsewhere(service: Service) -> None:
    page = service.client.get("/api/docs")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "https://" not in page.text
    assert "http://" not in page.text


def test_options_tell_nothing_to_who_may_see_nothing(service: Service) -> None:
    for path, status in (("/api/projects", 401), ("/api/users", 401), ("/login", 204), ("/api/docs", 204)):
        assert httpx.options(f"{service.client.base_url}{path}").status_code == status, path
    assert service.client.options("/api/projects").status_code == 204
