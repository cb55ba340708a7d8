from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.support.service import Service, Site


def test_a_badge_is_a_picture_that_caches_keep_for_a_minute(service: Service, site: Site) -> None:
    project = service.json("POST", "/api/projects", {"url": site.url, "is_public": True}, expect=201)
    url = f"{service.url}/p/{project['slug']}/badge.svg"
    assert 'aria-label="llms.txt: no file yet"' in httpx.get(url).text
    service.run_now(project["id"])
    answer = httpx.get(url)
    assert 'aria-label="llms.txt: fresh, checked less than a minute ago"' in answer.text
    assert answer.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer.headers["content-encoding"] == "gzip"
    assert httpx.get(url, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    head = httpx.head(url, headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(answer.content)))


@pytest.mark.parametrize("slug", ["{slug}", "nothing", "%00"])
def test_a_project_that_is_not_public_has_no_badge(service: Service, project: dict[str, Any], slug: str) -> None:
    answer = httpx.get(f"{service.url}/p/{slug.format(**project)}/badge.svg")
    assert (answer.status_code, answer.json()["detail"]) == (404, "nothing is published here")
