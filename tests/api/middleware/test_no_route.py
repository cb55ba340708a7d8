from __future__ import annotations

from uuid import UUID

import httpx
import pytest
from tests.support.service import Service

NOWHERE = ["/api/nothing", "/api/projects/not-a-uuid", "/api/runs/not-a-uuid/pages", "/v1/llmstxt/not-a-uuid"]


@pytest.mark.parametrize("path", NOWHERE)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer llms_wrong"}, {"Cookie": "llmstxt=wrong"}])
def test_who_is_not_signed_in_is_told_so_before_what_there_is(
    service: Service, path: str, headers: dict[str, str]
) -> None:
    answer = httpx.get(f"{service.url}{path}", headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert service.client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/api/projects", "/api/runs", "/api/users", f"/api/projects/{UUID(int=1)}/pause"])
def test_who_is_not_signed_in_is_told_so_before_which_methods_there_are(service: Service, path: str) -> None:
    answer = httpx.put(f"{service.url}{path}")
    assert (answer.status_code, "allow" in answer.headers) == (401, False)
    assert service.client.put(path).status_code == 405


@pytest.mark.parametrize("path", ["/api/openapi.json", "/api/sessions", "/api/notifications/unsubscribe/some"])
def test_all_are_told_the_methods_of_what_is_open(service: Service, path: str) -> None:
    answer = httpx.put(f"{service.url}{path}")
    assert (answer.status_code, "allow" in answer.headers) == (405, True)


@pytest.mark.parametrize("path", ["/nothing", "/p/nothing/llms.txt", "/assets/nothing"])
def test_what_is_open_to_all_is_404_to_all(service: Service, path: str) -> None:
    assert httpx.get(f"{service.url}{path}").status_code == 404


def test_a_question_for_the_head_alone_is_told_so_as_well(service: Service) -> None:
    answer = httpx.head(f"{service.url}/api/nothing")
    assert (answer.status_code, answer.content) == (401, b"")
