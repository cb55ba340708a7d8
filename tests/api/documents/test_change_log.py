from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.support.service import Service, serve_site


@pytest.fixture(scope="module")
def history(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A public project with two versions, and the addresses of its changes."""
    with serve_site(tmp_path_factory.mktemp("site")) as site:
        project = service.json("POST", "/api/projects", {"url": site.url, "is_public": True}, expect=201)
        first = service.run_now(project["id"])
        site.write("two.html", "Renamed", "The second of the pages, with a new sentence.")
        second = service.run_now(project["id"])
        yield {
            "runs": [first, second],
            "site": site.url,
            "public": f"/p/{project['slug']}/changes.jsonl",
            "private": f"/api/projects/{project['id']}/changes.jsonl",
        }


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize("kind", ["public", "private"])
def test_each_change_is_a_line_oldest_first(service: Service, history: dict[str, Any], kind: str) -> None:
    first, second = history["runs"]
    answer = service.client.get(history[kind])
    assert answer.headers["content-type"] == "application/jsonl; charset=utf-8"
    assert "link" not in answer.headers
    found = lines(answer)
    assert [each["kind"] for each in found[:8]] == ["added"] * 8
    assert [(each["run"], each["version"]) for each in found] == [(1, 1)] * 8 + [(2, 2)] * 3
    assert {each["run_id"] for each in found[8:]} == {second["id"]}
    changed, renamed, described = found[8:]
    assert (changed["scope"], changed["kind"], changed["url"]) == ("page", "changed", f"{history['site']}two.html")
    assert (renamed["scope"], renamed["before"], renamed["after"]) == ("entry", "Second", "Renamed")
    assert described["kind"] == "redescribed"
    assert first["finished_at"] < second["started_at"] < changed["at"]


def test_since_leaves_out_what_is_known(service: Service, history: dict[str, Any]) -> None:
    path = history["public"]
    everything = lines(service.client.get(path))
    new = everything[8:]
    assert lines(service.client.get(f"{path}?since=1")) == new
    assert lines(service.client.get(path, params={"since": everything[0]["at"]})) == new
    assert lines(service.client.get(path, params={"since": "2020-01-01T00:00:00+02:00"})) == everything
    for since in ("2", "99999999999999999999", new[-1]["at"]):
        assert lines(service.client.get(path, params={"since": since})) == []


@pytest.mark.parametrize("since", ["1.5", "1e3", "-0", "\u0661", "2020-01-01", "2020-01-01T00:00:00", "null", ""])
def test_since_is_refused_where_it_is_neither_the_number_of_a_run_nor_a_time(
    service: Service, history: dict[str, Any], since: str
) -> None:
    answer = service.client.get(history["public"], params={"since": since})
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, ["since"])


@pytest.mark.parametrize("kind", ["public", "private"])
def test_a_list_that_is_cut_names_what_follows(service: Service, history: dict[str, Any], kind: str) -> None:
    found, lengths, url = [], [], f"{history[kind]}?limit=3&since=0"
    while url:
        answer = service.client.get(url)
        found += lines(answer)
        lengths.append(len(lines(answer)))
        url = answer.links.get("next", {}).get("url", "")
    assert lengths == [3, 3, 3, 2]
    assert found == lines(service.client.get(history[kind]))


def test_a_list_has_another_tag_once_something_follows_it(service: Service, history: dict[str, Any]) -> None:
    path = history["public"]
    cut, whole = (service.client.get(f"{path}?since=1&limit={limit}") for limit in (2, 3))
    assert service.client.get(f"{path}?since=1&limit=3", headers={"If-None-Match": cut.headers["etag"]}).is_success
    same = service.client.get(f"{path}?since=1&limit=3", headers={"If-None-Match": whole.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    head = service.client.head(path)
    assert (head.content, head.headers["cache-control"]) == (b"", "public, max-age=300")
    assert head.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    "query", ["since=yesterday", "since=-1", "since=2026-11-24", "since=2026-11-24T02:00:00", "limit=0", "limit=1001"]
)
@pytest.mark.parametrize("kind", ["public", "private"])
def test_what_cannot_be_read_says_which(service: Service, history: dict[str, Any], kind: str, query: str) -> None:
    problem = service.json("GET", f"{history[kind]}?{query}", expect=422)
    assert [each["field"] for each in problem["errors"]] == [query.partition("=")[0]]


def test_a_project_that_is_not_public_tells_strangers_nothing(service: Service, project: dict[str, Any]) -> None:
    for slug in (project["slug"], "nothing", "%00"):
        assert httpx.get(f"{service.url}/p/{slug}/changes.jsonl").status_code == 404
    assert lines(service.client.get(f"/api/projects/{project['id']}/changes.jsonl")) == []
