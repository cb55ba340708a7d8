from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from tests.support.service import Service, Site


@pytest.fixture
def pages(service: Service, project: dict[str, Any]) -> str:
    """Where the pages of a project are whose first run has ended."""
    service.run_now(project["id"])
    return f"/api/projects/{project['id']}/pages"


def test_pages_are_listed_with_the_reason_of_their_outcome(service: Service, site: Site, pages: str) -> None:
    found = service.json("GET", pages)
    assert found["counts"] == {"ok": 4, "robots": 1}
    assert len(found["items"]) == 5
    secret = next(page for page in found["items"] if page["outcome"] == "robots")
    assert (secret["url"], secret["path"]) == (f"{site.url}secret.html", None)
    assert "robots.txt forbids it" in secret["reason"]
    assert [page["reason"] for page in found["items"] if page["outcome"] == "ok"] == [
        "It was read and holds a page."
    ] * 4


def test_pages_are_filtered_and_paged(service: Service, site: Site, pages: str) -> None:
    def urls(query: str) -> list[str]:
        return [page["url"].removeprefix(site.url) for page in service.json("GET", f"{pages}?{query}")["items"]]

    assert urls("outcome=robots") == urls("listed=false") == ["secret.html"]
    assert urls("q=TWO.html") == urls("q=second") == ["two.html"]
    assert urls("q=nothing") == []
    first = service.json("GET", f"{pages}?listed=true&limit=3")
    rest = urls(f"listed=true&limit=3&cursor={first['next_cursor']}")
    assert len(first["items"]) == 3
    assert len(rest) == 1
    assert first["counts"] == {"ok": 4}


def test_why_an_address_is_missing_is_told(service: Service, site: Site, pages: str) -> None:
    def ask(url: str) -> Any:
        return service.client.get(pages, params={"url": url}).json()

    listed = ask("/one.html")
    assert (listed["verdict"], listed["page"]["path"]) == ("listed", "one.html.md")
    met = ask(f"{site.url}secret.html")
    assert (met["verdict"], met["page"]["outcome"]) == ("met", "robots")
    unknown = ask(f"{site.url}nowhere.html")
    assert (unknown["url"], unknown["verdict"], unknown["page"]) == (f"{site.url}nowhere.html", "unknown", None)
    forbidden = ask("/secret.html?unlinked")
    assert (forbidden["verdict"], forbidden["page"]) == ("disallowed", None)
    assert "robots.txt forbids it" in forbidden["reason"]
    assert ask("https://example.com/")["verdict"] == "out_of_scope"
    service.json("PATCH", pages.removesuffix("/pages"), {"crawl": {"exclude": ["/now*"]}})
    assert ask("/nowhere.html")["verdict"] == "excluded"
    assert ask("one")["errors"][0]["field"] == "url"


@pytest.mark.parametrize("query", ["outcome=odd", "listed=perhaps", f"q={'x' * 201}", "q=%00", f"url=/{'x' * 2048}"])
def test_a_wrong_filter_is_422(service: Service, pages: str, query: str) -> None:
    service.json("GET", f"{pages}?{query}", expect=422)


def test_pages_of_a_project_that_is_not_there_are_404(service: Service) -> None:
    for query in ("", "?url=/"):
        service.json("GET", f"/api/projects/{uuid4()}/pages{query}", expect=404)


def test_what_a_run_saw_has_its_reason(service: Service, site: Site, project: dict[str, Any]) -> None:
    run = service.run_now(project["id"])
    reasons = {page["outcome"]: page["reason"] for page in service.json("GET", f"/api/runs/{run['id']}/pages")["items"]}
    assert reasons.keys() == {"ok", "robots"}
    assert "robots.txt forbids it" in reasons["robots"]
