from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from tests.support.service import Service

from llmstxt_sched.api.firecrawl import LlmsTxtRequest
from llmstxt_sched.api.notifications.targets import TargetCreate
from llmstxt_sched.api.projects import ProjectCreate, ProjectPatch
from llmstxt_sched.api.requests.bodies import read_body
from llmstxt_sched.api.requests.validation import InvalidRequest
from llmstxt_sched.api.runs import RunTrigger

URL = "https://example.com"
LINE = "must be one line with at least one visible character"


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("url", "is needed")]),
        ({"url": URL, "on_failure": "panic"}, [("on_failure", "must be stop or continue")]),
        ({"url": URL, "crawl": {"versions": "old"}}, [("crawl.versions", "must be newest or all")]),
        ({"url": URL, "crawl": {"languages": "de"}}, [("crawl.languages", "must be start, all or a list")]),
        ({"url": URL, "crawl": {"max_pages": "7"}}, [("crawl.max_pages", "must be a whole number or null")]),
        ({"url": URL, "is_public": 1}, [("is_public", "must be true or false")]),
        ({"url": URL, "on_failure": 7}, [("on_failure", "must be stop or continue")]),
        ({"url": URL, "crawl": {"languages": 7}}, [("crawl.languages", "must be start, all or a list")]),
        (
            {"url": URL, "labels": [1], "crawl": {"include": [None], "languages": [7]}},
            [(name, "must be a text") for name in ("labels[0]", "crawl.include[0]", "crawl.languages[0]")],
        ),
        (
            {"url": URL, "labels": ["", "a", 1], "crawl": {"languages": ["en", "!", "x"]}},
            [
                ("labels[0]", "must have at least 1 character"),
                ("labels[2]", "must be a text"),
                ("crawl.languages[1]", "must be a language tag such as en or pt-BR"),
                ("crawl.languages[2]", "must be a language tag such as en or pt-BR"),
            ],
        ),
        ({"url": URL, "labels": [""] * 60_000}, [("labels", "must have at most 20 items")]),
        ([URL], [("", "what is sent must be an object")]),
        ({"url": URL, "name": "a\u202eb"}, [("name", LINE)]),
        ({"url": URL, "name": "a\u2028b"}, [("name", LINE)]),
        (
            {"url": URL, "credentials": {"user": "x"}},
            [("credentials.user", "is not known: the fields are headers, cookies and basic")],
        ),
        (
            {"name": "", "crawl": {"drop": ["p", "\0"], "max_depth": 0}},
            [
                ("url", "is needed"),
                ("name", "must have at least 1 character"),
                ("crawl.max_depth", "must be at least 1"),
                ("crawl.drop[1]", "must not contain the character U+0000"),
            ],
        ),
    ],
)
def test_everything_wrong_is_told_at_once(body: Any, errors: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_body(json.dumps(body).encode(), ProjectCreate)
    assert list(refused.value.errors) == errors


def test_each_of_a_list_is_told_what_it_may_be() -> None:
    body = {"kind": "webhook", "name": "x", "address": URL, "events": ["run.failed", "failed", "run.completed", 7]}
    with pytest.raises(InvalidRequest) as refused:
        read_body(json.dumps(body).encode(), TargetCreate)
    assert [field for field, _ in refused.value.errors] == ["events[1]", "events[3]"]
    assert all(message.startswith("must be run.completed, run.failed, ") for _, message in refused.value.errors)


def test_a_body_that_may_be_null_is() -> None:
    assert read_body(b"null", RunTrigger | None) is None
    assert read_body(b'{"force": true}', RunTrigger | None) == RunTrigger(force=True)


def test_what_is_no_json_is_told_apart() -> None:
    with pytest.raises(msgspec.DecodeError, match="truncated"):
        read_body(b'{"url":', ProjectCreate)


def test_two_errors_are_both_in_the_sentence(service: Service) -> None:
    problem = service.json("POST", "/api/projects", {"url": 7, "timezone": None}, expect=422)
    assert problem["detail"] == "url: must be a text; timezone: must be a text"


def test_unknown_fields_are_told_up_to_a_bound(service: Service) -> None:
    sent = {f"x{number}": 1 for number in range(60_000)}
    answer = service.client.post("/api/sessions", json=sent)
    errors = answer.json()["errors"]
    assert (answer.status_code, len(errors), errors[-1]["message"]) == (422, 21, "and 59980 more")
    assert len(answer.content) < 10_000


def test_a_field_that_is_there_twice_is_told_by_the_wrong_one() -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_body(b'{"url": 7, "url": "http://example.com"}', ProjectCreate)
    assert refused.value.errors == (("url", "must be a text"),)


@pytest.mark.parametrize(
    ("body", "kind", "fields"),
    [
        (
            b'{"url": "http://a.example", "name": "a", "url": "http://b.example", "name": "b"}',
            ProjectCreate,
            ["url", "name"],
        ),
        (b'{"crawl": {"max_pages": 5, "max_pages": 500}}', ProjectPatch, ["max_pages"]),
        (
            b'{"url": "http://a.example", "x": [1, {"y": 1, "y": 2}], "z": %s}' % (b"9" * 5000),
            LlmsTxtRequest,
            ["y"],
        ),
    ],
)
def test_a_field_that_is_there_twice_is_refused_as_a_parameter_is(body: bytes, kind: Any, fields: list[str]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_body(body, kind)
    assert refused.value.errors == tuple((field, "may be sent once only") for field in fields)


def test_a_byte_order_mark_is_passed_over(service: Service) -> None:
    def post(path: str, body: bytes, kind: str = "application/json") -> Any:
        answer = service.client.post(path, content=b"\xef\xbb\xbf" + body, headers={"Content-Type": kind})
        assert answer.is_success, answer.text
        return answer.json()

    project = json.dumps({"url": URL}).encode()
    created = post("/api/projects", project)
    post(f"/api/projects/{created['id']}/pause", b"{}")
    imported = post("/api/projects.jsonl", project + b"\n" + project, "application/jsonl")
    assert imported == {"created": 0, "known": 2, "failed": []}


def test_everything_wrong_in_a_part_that_may_be_left_out_is_told() -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_body(b'{"crawl": {"max_pages": 0, "max_depth": 0}}', ProjectPatch)
    assert refused.value.errors == (
        ("crawl.max_pages", "must be at least 1"),
        ("crawl.max_depth", "must be at least 1"),
    )


def test_a_field_that_is_ignored_is_not_told() -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_body(b'{"cache": true, "maxUrls": 0}', LlmsTxtRequest)
    assert refused.value.errors == (("url", "is needed"), ("maxUrls", "must be at least 1"))


# Each with a field of another type, and others that mean what cannot be.
HALF_WRONG = {"name": 7, "crawl": {"max_pages": "7", "exclude": ["[x"]}, "timezone": "Mars/Olympus"}
WRONG_FIELDS = {"name", "crawl.max_pages", "crawl.exclude", "timezone"}


@pytest.mark.parametrize("path", ["/api/projects", "/api/projects/dry-run"])
def test_what_cannot_be_is_told_with_what_is_of_another_type(service: Service, path: str) -> None:
    told = service.json("POST", path, {"url": "ftp://a", "cron_expression": "x", **HALF_WRONG}, expect=422)["errors"]
    # Of which host a glob may be is not known.
    assert {error["field"] for error in told} == {"url", "cron_expression", *WRONG_FIELDS} - {"crawl.exclude"}
    told = service.json("POST", path, {"url": None, "cron_expression": 7, "is_enabled": True, "name": 7}, expect=422)
    assert (
        told["detail"] == "url: must be a text; name: must be a text or null; cron_expression: must be a text or null"
    )
    told = service.json("POST", path, {"cron_expression": "x", "odd": 1}, expect=422)["errors"]
    assert [error["field"] for error in told] == ["url", "odd", "cron_expression"]


def test_an_edit_is_told_all_that_is_wrong_and_changes_nothing(service: Service, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    sent = {"description": "Other.", "url": "http://elsewhere.example/", **HALF_WRONG}
    told = service.json("PATCH", path, sent, expect=422)["errors"]
    assert {error["field"] for error in told} == {"url", *WRONG_FIELDS}
    told = service.json("PATCH", path, {"is_enabled": True, "cron_expression": 7, "description": "Other."}, expect=422)
    assert told["detail"] == "cron_expression: must be a text or null"
    assert service.json("GET", path)["description"] == project["description"]


def test_a_line_of_an_import_is_told_all_that_is_wrong(service: Service) -> None:
    line = json.dumps({"url": "ftp://a", "name": 7}).encode()
    answer = service.client.post("/api/projects.jsonl", content=line, headers={"Content-Type": "application/jsonl"})
    (failed,) = answer.json()["failed"]
    assert failed["message"].startswith("name: must be a text or null; url: ")


def test_a_target_is_told_all_that_is_wrong(service: Service) -> None:
    sent = {"kind": "webhook", "name": 7, "address": "ftp://a", "options": 7, "secret": "x"}
    told = service.json("POST", "/api/targets", sent, expect=422)["errors"]
    assert [error["field"] for error in told] == ["name", "options", "address", "secret"]
    sent = {"kind": "webhook", "name": "x", "address": "http://example.com/"}
    path = f"/api/targets/{service.json('POST', '/api/targets', sent, expect=201)['id']}"
    told = service.json("PATCH", path, {"name": 7, "address": "ftp://a", "is_enabled": False}, expect=422)["errors"]
    assert [error["field"] for error in told] == ["name", "address"]
    assert service.json("GET", path)["is_enabled"] is True
    service.json("DELETE", path, expect=204)


@pytest.mark.parametrize(
    "body",
    [
        {"project_id": "x", "kind": "webhook", "name": 7, "address": "ftp://a"},
        {"kind": "x", "name": "x", "address": "y"},
    ],
)
def test_what_the_checks_hang_on_is_told_first(service: Service, body: dict[str, Any]) -> None:
    told = service.json("POST", "/api/targets", body, expect=422)["errors"]
    assert "address" not in [error["field"] for error in told]


@pytest.mark.parametrize(("path", "wrong"), [("/api/projects", "url"), ("/api/targets", "address")])
def test_a_key_that_cannot_be_is_told_with_what_is_wrong_in_the_body(service: Service, path: str, wrong: str) -> None:
    sent = {"kind": "webhook", "name": "x"} if wrong == "address" else {}
    answer = service.client.post(path, json={**sent, wrong: "ftp://a"}, headers={"Idempotency-Key": "k" * 201})
    assert sorted(error["field"] for error in answer.json()["errors"]) == ["Idempotency-Key", wrong]
    answer = service.client.post(path, json={**sent, wrong: "http://example.com/"}, headers={"Idempotency-Key": ""})
    assert [error["field"] for error in answer.json()["errors"]] == ["Idempotency-Key"]
