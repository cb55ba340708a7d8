"""What scripts ask over all projects."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from tests.support.service import Service, Site

URL = "https://docs.example.com"
LINES = {"Content-Type": "application/jsonl"}


@pytest.fixture
def labelled(service: Service) -> Iterator[list[dict[str, Any]]]:
    """Three projects, two of them of one label."""
    bodies = [
        {"url": f"{URL}/{name}/", "name": name, "labels": labels}
        for name, labels in (("a", ["x"]), ("b", ["x", "y"]), ("c", []))
    ]
    made = [service.json("POST", "/api/projects", body, expect=201) for body in bodies]
    yield made
    for project in made:
        service.client.delete(f"/api/projects/{project['id']}")


def ids(found: dict[str, Any]) -> set[str]:
    return {each["id"] for each in found["items"]}


def test_lists_and_bulk_actions_select_by_label(service: Service, labelled: list[dict[str, Any]]) -> None:
    a, b, c = labelled
    assert b["labels"] == ["x", "y"]
    for sort in ("created_at", "name", "next_run_at", "attention"):
        assert ids(service.json("GET", f"/api/projects?label=x&sort={sort}")) == {a["id"], b["id"]}
    assert service.json("GET", "/api/projects?label=y")["counts"]["all"] == 1
    edited = service.json("PATCH", f"/api/projects/{c['id']}", {"labels": ["z", "y", "z"]})
    assert edited["labels"] == ["z", "y"]
    schedule = {"cron_expression": "0 2 * * *", "is_enabled": False}
    wanted = {"action": "schedule", "filter": {"label": "y"}, "schedule": schedule}
    seen = service.json("POST", "/api/projects/bulk", {**wanted, "dry_run": True})
    assert (seen["matched"], seen["done"], seen["failed"]) == (2, 0, [])
    assert {each["id"] for each in seen["projects"]} == {b["id"], c["id"]}
    assert ids(service.json("GET", "/api/projects?label=y&schedule=daily")) == set()
    assert service.json("POST", "/api/projects/bulk", {**wanted, "expected": 2})["done"] == 2
    assert ids(service.json("GET", "/api/projects?label=y&schedule=daily")) == {b["id"], c["id"]}


def test_projects_whose_schedule_was_halted_are_found(service: Service, site: Site) -> None:
    body = {"url": f"{site.url}nothing.html", "cron_expression": "0 2 * * *"}
    project = service.json("POST", "/api/projects", body, expect=201)
    run = service.json("GET", f"/api/runs/{project['active_run']['id']}?wait=30")
    assert run["status"] == "FAILED"
    assert project["id"] in ids(service.json("GET", "/api/projects?schedule_state=HALTED"))
    assert project["id"] not in ids(service.json("GET", "/api/projects?schedule_state=ACTIVE&limit=200"))
    failed = service.json(
        "GET", f"/api/runs?status=FAILED&project={project['id']}&since={project['created_at'][:10]}T00:00:00Z"
    )
    assert [each["error"]["code"] for each in failed["items"]] == ["http_error"]
    assert service.json("GET", f"/api/runs?project={project['id']}&since=2999-01-01T00:00:00Z")["items"] == []


def test_the_runs_of_all_projects_come_in_pages_newest_first(service: Service, site: Site) -> None:
    projects = [service.json("POST", "/api/projects", {"url": site.url}, expect=201) for _ in range(3)]
    asked = [service.run_now(project["id"])["id"] for project in projects]
    found: list[str] = []
    cursor = ""
    while len(found) < 3:
        page = service.json("GET", f"/api/runs?limit=2{cursor}")
        found += [each["id"] for each in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert found[:3] == asked[::-1]


def test_a_run_that_has_not_ended_is_waited_for_no_longer_than_asked(service: Service, project: dict[str, Any]) -> None:
    ended = service.run_now(project["id"])
    assert service.json("GET", f"/api/runs/{ended['id']}?wait=60")["id"] == ended["id"]
    service.json("PATCH", f"/api/projects/{project['id']}", {"crawl": {"delay_seconds": 5}})
    slow = service.json("POST", f"/api/projects/{project['id']}/runs", expect=202)
    assert service.json("GET", f"/api/runs/{slow['id']}?wait=0.2")["status"] in {"QUEUED", "IN_PROGRESS"}
    service.json("POST", f"/api/runs/{slow['id']}/cancel", expect=202)
    assert service.json("GET", f"/api/runs/{slow['id']}?wait=30")["status"] == "CANCELED"
    assert service.json("GET", f"/api/runs/{slow['id']}?wait=61", expect=422)["detail"] == "wait: must be at most 60"


def test_creating_gives_the_project_of_the_same_address_when_asked(service: Service, site: Site) -> None:
    # Of its own: the site of another test may have had the same port.
    address = f"{site.url}{uuid4().hex}/"
    made = service.json("POST", "/api/projects", {"url": address, "name": "Tests"}, expect=201)
    again = {"url": address.replace("http", "HTTP"), "name": "Another"}
    found = service.json("POST", "/api/projects?on_conflict=return", again, expect=200)
    assert (found["id"], found["name"]) == (made["id"], "Tests")
    other = service.json("POST", "/api/projects?on_conflict=return", {"url": f"{address}other/"}, expect=201)
    assert other["id"] != made["id"]
    for project in (made, other):
        service.json("DELETE", f"/api/projects/{project['id']}", expect=204)


def test_a_key_is_for_one_query_too(service: Service, project: dict[str, Any]) -> None:
    def ask(path: str) -> int:
        headers = {"Idempotency-Key": "one query"}
        return service.client.post(path, json={"url": project["url"]}, headers=headers).status_code

    asked = ["/api/projects?on_conflict=return", "/api/projects?on_conflict=return", "/api/projects"]
    assert [ask(path) for path in asked] == [200, 200, 422]


def test_the_limits_in_force_stand_beside_those_that_were_set(service: Service, project: dict[str, Any]) -> None:
    assert project["limits"] == {"max_pages": 500, "max_depth": 10, "max_seconds": 1800, "delay_seconds": 0}
    edited = service.json("PATCH", f"/api/projects/{project['id']}", {"crawl": {"max_pages": 7, "delay_seconds": 2}})
    assert edited["limits"] == {"max_pages": 7, "max_depth": 10, "max_seconds": 1800, "delay_seconds": 2}


def test_an_address_moves_within_its_site_only(service: Service) -> None:
    project = service.json("POST", "/api/projects", {"url": "http://example.com/docs/"}, expect=201)
    path = f"/api/projects/{project['id']}"
    moved = service.json("PATCH", path, {"url": "https://example.com/guide/"})
    assert (moved["url"], moved["folder"], moved["slug"]) == ("https://example.com/guide/", "/guide/", project["slug"])
    for url in ("https://example.org/guide/", "http://example.com/guide/", "https://example.com:8443/"):
        refused = service.json("PATCH", path, {"url": url}, expect=422)
        told = "url: may move within https://example.com only: create another project for another site"
        assert refused["detail"] == told


def test_an_address_keeps_its_port(service: Service) -> None:
    project = service.json("POST", "/api/projects", {"url": "http://example.com:8080/docs/"}, expect=201)
    for url in ("https://example.com:8443/docs/", "https://example.com/docs/", "http://example.com/docs/"):
        service.json("PATCH", f"/api/projects/{project['id']}", {"url": url}, expect=422)
    service.json("PATCH", f"/api/projects/{project['id']}", {"url": "http://example.com:8080/guide/"})


def test_all_documents_come_as_one_archive(service: Service, site: Site) -> None:
    project = service.json("POST", "/api/projects", {"url": site.url, "labels": ["archive"]}, expect=201)
    service.run_now(project["id"])
    answer = service.client.get("/api/export?label=archive")
    assert answer.headers["content-type"] == "application/x-tar"
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
        files = {each.name: archive.extractfile(each) for each in archive}
        for name, file in files.items():
            folder, _, path = name.partition("/")
            assert folder == project["slug"]
            place = path if path in {"llms.txt", "llms-full.txt"} else f"pages/{path}"
            assert file
            assert file.read() == service.client.get(f"/api/projects/{project['id']}/{place}").content
    assert len(files) == 6


@pytest.mark.parametrize("path", ["export", "projects.jsonl"])
def test_a_label_that_is_none_is_refused_before_anything_is_sent(service: Service, path: str) -> None:
    service.json("GET", f"/api/{path}?label=%00", expect=422)


def test_projects_move_as_json_lines(service: Service, labelled: list[dict[str, Any]]) -> None:
    lines = service.client.get("/api/projects.jsonl?label=x").text
    moved = [json.loads(line) for line in lines.splitlines()]
    assert [each["url"] for each in moved] == [f"{URL}/a/", f"{URL}/b/"]
    assert moved[1]["labels"] == ["x", "y"]
    for project in labelled:
        service.json("DELETE", f"/api/projects/{project['id']}", expect=204)
    sent = f'{lines}\n{{"url": "ftp://x"}}\nnothing\n{{"name": 7}}\n{lines}'
    answer = service.client.post("/api/projects.jsonl", content=sent, headers=LINES).json()
    assert (answer["created"], answer["known"]) == (2, 2)
    assert answer["failed"] == [
        {"line": 4, "message": "url: the URL must begin with http:// or https://"},
        {"line": 5, "message": "is not valid JSON"},
        {"line": 6, "message": "url: is needed; name: must be a text or null"},
    ]
    made = service.json("GET", "/api/projects?label=x")
    for project in made["items"]:
        assert {name: project[name] for name in moved[0] if name != "crawl"} in [
            {name: each[name] for name in each if name != "crawl"} for each in moved
        ]
        service.client.delete(f"/api/projects/{project['id']}")


def test_a_line_that_is_nested_too_deep_is_told_with_the_others(service: Service) -> None:
    lines = [json.dumps({"url": f"{URL}/deep/"}), '{"x":' + "[" * 50_000]
    answer = service.client.post("/api/projects.jsonl", content="\n".join(lines), headers=LINES)
    assert answer.json() == {
        "created": 1,
        "known": 0,
        "failed": [{"line": 2, "message": "is nested too deep"}],
    }


def test_lines_are_called_so(service: Service) -> None:
    refused = service.client.post("/api/projects.jsonl", json={})
    assert (refused.status_code, refused.json()["detail"]) == (
        415,
        "the body must be application/jsonl, not application/json",
    )
