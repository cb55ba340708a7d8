from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.support.service import Service, Site


def test_what_the_site_serves_is_compared_with_what_was_written(
    service: Service, site: Site, project: dict[str, Any]
) -> None:
    path = f"/api/projects/{project['id']}/served-check"
    assert "it has never run" in service.json("POST", path, expect=404)["detail"]
    service.run_now(project["id"])
    missing = service.json("POST", path)
    assert (missing["url"], missing["status_code"], missing["size"]) == (f"{site.url}llms.txt", 404, None)
    body = service.client.get(f"/api/projects/{project['id']}/llms.txt").content
    (site.folder / "llms.txt").write_bytes(body)
    current = service.json("POST", path)
    assert (current["is_current"], current["matches_version"], current["size"]) == (True, 1, len(body))
    assert current["message"].endswith(".")
    assert current["checked_at"]


def test_a_project_that_is_not_there_has_no_check(service: Service) -> None:
    service.json("POST", f"/api/projects/{uuid4()}/served-check", expect=404)
