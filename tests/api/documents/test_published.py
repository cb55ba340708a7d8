from __future__ import annotations

from typing import Any

import pytest
from tests.support.service import Service, Site, until


@pytest.fixture
def path(service: Service, site: Site) -> str:
    """The address of a public project's documents."""
    project: dict[str, Any] = service.json("POST", "/api/projects", {"url": site.url, "is_public": True}, expect=201)
    service.run_now(project["id"])
    return f"/p/{project['slug']}"


@pytest.mark.parametrize("name", ["llms.txt", "llms-full.txt", "one.html.md"])
def test_a_document_in_memory_is_the_same_as_at_first(service: Service, path: str, name: str) -> None:
    first = service.client.get(f"{path}/{name}")
    for _ in range(3):
        again = service.client.get(f"{path}/{name}")
        assert again.content == first.content
        volatile = {"x-request-id", "date"}
        assert {k: v for k, v in again.headers.items() if k not in volatile} == {
            k: v for k, v in first.headers.items() if k not in volatile
        }
    assert int(first.headers["content-length"]) > 0
    same = service.client.get(f"{path}/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_a_new_version_is_served_soon_and_a_withdrawn_one_never_again(service: Service, site: Site, path: str) -> None:
    first = service.client.get(f"{path}/llms.txt")
    project = next(each for each in service.json("GET", "/api/projects")["items"] if path.endswith(each["slug"]))
    site.write("two.html", "Another", "The second of the pages, with another sentence.")
    service.run_now(project["id"])
    newest = until(lambda: _other(service, path, first.text), "the new version")
    assert "[Another]" in newest
    for _ in range(3):
        assert service.client.get(f"{path}/llms.txt").text == newest
    service.json("PATCH", f"/api/projects/{project['id']}", {"is_public": False})
    assert service.client.get(f"{path}/llms.txt").status_code == 404


def _other(service: Service, path: str, text: str) -> str | None:
    found = service.client.get(f"{path}/llms.txt").text
    return found if found != text else None
