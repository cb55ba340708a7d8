from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest
from tests.support.service import TOKEN, Service

from llmstxt_sched.api.permissions import PERMISSIONS

FEEDS = ("/api/feed.xml", "/api/projects/{id}/feed.xml")


def basic(credentials: str) -> str:
    return "Basic " + base64.b64encode(credentials.encode()).decode()


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("user", ["", "anybody"])
def test_a_feed_takes_the_token_as_a_password(service: Service, project: dict[str, Any], path: str, user: str) -> None:
    headers = {"Authorization": basic(f"{user}:{TOKEN}")}
    assert httpx.get(service.url + path.format(**project), headers=headers).status_code == 200


@pytest.mark.parametrize("sent", ["Basic", "Basic %%%", "Basic /w==", basic(TOKEN), basic(f"{TOKEN}:"), basic("a:b")])
def test_what_has_no_valid_token_is_asked_for_one(service: Service, sent: str) -> None:
    answer = httpx.get(f"{service.url}/api/feed.xml", headers={"Authorization": sent})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer, Basic realm="llmstxt-sched"'


def test_no_other_call_takes_a_password(service: Service) -> None:
    taken = {
        path
        for method, path in PERMISSIONS
        if method == "GET" and httpx.get(service.url + path, headers={"Authorization": basic(f":{TOKEN}")}).is_success
    }
    assert {path for path in taken if path.startswith("/api/")} == {"/api/feed.xml", "/api/docs", "/api/openapi.json"}
    answer = httpx.get(f"{service.url}/api/projects")
    assert answer.headers["www-authenticate"] == "Bearer"
