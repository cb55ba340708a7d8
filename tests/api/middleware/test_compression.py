from __future__ import annotations

from typing import Any

import pytest
from tests.support.service import Service


@pytest.fixture
def long_project(service: Service, project: dict[str, Any]) -> dict[str, Any]:
    """A project whose answer is long."""
    globs = [f"/{'folder/' * 60}{n}/*" for n in range(100)]
    edited: dict[str, Any] = service.json("PATCH", f"/api/projects/{project['id']}", {"crawl": {"include": globs}})
    return edited


def test_a_long_list_of_projects_is_compressed_for_who_accepts_it(
    service: Service, long_project: dict[str, Any]
) -> None:
    packed, plain = (
        service.client.get("/api/projects", headers={"Accept-Encoding": encoding}) for encoding in ("gzip", "identity")
    )
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert int(packed.headers["content-length"]) * 5 < int(plain.headers["content-length"])
    assert "content-encoding" not in plain.headers
    assert packed.json()["items"] == plain.json()["items"]
    assert long_project["id"] in {item["id"] for item in plain.json()["items"]}


def test_python_and_its_libraries_warn_of_nothing_at_the_start(service: Service) -> None:
    assert "service started" in service.log
    assert "py.warnings" not in service.log
