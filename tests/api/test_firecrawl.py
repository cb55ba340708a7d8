from __future__ import annotations

import warnings
from typing import Any
from uuid import uuid4

import pytest
from tests.support.service import TOKEN, Service, Site, until


def made(service: Service, body: dict[str, Any]) -> dict[str, Any]:
    """What is answered at the end."""
    started = service.json("POST", "/v1/llmstxt", body)

    def ended() -> dict[str, Any] | None:
        found: dict[str, Any] = service.json("GET", f"/v1/llmstxt/{started['id']}")
        return None if found["status"] == "processing" else found | {"id": started["id"]}

    found: dict[str, Any] = until(ended, "the end")
    return found


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_the_published_client_makes_an_llms_txt(service: Service, site: Site) -> None:
    # Here, because every process that only collects this test would else load it for a second.
    from firecrawl.v1 import V1FirecrawlApp

    client = V1FirecrawlApp(api_key=TOKEN, api_url=service.url)
    with warnings.catch_warnings():
        # Their models and calls are full of them.
        warnings.simplefilter("ignore")
        found = client.generate_llms_text(site.url, max_urls=3, show_full_text=True)
    assert (found.success, found.status, found.error) == (True, "completed", None)
    assert found.data
    assert found.data.llmstxt.startswith("# ")
    assert found.data.llmsfulltxt
    assert "Where everything about the tests begins." in found.data.llmsfulltxt


def test_the_long_file_comes_only_if_asked_for_and_other_fields_are_ignored(service: Service, site: Site) -> None:
    found = made(service, {"url": site.url.removeprefix("http://"), "cache": True, "origin": "python-sdk"})
    assert found["data"].keys() == {"llmstxt"}
    project = service.json("GET", f"/api/projects/{found['id']}")
    assert (project["crawl"]["max_pages"], project["cron_expression"]) == (10, None)


def test_one_is_made_however_often_a_request_is_repeated(service: Service, site: Site) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    first, again = (service.client.post("/v1/llmstxt", json={"url": site.url}, headers=headers) for _ in range(2))
    assert (first.status_code, first.content) == (200, again.content)
    other = service.client.post("/v1/llmstxt", json={"url": site.url, "maxUrls": 2}, headers=headers)
    assert (other.status_code, other.json()["success"]) == (422, False)


def test_a_failure_says_why(service: Service, site: Site) -> None:
    found = made(service, {"url": f"{site.url}nothing.html"})
    assert (found["success"], found["status"], found["data"]) == (False, "failed", None)
    assert found["error"] == f"{site.url}nothing.html answered 404"


def test_errors_are_as_their_clients_know_them(service: Service) -> None:
    refused = service.json("POST", "/v1/llmstxt", {"url": "ftp://x"}, expect=422)
    assert refused == {"success": False, "error": "url: the URL must begin with http:// or https://"}
    assert service.json("POST", "/v1/llmstxt", {}, expect=422) == {"success": False, "error": "url: is needed"}
    assert service.json("GET", "/v1/llmstxt/00000000-0000-4000-8000-00000000000f", expect=404)["success"] is False


def test_one_that_is_kept_never_expires(service: Service, site: Site) -> None:
    passing, kept = (made(service, {"url": site.url, "keep": keep}) for keep in (False, True))
    assert passing["expiresAt"] < kept["expiresAt"]
    assert kept["expiresAt"].startswith("9999")
