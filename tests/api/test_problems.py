from __future__ import annotations

import re
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar, get
from structlog.testing import capture_logs
from tests.support.description import calls
from tests.support.service import TOKEN, Service, free_port, until

from llmstxt_sched.api.middleware.request_log import RequestLog
from llmstxt_sched.api.problems import HANDLERS
from llmstxt_sched.api.requests.calls import Call
from llmstxt_sched.api.requests.paging import PagedList
from llmstxt_sched.jobs.connection import open_redis
from llmstxt_sched.store.documents.pages import PageFilter
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.projects import ProjectFilter

NIL = "00000000-0000-0000-0000-000000000000"
NO_CURSOR = "is not a next_cursor of this list with these filters: begin without one"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing/here", None, 404),
        ("GET", "/api/projects/not-a-uuid", None, 404),
        ("PUT", "/api/projects", None, 405),
        ("POST", "/api/projects", b'{"url":', 400),
        ("POST", "/api/projects", b"\xff\xfe", 400),
        ("POST", "/api/projects", b'{"url": "http://example.com/\xff"}', 400),
        ("POST", "/api/projects", b'{"a":' * 100_000, 400),
        ("POST", "/api/projects", b"[" * 500_000, 400),
        (
            "POST",
            "/api/projects",
            b'{"url":"http://example.com","crawl":' + b'{"x":' * 20_000 + b"1" + b"}" * 20_001,
            400,
        ),
        ("POST", "/api/projects", b"", 400),
        ("POST", "/api/projects", b"[]", 422),
        ("POST", "/api/projects", b"x" * 10_000_000, 413),
        ("POST", "/api/tokens", b'{"name": "\\ud800"}', 400),
        ("POST", "/api/projects", b'{"url": "http://example.com", "name": "a\\u0000b"}', 422),
        ("GET", "/api/projects?q=a%00b", None, 422),
        ("GET", "/p/a%00b/llms.txt", None, 404),
        ("PATCH", "/api/projects/00000000-0000-0000-0000-000000000000", b'{"name": "x"}', 404),
    ],
)
def test_a_bad_request_gets_a_problem_and_never_a_500(
    service: Service, method: str, path: str, body: bytes | None, status: int
) -> None:
    headers = {"Content-Type": "application/json"} if body else {}
    answer = service.client.request(method, path, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["request_id"]


@pytest.mark.parametrize("call", [call for call in calls() if re.match(r"/\w+/\w+/{\w*id}", call.path)])
def test_what_is_no_id_is_told_wherever_one_stands(service: Service, call: Call) -> None:
    path = re.sub(r"{\w+}", "not-a-uuid", call.path)
    answer = service.client.request(call.method, path)
    problem = answer.json()
    told = problem["error"] if path.startswith("/v1/") else problem["detail"]
    assert (answer.status_code, told) == (404, "'not-a-uuid' is no id as this service gives it, a UUID")


def test_a_body_that_is_too_large_is_to_be_sent_in_parts(service: Service) -> None:
    headers = {"Content-Type": "application/json"}
    answer = service.client.post("/api/projects", content=b" " * 2_000_000, headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (413, "the body is too large: send less at once")


def test_a_body_of_another_kind_is_told_without_the_name_of_a_field(service: Service) -> None:
    assert service.client.post("/api/projects", json=[]).json()["detail"] == "what is sent must be an object"


@pytest.mark.parametrize("name", ["from", "to", "first"])
def test_a_wrong_parameter_is_named_as_it_was_sent(service: Service, project: dict[str, str], name: str) -> None:
    path = f"/api/projects/{project['id']}/changes{'/lines?path=llms.txt&last=2&' if name == 'first' else '?'}{name}=x"
    problem = service.json("GET", path, expect=422)
    assert [error["field"] for error in problem["errors"]] == [name]
    assert problem["detail"].startswith(f"{name}: ")


def test_what_is_wrong_is_told_with_its_field(service: Service) -> None:
    told = {
        service.json("GET", "/api/runs?cursor=x", expect=422)["detail"],
        service.client.post(
            "/api/projects", json={"url": "https://example.com/"}, headers={"Idempotency-Key": ""}
        ).json()["detail"],
        service.client.post(
            "/api/projects",
            json={"url": "https://example.com/"},
            headers=[("Idempotency-Key", "a"), ("Idempotency-Key", "b")],
        ).json()["detail"],
    }
    assert told == {
        f"cursor: {NO_CURSOR}",
        "Idempotency-Key: must have 1 to 200 characters",
        "Idempotency-Key: is given more than once: send one",
    }


def test_what_is_no_id_is_told_so(service: Service, project: dict[str, str]) -> None:
    problem = service.json("GET", f"/api/projects/{project['id']}/changes?from=x", expect=422)
    assert problem["detail"] == "from: must be an id as this service gives it, a UUID"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("runs?limit=ten", "limit: must be a whole number"),
        ("runs?limit=1.5", "limit: must be a whole number"),
        (f"runs/{NIL}?wait=long", "wait: must be a number"),
        ("projects?recent=yes", "recent: must be true or false"),
        (f"projects/{NIL}/pages?listed=yes", "listed: must be true or false"),
        ("runs?since=yesterday", "since: must be a time with its offset, such as 2026-11-24T02:00:00Z"),
        ("audit?since=nan", "since: must be a time with its offset, such as 2026-11-24T02:00:00Z"),
    ],
)
def test_a_parameter_of_another_kind_is_told_what_it_must_be(service: Service, query: str, told: str) -> None:
    assert service.json("GET", f"/api/{query}", expect=422)["detail"] == told


@pytest.mark.parametrize("time", ["tomorrow", "2030-01-01T00:00:00", "2030-01-01"])
def test_a_time_that_is_none_is_told_as_such(service: Service, time: str) -> None:
    problem = service.json("POST", "/api/tokens", {"name": "x", "expires_at": time}, expect=422)
    assert problem["detail"] == "expires_at: must be a time with its offset, such as 2026-11-24T02:00:00Z"


@pytest.mark.parametrize("path", ["projects/not-a-uuid", "projects/not-a-uuid/runs", "runs/not-a-uuid"])
def test_a_malformed_id_is_told_as_such(service: Service, path: str) -> None:
    problem = service.json("GET", f"/api/{path}", expect=404)
    assert problem["detail"] == "'not-a-uuid' is no id as this service gives it, a UUID"
    assert service.json("GET", "/api/nothing", expect=404)["detail"] == "there is no such address: see /api/docs"


def test_a_request_is_logged_once_and_without_its_token(service: Service) -> None:
    answer = service.client.get("/api/projects?q=where-is-the-query")
    until(lambda: answer.headers["x-request-id"] in service.log, "the log to have the request")
    lines = [line for line in service.log.splitlines() if answer.headers["x-request-id"] in line]
    assert len(lines) == 1
    assert "where-is-the-query" not in lines[0]
    assert TOKEN not in service.log


def _cursor(place: str, *of: object) -> str:
    """What would be a cursor of the list `of`, if there could be such a place in it."""
    return PagedList(msgspec.Raw, *of).write(msgspec.Raw(place.encode()))


@pytest.mark.parametrize(
    ("path", "of", "place"),
    [
        ("/api/tokens", ("tokens", None), f'["0001-01-01T00:00:00+14:00","{NIL}"]'),
        ("/api/scheduler/jobs", ("jobs",), f'["9999-12-31T23:59:59-14:00","{NIL}","{NIL}"]'),
        ("/api/projects/{id}/runs", ("runs", "{id}"), "2147483648"),
        ("/api/projects/{id}/pages", ("pages", "{id}", PageFilter()), '[1e30,"a"]'),
        ("/api/projects/{id}/pages", ("pages", "{id}", PageFilter()), '[0,"a\\u0000"]'),
        ("/api/projects/{id}/occurrences", ("occurrences", "{id}"), '"0001-01-01T00:00:00Z"'),
    ],
)
def test_a_cursor_that_a_client_made_up_is_422(
    service: Service, project: dict[str, str], path: str, of: tuple[object, ...], place: str
) -> None:
    of = tuple(project["id"] if each == "{id}" else each for each in of)
    service.json("GET", f"{path.format(**project)}?cursor={_cursor(place, *of)}", expect=422)


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("name", "a\\u0000"),
        ("created_at", "c1"),
        ("next_run_at", "20260230000000000000"),
        ("next_run_at", "99999999999999999999"),
        ("attention", "0x"),
    ],
)
def test_a_cursor_with_what_postgres_cannot_read_is_told_without_its_words(
    service: Service, sort: str, key: str
) -> None:
    cursor = _cursor(f'["{key}","{NIL}"]', "projects", ProjectFilter(), None, sort)
    told = service.json("GET", f"/api/projects?sort={sort}&cursor={cursor}", expect=422)
    assert told["errors"] == [{"field": "cursor", "message": NO_CURSOR}]


def test_a_cursor_with_a_number_that_postgres_cannot_read_is_told_without_its_words(service: Service) -> None:
    cursor = _cursor("1" + "0" * 30, "events", None, None)
    told = service.json("GET", f"/api/events?cursor={cursor}", expect=422)
    assert told["errors"] == [{"field": "cursor", "message": NO_CURSOR}]


@pytest.mark.parametrize("server", ["Postgres", "Redis"])
async def test_where_a_server_is_away_stands_in_the_log_only(server: str) -> None:
    port = free_port()

    @get("/")
    async def ask() -> None:
        if server == "Postgres":
            await Database.connect(f"postgresql://127.0.0.1:{port}/x", 1)
        await open_redis(f"redis://127.0.0.1:{port}", "", 1, allow_eviction=False)

    logged: Any = RequestLog(Litestar([ask], exception_handlers=HANDLERS, logging_config=None))
    with capture_logs() as logs:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=logged), base_url="http://test") as client:
            answer = await client.get("/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["detail"] == f"{server} does not answer: try again later"
    reason = logs[-1]["reason"]
    assert reason.startswith(f"{server} does not answer (")
    assert str(port) in reason


def test_of_very_many_wrong_globs_some_are_told_and_how_many_more_there_are(service: Service) -> None:
    crawl = {"include": [f"[{number}" for number in range(60)]}
    errors = service.json("POST", "/api/projects", {"url": "https://example.com/", "crawl": crawl}, expect=422)[
        "errors"
    ]
    assert (len(errors), errors[0]["field"], errors[-1]) == (
        21,
        "crawl.include",
        {"field": "", "message": "and 40 more"},
    )
