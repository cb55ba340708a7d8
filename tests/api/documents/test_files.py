from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from llms_txt import parse_llms_file
from tests.support.service import Service, Site


@pytest.fixture
def published(service: Service, site: Site) -> dict[str, Any]:
    """A public project with documents."""
    created = service.json("POST", "/api/projects", {"url": site.url, "is_public": True}, expect=201)
    service.run_now(created["id"])
    return dict(created)


def test_llms_txt_is_what_the_reference_parser_takes(service: Service, published: dict[str, Any]) -> None:
    answer = service.client.get(f"/api/projects/{published['id']}/llms.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    parsed = parse_llms_file(answer.text)
    links = [link.title for section in parsed.sections.values() for link in section]
    assert sorted(links) == ["First", "Home", "Second", "Third"]


def test_a_project_without_a_document_says_why(service: Service, site: Site, project: dict[str, Any]) -> None:
    def said(project_id: str) -> str:
        return str(service.json("GET", f"/api/projects/{project_id}/llms.txt", expect=404)["detail"])

    assert said(project["id"]) == "the project has no document yet: it has never run"
    nothing = service.json("POST", "/api/projects", {"url": f"  {site.url}nothing.html "}, expect=201)
    assert nothing["url"] == f"{site.url}nothing.html"
    assert service.run_now(nothing["id"])["status"] == "FAILED"
    assert said(nothing["id"]) == (
        f"the project has no document yet: its last run failed: {site.url}nothing.html answered 404"
    )
    unknown = "00000000-0000-4000-8000-00000000000f"
    assert said(unknown) == f"there is no project {unknown}"


def test_an_entity_tag_saves_the_body(service: Service, published: dict[str, Any]) -> None:
    for name in ("llms.txt", "llms-full.txt", "pages/one.html.md"):
        path = f"/api/projects/{published['id']}/{name}"
        answer = service.client.get(path)
        same = service.client.get(path, headers={"If-None-Match": f'"other", W/{answer.headers["etag"]}'})
        assert (same.status_code, same.content) == (304, b"")
        assert service.client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
        head = service.client.head(path)
        assert (head.status_code, head.headers["etag"], head.content) == (200, answer.headers["etag"], b"")
        assert head.headers.get("content-length") == answer.headers.get("content-length")


def test_a_page_is_served_as_markdown(service: Service, published: dict[str, Any]) -> None:
    answer = service.client.get(f"/api/projects/{published['id']}/pages/one.html.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.text.startswith("# First\n\nThe first of the pages, with a sentence of its own.")


def test_llms_full_holds_every_page_under_a_heading_of_its_own(service: Service, published: dict[str, Any]) -> None:
    text = service.client.get(f"/api/projects/{published['id']}/llms-full.txt").text
    assert [line for line in text.split("\n") if line.startswith("# ")][1:] == [
        "# Home",
        "# First",
        "# Second",
        "# Third",
    ]


def test_a_public_project_needs_no_token_and_a_private_one_is_not_found(
    service: Service, published: dict[str, Any]
) -> None:
    anonymous = {"Authorization": ""}
    for name in ("llms.txt", "llms-full.txt", "one.html.md"):
        path = f"/p/{published['slug']}/{name}"
        answer = service.client.get(path, headers=anonymous)
        assert answer.status_code == 200
        assert answer.headers["cache-control"].startswith("public")
    service.json("PATCH", f"/api/projects/{published['id']}", {"is_public": False})
    assert service.client.get(path, headers=anonymous).status_code == 404


@pytest.mark.parametrize("path", ["nope.md", "../../etc/passwd", "%00.md", "llms.txt/x", "%ff"])
def test_a_path_that_is_no_document_is_404(service: Service, published: dict[str, Any], path: str) -> None:
    assert service.client.get(f"/p/{published['slug']}/{path}").status_code == 404


def test_a_path_may_be_encoded_as_a_whole(service: Service, site: Site) -> None:
    (site.folder / "guide").mkdir()
    site.write("guide/index.html", "Guide", "Where everything about the guide begins.", "%C3%BCber%20uns.html")
    site.write("guide/über uns.html", "About", "Who made all of this, and why they did so.")
    made = service.json("POST", "/api/projects", {"url": f"{site.url}guide/", "is_public": True}, expect=201)
    service.run_now(made["id"])
    path = "guide/%C3%BCber%20uns.html.md"
    for place in (f"/api/projects/{made['id']}/pages/", f"/p/{made['slug']}/"):
        as_stored = service.client.get(place + path)
        assert as_stored.text.startswith("# About")
        encoded = service.client.get(place + quote(path, safe=""))
        assert (encoded.status_code, encoded.content) == (200, as_stored.content)
        assert encoded.headers["content-type"] == as_stored.headers["content-type"]
        assert service.client.get(place + quote(f"../{path}\0", safe="")).status_code == 404
