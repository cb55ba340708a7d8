from __future__ import annotations

import hashlib
import json
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.cli.commands import sql
from tests.support.service import Service, Site, serve_site

from llmstxt_sched.embedded import running_database_url

DAILY = {"cron_expression": "0 2 * * *", "timezone": "America/New_York"}


def test_a_project_with_a_schedule_runs_at_once_and_knows_its_next_time(service: Service, site: Site) -> None:
    created = service.json("POST", "/api/projects", {"url": site.url, **DAILY}, expect=201)
    assert created["is_enabled"] is True
    assert created["schedule_text"] == "Every day at 02:00"
    assert created["next_run_at"][-10:] in {"T06:00:00Z", "T07:00:00Z"}
    assert created["active_run"]["trigger"] == "initial"
    ended = service.run_ended(created["active_run"]["id"])
    assert ended["status"] == "COMPLETE_WITH_DIFFS"
    after = service.json("GET", f"/api/projects/{created['id']}")
    assert after["status"] == "fresh"
    assert after["page_count"] == 4
    assert after["next_run_at"] == created["next_run_at"]
    assert after["last_run_at"] == ended["finished_at"]


def test_a_project_without_a_schedule_has_no_run(service: Service, project: dict[str, Any]) -> None:
    assert (project["status"], project["active_run"], project["next_run_at"]) == ("new", None, None)
    assert service.json("GET", f"/api/projects/{project['id']}/runs")["items"] == []


def test_a_schedule_that_is_disabled_queues_nothing(service: Service, site: Site) -> None:
    created = service.json("POST", "/api/projects", {"url": site.url, **DAILY, "is_enabled": False}, expect=201)
    assert (created["status"], created["active_run"], created["next_run_at"]) == ("paused", None, None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "http://169.254.169.254/"}, "url"),
        ({"url": "http://10.0.0.1/"}, "url"),
        ({"url": 7}, "url"),
        ({"url": "http://example.com", "colour": "red"}, "colour"),
        ({"url": "http://example.com", "crawl": {"max_pages": 0}}, "crawl.max_pages"),
        ({"url": "http://example.com", "crawl": {"max_pages": 100_001}}, "crawl.max_pages"),
        ({"url": "http://example.com", "crawl": {"pages": 1}}, "crawl.pages"),
        ({"url": "http://example.com", "crawl": {"keep": ["main", "p >"]}}, "crawl.keep"),
        ({"url": "http://example.com", "crawl": {"drop": ["p"] * 21}}, "crawl.drop"),
        ({"url": "http://example.com", "crawl": {"drop": ["p" * 201]}}, "crawl.drop[0]"),
        ({"url": "http://example.com", "crawl": {"languages": "de"}}, "crawl.languages"),
        ({"url": "http://example.com", "crawl": {"languages": []}}, "crawl.languages"),
        ({"url": "http://example.com", "crawl": {"languages": ["en", "no tag"]}}, "crawl.languages[1]"),
        ({"url": "http://example.com", "crawl": {"versions": "oldest"}}, "crawl.versions"),
        ({"url": "http://example.com", "crawl": {"scope": "web"}}, "crawl.scope"),
        ({"url": "http://example.com", "credentials": {"headers": {"Host": "x"}}}, "credentials.headers"),
        ({"url": "http://example.com", "credentials": {"cookies": {"a": "b;c"}}}, "credentials.cookies"),
        ({"url": "http://example.com", "credentials": {"password": "x"}}, "credentials.password"),
        ({"url": "http://example.com", "name": " "}, "name"),
        ({"url": "http://example.com", "is_enabled": True}, "is_enabled"),
        ({"url": "http://example.com", "cron_expression": "0 0 31 2 *"}, "cron_expression"),
        ({"url": "http://example.com", "cron_expression": "* * * * *"}, "cron_expression"),
        ({"url": "http://example.com", "cron_expression": "tomorrow"}, "cron_expression"),
        ({"url": "http://example.com", "cron_expression": "0 2 * * *", "timezone": "Mars/Phobos"}, "timezone"),
        ({"url": "http://example.com", "timezone": "Mars/Phobos"}, "timezone"),
        ({"url": "http://example.com", "on_failure": "panic"}, "on_failure"),
        ({"url": "http://example.com", "crawl": {"include": ["/a*", "[a"]}}, "crawl.include"),
        ({"url": "http://example.com", "crawl": {"exclude": ["http://other.example/*"]}}, "crawl.exclude"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(service: Service, body: dict[str, Any], field: str) -> None:
    before = service.json("GET", "/api/projects")["counts"]["all"]
    answer = service.client.post("/api/projects", json=body)
    problem = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in problem["errors"]] == [field]
    assert problem["errors"][0]["message"]
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Unprocessable Content", 422)
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert service.json("GET", "/api/projects")["counts"]["all"] == before


def test_an_edit_changes_what_it_names_and_nothing_else(service: Service, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    edited = service.json("PATCH", path, {"name": "Renamed", "crawl": {"max_pages": 7, "exclude": ["/old/*"]}})
    assert edited["name"] == "Renamed"
    assert edited["crawl"] == {**project["crawl"], "max_pages": 7, "exclude": ["/old/*"]}
    assert edited["url"] == project["url"]
    assert service.json("PATCH", path, {})["crawl"] == edited["crawl"]
    assert service.json("PATCH", path, {"crawl": {"max_pages": None}})["crawl"]["max_pages"] is None


def test_selectors_languages_and_versions_have_defaults_and_can_be_changed(
    service: Service, project: dict[str, Any]
) -> None:
    path, chosen = f"/api/projects/{project['id']}", ("keep", "drop", "languages", "versions")
    assert [project["crawl"][name] for name in chosen] == [[], [], "start", "newest"]
    wanted = {"keep": ["main > article"], "drop": [".ad", "nav"], "languages": ["en", "pt-BR"], "versions": "all"}
    edited = service.json("PATCH", path, {"crawl": wanted})
    assert {name: edited["crawl"][name] for name in chosen} == wanted
    assert service.json("PATCH", path, {"crawl": {"languages": "all"}})["crawl"] == {
        **edited["crawl"],
        "languages": "all",
    }


def test_the_folder_that_is_covered_is_told_and_another_scope_can_be_named(service: Service) -> None:
    project = service.json("POST", "/api/projects", {"url": "http://example.com/docs/intro"}, 201)
    assert (project["folder"], project["crawl"]["scope"]) == ("/docs/", None)
    path = f"/api/projects/{project['id']}"
    for scope, folder in (("host", "/"), ("path", "/docs/intro/"), (None, "/docs/")):
        edited = service.json("PATCH", path, {"crawl": {"scope": scope}})
        assert (edited["folder"], edited["crawl"]["scope"]) == (folder, scope)


def test_a_glob_names_a_path_of_the_site_also_with_its_host(service: Service, project: dict[str, Any]) -> None:
    path, own = f"/api/projects/{project['id']}", f"{project['url']}docs/*"
    assert service.json("PATCH", path, {"crawl": {"include": [own, "*.html"]}})["crawl"]["include"] == [own, "*.html"]
    refused = service.json("PATCH", path, {"crawl": {"exclude": ["https://other.example/*"]}}, expect=422)
    assert refused["errors"][0]["field"] == "crawl.exclude"
    assert "other.example" in refused["errors"][0]["message"]


def test_what_a_failure_does_to_a_schedule_can_be_changed(service: Service, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    assert project["on_failure"] == "stop"
    for on_failure in ("continue", "stop", "continue"):
        assert service.json("PATCH", path, {"on_failure": on_failure})["on_failure"] == on_failure
        assert service.json("GET", path)["on_failure"] == on_failure
    assert service.json("PATCH", path, {"name": "Renamed"})["on_failure"] == "continue"
    service.json("PATCH", path, {"on_failure": "panic"}, expect=422)
    assert service.json("GET", path)["on_failure"] == "continue"


def test_the_address_of_a_project_cannot_be_changed(service: Service, project: dict[str, Any]) -> None:
    service.json("PATCH", f"/api/projects/{project['id']}", {"url": "http://example.com"}, expect=422)


def test_a_schedule_that_is_enabled_later_brings_the_first_run(service: Service, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    assert service.json("PATCH", path, DAILY)["is_enabled"] is False
    enabled = service.json("PATCH", path, {"is_enabled": True})
    assert enabled["next_run_at"]
    assert enabled["active_run"]["trigger"] == "initial"
    service.run_ended(enabled["active_run"]["id"])


def test_pause_and_resume_move_the_next_time_and_bring_no_second_first_run(service: Service, site: Site) -> None:
    created = service.json("POST", "/api/projects", {"url": site.url, **DAILY}, expect=201)
    path = f"/api/projects/{created['id']}"
    service.run_ended(created["active_run"]["id"])
    paused = service.json("POST", f"{path}/pause")
    assert (paused["status"], paused["is_enabled"], paused["next_run_at"]) == ("paused", False, None)
    resumed = service.json("POST", f"{path}/resume")
    assert (resumed["status"], resumed["next_run_at"]) == ("fresh", created["next_run_at"])
    assert len(service.json("GET", f"{path}/runs")["items"]) == 1


def test_a_project_without_a_schedule_cannot_be_resumed(service: Service, project: dict[str, Any]) -> None:
    service.json("POST", f"/api/projects/{project['id']}/resume", expect=409)


def test_a_deleted_project_is_gone_with_its_runs(service: Service, project: dict[str, Any]) -> None:
    run = service.run_now(project["id"])
    service.json("DELETE", f"/api/projects/{project['id']}", expect=204)
    service.json("GET", f"/api/projects/{project['id']}", expect=404)
    service.json("GET", f"/api/runs/{run['id']}", expect=404)
    service.json("DELETE", f"/api/projects/{project['id']}", expect=404)


@pytest.mark.parametrize("path", ["", "/runs", "/pages", "/occurrences", "/llms.txt", "/llms-full.txt", "/pages/a.md"])
def test_what_is_not_there_is_404(service: Service, path: str) -> None:
    problem = service.json("GET", f"/api/projects/{uuid4()}{path}", expect=404)
    assert problem["detail"]


SORTS = ["created_at", "name", "next_run_at", "attention"]


@pytest.mark.parametrize("sort", SORTS)
def test_a_list_is_read_page_by_page_with_no_project_twice(service: Service, sort: str) -> None:
    word = uuid4().hex
    made = {
        service.json("POST", "/api/projects", {"url": "http://example.com", "name": f"{word} {i}"}, expect=201)["id"]
        for i in range(5)
    }
    seen: list[str] = []
    cursor = ""
    while True:
        page = service.json("GET", f"/api/projects?q={word}&limit=2&sort={sort}{cursor}")
        seen += [project["id"] for project in page["items"]]
        if not page["next_cursor"]:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len(seen) == 5
    assert set(seen) == made
    assert page["counts"]["new"] == 5
    assert service.json("GET", f"/api/projects?q={word}&status=failed")["items"] == []
    assert len(service.json("GET", f"/api/projects?q={word}&schedule=none")["items"]) == 5


@pytest.mark.parametrize(("of", "sent_to"), list(permutations(SORTS, 2)))
def test_a_cursor_of_another_sort_is_422(service: Service, of: str, sent_to: str) -> None:
    word = uuid4().hex
    for number in range(2):
        body = {"url": "http://example.com", "name": f"{word} {number}"}
        service.json("POST", "/api/projects", body, expect=201)
    cursor = service.json("GET", f"/api/projects?q={word}&limit=1&sort={of}")["next_cursor"]
    told = service.json("GET", f"/api/projects?q={word}&sort={sent_to}&cursor={cursor}", expect=422)
    assert [error["field"] for error in told["errors"]] == ["cursor"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "cursor=zzz", "cursor=WzFd", "status=odd", "sort=x"]
)
def test_a_wrong_parameter_of_a_list_is_422(service: Service, query: str) -> None:
    problem = service.json("GET", f"/api/projects?{query}", expect=422)
    assert problem["errors"][0]["field"] == query.partition("=")[0]


def test_one_project_shows_its_newest_runs_in_brief_and_a_list_where_it_is_asked_to(
    service: Service, project: dict[str, Any]
) -> None:
    assert project["recent"] == []
    run = service.run_now(project["id"])
    (brief,) = service.json("GET", f"/api/projects/{project['id']}")["recent"]
    assert brief.pop("seconds") >= 0
    assert brief == {
        "id": run["id"],
        "number": 1,
        "status": "COMPLETE_WITH_DIFFS",
        "held": None,
        "pages": 4,
        "changed": 4,
        "finished_at": run["finished_at"],
    }
    plain, full = (service.json("GET", f"/api/projects?limit=200{more}")["items"] for more in ("", "&recent=true"))
    assert {each["recent"] is None for each in plain} == {True}
    assert [len(each["recent"]) for each in full if each["id"] == project["id"]] == [1]


def test_a_site_behind_a_login_is_read_and_its_credentials_are_never_shown_or_logged(
    service: Service, tmp_path: Path
) -> None:
    secret = f"s3cret{uuid4().hex}"
    shown = []
    with serve_site(tmp_path, secret) as site:
        credentials = {"headers": {"X-Token": secret}, "cookies": {"sid": secret}}
        body = {"url": site.url, "name": "Wiki", "credentials": credentials}
        key = {"Idempotency-Key": uuid4().hex}
        created = service.client.post("/api/projects", json=body, headers=key).json()
        path = f"/api/projects/{created['id']}"
        known = created["credentials"]
        assert {**known, "set_at": None} == {"headers": ["X-Token"], "cookies": ["sid"], "basic": False, "set_at": None}
        assert known["set_at"] >= created["created_at"]
        run = service.run_now(created["id"])
        assert (run["status"], run["progress"]["fetched"]) == ("COMPLETE_WITH_DIFFS", 4)
        service.json("PATCH", path, {"credentials": {"basic": {"user": secret, "password": secret}}})
        failed = service.run_now(created["id"])
        assert (failed["status"], failed["error"]["code"]) == ("FAILED", "http_error")
        for wrong in ({"headers": {"X-Token": f"{secret}\n"}}, {"basic": {"user": secret}}, {"headers": {secret: 1}}):
            answer = service.client.patch(path, json={"credentials": wrong})
            assert answer.status_code == 422
            shown.append(answer.text)
        reads = (path, "/api/projects", f"{path}/runs", f"/api/runs/{run['id']}", f"/api/runs/{run['id']}/pages")
        shown += [service.client.get(read).text for read in reads]
        shown.append(service.client.get("/api/audit?limit=200").text)
        removed = service.json("PATCH", path, {"credentials": None})
        assert removed["credentials"] is None
    assert not [text for text in [*shown, service.log, str(created)] if secret in text]
    assert "project.edit" in shown[-1]


async def test_a_request_with_credentials_is_done_once_and_its_stored_digest_cannot_be_guessed_at(
    service: Service,
) -> None:
    body = json.dumps({"url": "https://example.com/", "credentials": {"basic": {"user": "ann", "password": "1234"}}})
    headers = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"}
    first = service.client.post("/api/projects", content=body, headers=headers)
    again = service.client.post("/api/projects", content=body, headers=headers)
    assert (first.status_code, again.content) == (201, first.content)
    other = service.client.post("/api/projects", content=body.replace("1234", "1235"), headers=headers)
    assert other.status_code == 422
    url = running_database_url(Path(service.environment["LLMSTXT_DATA__DIR"]))
    assert url
    statement = "SELECT request_sha256 FROM idempotency_keys WHERE key = $1"
    (kept,) = await sql(url, statement, headers["Idempotency-Key"])
    assert kept["request_sha256"] != hashlib.sha256(f"POST /api/projects\n{body}".encode()).digest()
    service.client.delete(f"/api/projects/{first.json()['id']}")


def test_a_viewer_sees_which_credentials_there_are_and_may_set_none(service: Service, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    service.json("PATCH", path, {"credentials": {"basic": {"user": "ann", "password": "s3cret"}}})
    made = service.json("POST", "/api/tokens", {"name": "reader", "scope": "read"}, expect=201)
    reader = {"Authorization": f"Bearer {made['token']}"}
    seen = service.client.get(path, headers=reader).json()
    assert seen["credentials"]["basic"] is True
    assert service.client.patch(path, json={"credentials": None}, headers=reader).status_code == 403
