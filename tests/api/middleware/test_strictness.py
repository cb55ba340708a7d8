from __future__ import annotations

import gzip
import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.support.description import calls
from tests.support.service import Service

from llmstxt_sched.api.requests.calls import Call, CallParameter

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


def test_a_parameter_that_is_not_there_is_named(service: Service) -> None:
    problem = service.json("GET", "/api/schedule/preview?timezone=UTC&x=1", expect=422)
    assert [error["field"] for error in problem["errors"]] == ["x", "cron_expression"]
    assert problem["errors"][1]["message"] == "is needed"


def test_a_mistyped_parameter_does_not_hide_a_wrong_value(service: Service) -> None:
    problem = service.json("GET", "/api/projects?staus=x&status=bogus&limit=0&label=x&label=y&recent=maybe", expect=422)
    assert [(error["field"], error["message"]) for error in problem["errors"]] == [
        ("staus", f"is no parameter of this call: it takes {OF_LISTS}"),
        ("label", "may be sent once only"),
        ("status", "must be running, queued, retrying, held, failed, paused, stale, fresh or new"),
        ("limit", "must be at least 1"),
        ("recent", "must be true or false"),
    ]


def test_a_mistyped_parameter_does_not_hide_what_is_wrong_in_the_body(service: Service) -> None:
    path = "/api/projects?on_conflict=x"
    problem = service.json("POST", path, {"url": 7, "name": 7}, expect=422)
    assert [error["field"] for error in problem["errors"]] == ["on_conflict", "url", "name"]
    for right in ({"url": "http://example.com/"}, None):
        problem = service.json("POST", path, right, expect=422)
        assert [error["field"] for error in problem["errors"]] == ["on_conflict"]
    assert service.client.post(path, content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    assert service.client.post(path, content=b"{").status_code == 422


def test_all_that_is_wrong_in_the_query_and_the_body_is_counted(service: Service) -> None:
    problem = service.json("POST", "/api/projects?a=1", {f"x{number}": 1 for number in range(30)}, expect=422)
    # Thirty that are not known, the address that is needed, and the parameter.
    assert (len(problem["errors"]), problem["errors"][-1]["message"]) == (21, "and 12 more")
    assert problem["detail"].endswith("; and 12 more")


def test_a_page_of_the_web_ignores_what_it_does_not_know(service: Service) -> None:
    assert service.client.get("/projects?utm_source=x").status_code == 200
    assert service.client.get("/p/nothing/llms.txt?utm_source=x").status_code == 404


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/json5"])
def test_a_body_that_is_not_called_json_is_refused(service: Service, kind: str) -> None:
    answer = service.client.post("/api/projects", content=b"{}", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["detail"]) == (415, f"the body must be application/json, not {kind}")


def test_a_body_that_is_not_called_anything_is_refused(service: Service) -> None:
    answer = service.client.post("/api/projects", content=b"{}")
    told = "the body must be application/json, and the header Content-Type say so"
    assert (answer.status_code, answer.json()["detail"]) == (415, told)


def test_a_body_that_is_compressed_is_refused_and_told_how_it_is_taken(service: Service) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = service.client.post("/api/projects", content=gzip.compress(b"{}"), headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    assert answer.json()["detail"].startswith("the body must be sent as it is, not compressed")
    answer = service.client.post(f"/api/projects/{uuid4()}/pause", content=gzip.compress(b"{}"), headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (422, "this call takes no body")
    # Beside a wrong parameter it is not looked at.
    answer = service.client.post("/api/projects?a=1", content=gzip.compress(b"{}"), headers=headers)
    assert [error["field"] for error in answer.json()["errors"]] == ["a"]
    answer = service.client.post("/api/projects", content=b"{}", headers={**headers, "Content-Encoding": "identity"})
    assert answer.status_code == 422


@pytest.mark.parametrize(("call", "parameter"), [(c, p) for c in calls() for p in c.parameters if p.place == "query"])
def test_no_parameter_takes_what_cannot_be_stored(service: Service, call: Call, parameter: CallParameter) -> None:
    path = re.sub(r"{\w+}", "00000000-0000-4000-8000-000000000001", call.path)
    answer = service.client.request(call.method, path, params={parameter.name: "a\0b"})
    assert answer.status_code == 422
    assert parameter.name in {each["field"] for each in answer.json()["errors"]}


def test_json_may_name_its_charset(service: Service) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert service.client.post("/api/projects", content=b"{}", headers=headers).status_code == 422


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_body_where_none_is_taken_is_told(service: Service, project: dict[str, Any], method: str) -> None:
    path = f"/api/projects/{project['id']}" + ("/pause" if method == "POST" else "")
    answer = service.client.request(method, path, json={"name": "x"})
    assert (answer.status_code, answer.json()["detail"]) == (422, "this call takes no body")
    assert service.client.request(method, path, content=b"").status_code in {200, 204}


def test_an_empty_body_is_none_however_its_length_is_told(service: Service, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}/pause"
    assert service.client.post(path, content=iter([])).status_code == 200
    assert service.client.post(path, headers={"Content-Length": "00"}).status_code == 200
    assert service.client.post(path, content=iter([b'{"a":', b"1}"])).status_code == 422


@pytest.mark.parametrize("call", [c for c in calls() if c.method != "GET" and not c.kinds_of_body])
def test_an_object_without_fields_is_no_body(service: Service, call: Call) -> None:
    """Many clients send one with each request that is no GET; none of its fields can be wrong."""
    path = re.sub(r"{\w+}", str(uuid4()), call.path)
    # Whoever asks would else be signed out.
    answer = httpx.request(call.method, f"{service.url}{path}", json={}, headers=service.client.headers)
    # A token may not end sessions.
    assert answer.status_code in {200, 204, 403, 404}


@pytest.mark.parametrize(
    ("body", "status"),
    [(b" { } ", 200), (b"[]", 422), (b"null", 422), (b"{", 400), (b"\xff", 400), (b"{}" + b" " * 2_000_000, 413)],
)
def test_what_else_is_sent_where_no_body_is_taken_is_told(
    service: Service, project: dict[str, Any], body: bytes, status: int
) -> None:
    path = f"/api/projects/{project['id']}/pause"
    assert service.client.post(path, content=body).status_code == status
    assert service.client.post(path, content=iter([body[:1], body[1:]])).status_code == status
    assert service.client.request("GET", f"/api/projects/{project['id']}", content=body).status_code == 422


@pytest.mark.parametrize("value", ["null", "NULL", "5", "-1.5e9"])
def test_no_value_is_taken_for_none_or_for_another_kind(service: Service, value: str) -> None:
    refused = service.json("GET", f"/api/runs?since={value}", expect=422)
    assert refused["errors"][0]["field"] == "since"
    for name in ("status", "project", "limit"):
        detail = service.json("GET", f"/api/runs?{name}=null", expect=422)["detail"]
        assert detail == f"{name}: is null: leave it out instead"
    assert service.json("GET", "/api/projects?q=null")["items"] == []


def test_a_parameter_that_is_sent_twice_is_told(service: Service) -> None:
    refused = service.json("GET", "/api/projects?limit=1&limit=2", expect=422)
    assert refused["errors"] == [{"field": "limit", "message": "may be sent once only"}]


def test_unknown_parameters_are_told_up_to_a_bound(service: Service) -> None:
    answer = service.client.post("/api/sessions?" + "&".join(f"x{number}" for number in range(8000)), json={})
    errors = answer.json()["errors"]
    assert (answer.status_code, len(errors), errors[-1]["message"]) == (422, 21, "and 7980 more")
