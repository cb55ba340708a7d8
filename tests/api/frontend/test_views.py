from __future__ import annotations

import pytest
from tests.support.service import Service

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.mark.parametrize("path", ["/nowhere", "/project/1", "/projects/1/pages/2", "//evil.example", "/%3Cscript%3E"])
def test_a_browser_is_shown_a_page_where_no_view_is(service: Service, path: str) -> None:
    answer = service.client.get(f"{service.url}{path}", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "accept"), [("/nowhere", "*/*"), ("/api/nowhere", BROWSER), ("/p/a/b", BROWSER), ("/assets/x", BROWSER)]
)
def test_who_wants_no_page_is_told_by_a_problem(service: Service, path: str, accept: str) -> None:
    answer = service.client.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
