from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.support.service import Service

from llmstxt_sched.api.permissions import PERMISSIONS, Need


@pytest.fixture
def token(service: Service, project: dict[str, Any]) -> str:
    """The ping token of the project."""
    made = service.json("POST", f"/api/projects/{project['id']}/ping-token", expect=201)
    assert made.keys() == {"token", "created_at"}
    return str(made["token"])


def ping(service: Service, project_id: str, token: str, **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.post(f"{service.url}/api/projects/{project_id}/ping", headers=headers, **more)


def test_a_ping_is_answered_with_the_run_and_then_with_when_the_next_is_due(
    service: Service, project: dict[str, Any], token: str
) -> None:
    first = ping(service, project["id"], token)
    assert (first.status_code, first.headers["cache-control"]) == (202, "no-store")
    run = first.json()["run"]
    assert (run["number"], first.json()["due_at"]) == (1, None)
    assert run.keys() == {"id", "number", "status"}
    service.run_ended(run["id"])
    later = ping(service, project["id"], token).json()
    assert later["run"] is None
    assert ping(service, project["id"], token).json() == later
    standing = service.json("GET", f"/api/projects/{project['id']}/ping")
    assert standing["due_at"] == later["due_at"]
    assert standing["last_ping_at"] > standing["last_run_at"] > standing["token_created_at"]
    assert [each["number"] for each in service.json("GET", f"/api/projects/{project['id']}/runs")["items"]] == [1]


def test_a_token_is_made_once_however_often_that_is_asked_for(service: Service, project: dict[str, Any]) -> None:
    path, headers = f"/api/projects/{project['id']}/ping-token", {"Idempotency-Key": uuid4().hex}
    first, again = (service.client.post(path, headers=headers) for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert ping(service, project["id"], first.json()["token"]).status_code == 202
    service.json("POST", path, expect=201)
    assert service.client.post(path, headers=headers).status_code == 409


def test_a_token_of_the_usual_kind_that_may_write_may_ping(service: Service, project: dict[str, Any]) -> None:
    made = {
        scope: service.json("POST", "/api/tokens", {"name": scope, "scope": scope}, 201) for scope in ("read", "write")
    }
    found = {scope: ping(service, project["id"], made[scope]["token"]).status_code for scope in made}
    assert found == {"read": 403, "write": 202}
    assert ping(service, str(uuid4()), made["write"]["token"]).status_code == 404


def test_a_ping_token_may_do_nothing_else(service: Service, project: dict[str, Any], token: str) -> None:
    kept = {call for call, need in PERMISSIONS.items() if need is not Need.OPEN}
    with httpx.Client(base_url=service.url, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        found = {
            (method, path): client.request(method, re.sub(r"{\w+}", project["id"], path)).status_code
            for method, path in kept
        }
        told = client.get("/api/projects").json()["detail"]
        assert told.startswith("a ping token may do nothing but ping its project: ")
    allowed = {call for call, status in found.items() if status != 401}
    assert allowed == {("POST", "/api/projects/{project_id}/ping")}
    assert httpx.post(f"{service.url}/api/projects/{project['id']}/ping", params={"token": token}).status_code == 401


def test_a_wrong_token_is_401_and_another_projects_404(service: Service, project: dict[str, Any], token: str) -> None:
    for wrong in (token + "x", "llmsping_", "llms_nothing"):
        answer = ping(service, project["id"], wrong)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    other = service.json("POST", "/api/projects", {"url": project["url"], "name": "Private"}, expect=201)
    for elsewhere in (other["id"], str(uuid4())):
        answer = ping(service, elsewhere, token)
        assert (answer.status_code, answer.json()["detail"]) == (404, f"there is no project {elsewhere}")


def test_a_token_ends_when_it_is_replaced_or_revoked_or_its_project_deleted(
    service: Service, project: dict[str, Any], token: str
) -> None:
    path = f"/api/projects/{project['id']}"
    second = service.json("POST", f"{path}/ping-token", expect=201)["token"]
    assert [ping(service, project["id"], each).status_code for each in (token, second)] == [401, 202]
    service.json("DELETE", f"{path}/ping-token", expect=204)
    assert ping(service, project["id"], second).status_code == 401
    assert service.json("GET", f"{path}/ping")["token_created_at"] is None
    service.json("DELETE", f"{path}/ping-token", expect=404)
    third = service.json("POST", f"{path}/ping-token", expect=201)["token"]
    service.json("DELETE", path, expect=204)
    assert ping(service, project["id"], third).status_code == 401
    service.json("POST", f"{path}/ping", expect=404)
    service.json("POST", f"{path}/ping-token", expect=404)
    service.json("GET", f"{path}/ping", expect=404)


def test_no_page_of_another_site_can_ping(service: Service, project: dict[str, Any], token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert httpx.post(f"{service.url}/api/projects/{project['id']}/ping", headers=headers).status_code == 403


def test_pings_are_recorded_as_the_tokens(service: Service, project: dict[str, Any], token: str) -> None:
    assert ping(service, project["id"], token).status_code == 202
    (row,) = service.json("GET", "/api/audit?action=project.ping&limit=1")["items"]
    assert (row["object"]["id"], row["details"]) == (project["id"], {"run": 1})
    assert row["user"] == {"id": None, "name": "ping token"}
    assert token not in service.log
