from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.support.service import Service, Site, serve_site

# The same in every process that collects the tests.
NOWHERE = UUID(int=4)


@pytest.fixture(scope="module")
def history(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A project with two versions; `path` is where its changes are, `runs` are its runs."""
    with serve_site(tmp_path_factory.mktemp("site")) as site:
        project = service.json("POST", "/api/projects", {"url": site.url}, expect=201)
        first = service.run_now(project["id"])
        site.write("two.html", "Renamed", "The second of the pages, with a new sentence.")
        second = service.run_now(project["id"])
        yield {"path": f"/api/projects/{project['id']}", "site": site, "runs": [first, second]}


def test_versions_are_listed_with_their_runs(service: Service, history: dict[str, Any]) -> None:
    first, second = history["runs"]
    found = service.json("GET", f"{history['path']}/versions?limit=1")
    assert found["items"] == [
        {
            "run_id": second["id"],
            "number": 2,
            "finished_at": second["finished_at"],
            "version_number": 2,
            "is_new": True,
        }
    ]
    rest = service.json("GET", f"{history['path']}/versions?cursor={found['next_cursor']}")
    assert [each["run_id"] for each in rest["items"]] == [first["id"]]
    assert rest["next_cursor"] is None


def test_what_differs_is_told_by_entries_pages_and_files(service: Service, history: dict[str, Any]) -> None:
    first, second = history["runs"]
    site: Site = history["site"]
    found = service.json("GET", f"{history['path']}/changes?from={first['id']}&to={second['id']}")
    assert found == service.json("GET", f"{history['path']}/changes")
    assert (found["from"]["run_id"], found["to"]["run_id"]) == (first["id"], second["id"])
    assert found["entries"]["renamed"] == [
        {"url": f"{site.url}two.html", "title": "Renamed", "before": "Second", "after": "Renamed"}
    ]
    assert found["pages"]["changed"] == [{"url": f"{site.url}two.html", "path": "two.html.md", "title": "Renamed"}]
    assert found["files"] == {"added": [], "removed": [], "changed": ["llms.txt"]}
    assert found["counts"]["pages"] == {"added": 0, "removed": 0, "changed": 1}
    assert found["counts"]["entries"]["renamed"] == 1
    assert found["is_cut"] is False
    new = service.json("GET", f"{history['path']}/changes?to={first['id']}")
    assert new["from"] is None
    assert len(new["entries"]["added"]) == new["counts"]["pages"]["added"] == 4


def test_the_text_of_a_file_is_told_in_hunks(service: Service, history: dict[str, Any]) -> None:
    path = f"{history['path']}/changes/text?path=two.html.md"
    found = service.json("GET", path)
    (hunk,) = found["hunks"]
    assert (hunk["before"], hunk["after"], hunk["cut"], found["cut"]) == (1, 1, False, False)
    assert "-# Second" in hunk["lines"]
    assert "+# Renamed" in hunk["lines"]
    changed = next(at for at, line in enumerate(hunk["lines"]) if line.startswith("+The second of the pages"))
    assert [hunk["lines"][changed][1:][start:end] for start, end in hunk["words"][changed]] == ["a new"]
    assert len(found["before_sha256"]) == len(found["after_sha256"]) == 64
    lines = service.json("GET", f"{history['path']}/changes/lines?path=two.html.md&first=1&last=1")
    assert lines == {"path": "two.html.md", "first": 1, "lines": ["# Renamed"]}
    assert service.json("GET", f"{path}&ignore_white_space=true")["hunks"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?from=x", 422),
        (f"?from={NOWHERE}", 404),
        (f"?to={NOWHERE}", 404),
        ("/text", 422),
        ("/text?path=llms-full.txt", 422),
        ("/text?path=nowhere.md", 404),
        ("/text?path=%00", 422),
        ("/text?path=llms.txt&ignore_white_space=perhaps", 422),
        ("/lines?path=llms.txt", 422),
        ("/lines?path=llms.txt&first=0&last=1", 422),
        ("/lines?path=nowhere.md&first=1&last=1", 404),
    ],
)
def test_what_cannot_be_compared_says_why(service: Service, history: dict[str, Any], query: str, status: int) -> None:
    assert service.json("GET", f"{history['path']}/changes{query}", expect=status)["detail"]


@pytest.mark.parametrize("path", ["versions", "changes", "changes/text?path=llms.txt"])
def test_versions_of_a_project_that_is_not_there_are_404(service: Service, path: str) -> None:
    service.json("GET", f"/api/projects/{uuid4()}/{path}", expect=404)


def test_a_project_without_a_version_says_so(service: Service, project: dict[str, Any]) -> None:
    assert service.json("GET", f"/api/projects/{project['id']}/versions")["items"] == []
    for path in ("changes", "changes/text?path=llms.txt", "changes/lines?path=llms.txt&first=1&last=1"):
        problem = service.json("GET", f"/api/projects/{project['id']}/{path}", expect=404)
        assert "it has never run" in problem["detail"]
