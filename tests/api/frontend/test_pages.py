from __future__ import annotations

import httpx
import pytest
from tests.support.service import Service

from llmstxt_sched.api.frontend.assets import DIGEST

UNSUBSCRIBE = f"/api/notifications/unsubscribe/{'A' * 75}"


@pytest.mark.parametrize(
    "path", ["/", "/projects", "/api/docs", "/api/openapi.json", f"/assets/{DIGEST}/main.js", UNSUBSCRIBE]
)
def test_what_a_browser_reads_takes_head(service: Service, path: str) -> None:
    url = f"{service.url}{path}"
    read, head = (httpx.request(method, url, headers={"Accept-Encoding": "identity"}) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (read.status_code, b"")
    assert read.content
    of_both = ("content-type", "content-length", "cache-control")
    assert [head.headers.get(name) for name in of_both] == [read.headers.get(name) for name in of_both]
