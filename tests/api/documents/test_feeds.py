from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.support.feeds import read_feed
from tests.support.service import TOKEN, Service, serve_site

HOSTILE = "&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt; ]]&gt;"


@pytest.fixture(scope="module")
def history(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A public project with two versions, the second with a hostile title."""
    with serve_site(tmp_path_factory.mktemp("site")) as site:
        body = {"url": site.url, "name": "Told", "is_public": True}
        project: dict[str, Any] = service.json("POST", "/api/projects", body, expect=201)
        first = service.run_now(project["id"])
        site.write("two.html", HOSTILE, "The second of the pages, with a new sentence.")
        second = service.run_now(project["id"])
        yield {
            "project": project,
            "runs": [first, second],
            "site": site.url,
            "public": f"/p/{project['slug']}/feed.xml",
            "private": f"/api/projects/{project['id']}/feed.xml",
        }


@pytest.mark.parametrize("kind", ["public", "private"])
def test_each_version_is_an_entry_with_what_it_changed(service: Service, history: dict[str, Any], kind: str) -> None:
    answer = service.client.get(history[kind])
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = read_feed(answer.content)
    assert feed.feed.title == "Told: changes of llms.txt"
    second, first = feed.entries
    assert (second.title, first.title) == ("Told: 1 renamed, 1 described anew", "Told: first version, 4 pages")
    content = second.content[0].value
    assert f'<a href="{history["site"]}two.html">' in content
    assert "<del>Second</del>" in content
    assert "<img" not in content
    assert feed.feed.updated == second.updated > first.updated
    before, after = (f"{service.url}/api/runs/{run['id']}/llms.txt" for run in history["runs"])
    assert [link.href for link in second.links if link.rel == "related"] == [after, before]
    assert [link.href for link in first.links if link.rel == "related"] == [before]


def test_strangers_are_led_to_what_is_public_and_users_to_the_page_of_changes(
    service: Service, history: dict[str, Any]
) -> None:
    public, private = (read_feed(service.client.get(history[kind]).content) for kind in ("public", "private"))
    assert public.entries[0].link == f"{service.url}/p/{history['project']['slug']}/llms.txt"
    first, second = history["runs"]
    changes = f"{service.url}/projects/{history['project']['id']}/changes?to={second['id']}&from={first['id']}"
    assert private.entries[0].link == changes
    assert [entry.id for entry in public.entries] == [entry.id for entry in private.entries]
    selves = [link.href for feed in (public, private) for link in feed.feed.links if link.rel == "self"]
    assert selves == [service.url + history["public"], service.url + history["private"]]


def test_the_feed_of_all_projects_has_the_newest_versions_first(service: Service, history: dict[str, Any]) -> None:
    feed = read_feed(service.client.get("/api/feed.xml").content)
    times = [entry.updated for entry in feed.entries]
    assert times == sorted(times, reverse=True)
    known = {entry.id for entry in read_feed(service.client.get(history["private"]).content).entries}
    assert known <= {entry.id for entry in feed.entries}


@pytest.mark.parametrize(
    ("kind", "cache"),
    [("public", "public, max-age=300"), ("private", "private, no-cache"), (None, "private, no-cache")],
)
def test_a_feed_is_sent_as_documents_are(
    service: Service, history: dict[str, Any], kind: str | None, cache: str
) -> None:
    path = history[kind] if kind else "/api/feed.xml"
    full = service.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert full.headers["content-encoding"] == "gzip"
    assert full.headers["cache-control"] == cache
    assert full.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    plain = service.client.get(path, headers={"Accept-Encoding": "identity"})
    assert plain.content == full.content
    assert plain.headers["etag"] != full.headers["etag"]
    head = service.client.head(path, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", plain.headers["etag"])
    assert head.headers["content-length"] == str(len(plain.content))
    same = service.client.get(path, headers={"If-None-Match": plain.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_a_public_project_without_a_version_has_an_empty_feed(service: Service, project: dict[str, Any]) -> None:
    service.json("PATCH", f"/api/projects/{project['id']}", {"is_public": True})
    assert read_feed(httpx.get(f"{service.url}/p/{project['slug']}/feed.xml").content).entries == []


@pytest.mark.parametrize("slug", ["{slug}", "nothing", "%00"])
def test_a_project_that_is_not_public_has_no_public_feed(service: Service, project: dict[str, Any], slug: str) -> None:
    answer = httpx.get(f"{service.url}/p/{slug.format(**project)}/feed.xml")
    assert (answer.status_code, answer.json()["detail"]) == (404, "nothing is published here")


def test_no_token_is_taken_from_the_query(service: Service, history: dict[str, Any]) -> None:
    for path in (history["private"], "/api/feed.xml"):
        assert httpx.get(f"{service.url}{path}?token={TOKEN}").status_code == 401
        assert service.client.get(f"{path}?token={TOKEN}").status_code == 422
