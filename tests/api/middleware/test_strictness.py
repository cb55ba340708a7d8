from __future__ import annotations

from typing import Any

import pytest
from tests.support.service import Service

OF_LISTS = "q, status, schedule, label, schedule_state, sort, recent, limit and cursor"


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/api/projects?staus=failed", f"staus: is no parameter of this call: it takes {OF_LISTS}"),
        (
            "/api/me?a=1&b",
            "a: is no parameter of this call: it takes none; b: is no parameter of this call: it takes none",
        ),
        ("/api/projects/{id}/runs?status=FAILED", "status: is no parameter of this call: it takes limit and cursor"),
    ],
)
def test_a_mistyped_parameter_is_told_with_those_that_there_are(
    service: Service, project: dict[str, Any], path: str, detail: str
) -> None:
    assert service.json("GET", path.format(**project), expect=422)["detail"] == detail


def test_a_page_of_the_web_ignores_what_it_does_not_know(service: Service) -> None:
    assert service.client.get("/projects?utm_source=x").status_code == 200
    assert service.client.get("/p/nothing/llms.txt?utm_source=x").status_code == 404


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/json5"])
def test_a_body_that_is_not_called_json_is_refused(service: Service, kind: str) -> None:
    answer = service.client.post("/api/projects", content=b"{}", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["detail"]) == (415, f"the body must be application/json, not {kind}")


def test_json_may_name_its_charset(service: Service) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert service.client.post("/api/projects", content=b"{}", headers=headers).status_code == 422


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_body_where_none_is_taken_is_told(service: Service, project: dict[str, Any], method: str) -> None:
    path = f"/api/projects/{project['id']}" + ("/pause" if method == "POST" else "")
    answer = service.client.request(method, path, json={"name": "x"})
    assert (answer.status_code, answer.json()["detail"]) == (422, "this call takes no body")
    assert service.client.request(method, path, content=b"").status_code in {200, 204}
