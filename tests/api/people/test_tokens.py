from __future__ import annotations

from uuid import uuid4

import pytest
from tests.support.service import Service
from tests.support.visitors import Visitors


def test_a_token_is_shown_once_and_opens_the_api_until_it_is_revoked(service: Service) -> None:
    created = service.json("POST", "/api/tokens", {"name": "script"}, expect=201)
    assert created["token"].startswith("llms_")
    listed = service.json("GET", "/api/tokens?limit=200")["items"]
    assert next(token for token in listed if token["id"] == created["id"])["name"] == "script"
    assert created["token"] not in str(listed)
    own = {"Authorization": f"Bearer {created['token']}"}
    assert service.client.get("/api/projects", headers=own).status_code == 200
    service.json("DELETE", f"/api/tokens/{created['id']}", expect=204)
    assert service.client.get("/api/projects", headers=own).status_code == 401
    service.json("DELETE", f"/api/tokens/{created['id']}", expect=404)


def test_a_token_with_an_idempotency_key_is_made_once(service: Service) -> None:
    key = {"Idempotency-Key": uuid4().hex}
    first = service.client.post("/api/tokens", json={"name": "once"}, headers=key)
    again = service.client.post("/api/tokens", json={"name": "once"}, headers=key)
    assert first.content == again.content


def test_a_token_needs_a_name(service: Service) -> None:
    service.json("POST", "/api/tokens", {"name": ""}, expect=422)
    service.json("POST", "/api/tokens", {}, expect=422)


def test_a_token_has_the_scope_and_the_end_that_were_asked_for(service: Service) -> None:
    body = {"name": "script", "scope": "read", "expires_at": "2100-01-01T00:00:00Z"}
    created = service.json("POST", "/api/tokens", body, expect=201)
    assert (created["scope"], created["expires_at"]) == ("read", "2100-01-01T00:00:00Z")
    own = {"Authorization": f"Bearer {created['token']}"}
    assert service.client.get("/api/projects", headers=own).status_code == 200
    for method, path in (
        ("POST", "/api/projects"),
        ("POST", "/api/tokens"),
        ("DELETE", f"/api/tokens/{created['id']}"),
    ):
        refused = service.client.request(method, path, headers=own, json={} if method == "POST" else None)
        assert (refused.status_code, refused.json()["detail"]) == (
            403,
            "this token may only read: use one with the scope 'write'",
        )


def test_an_end_that_is_too_far_away_is_told_how_far_it_may_be(service: Service) -> None:
    problem = service.json("POST", "/api/tokens", {"name": "x", "expires_at": "9999-12-31T23:59:59Z"}, expect=422)
    assert problem["detail"] == "expires_at: must be before the year 9000"


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x", "scope": "owner"},
        {"name": "x", "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "x", "expires_at": "2100-01-01T00:00:00"},
        {"name": "x", "expires_at": "9999-12-31T23:59:59-14:00"},
        {"name": "x", "expires_at": "tomorrow"},
    ],
)
def test_a_scope_or_an_end_that_cannot_be_is_422(service: Service, body: dict[str, str]) -> None:
    service.json("POST", "/api/tokens", body, expect=422)


def test_everybody_sees_their_own_tokens_and_admins_those_of_others(service: Service) -> None:
    visitors = Visitors(service)
    admin, editor = visitors.signed_in("admin"), visitors.signed_in("editor")
    mine = editor.post("/api/tokens", json={"name": "mine"}).json()
    me = editor.get("/api/me").json()["user"]
    listed = editor.get("/api/tokens").json()["items"]
    assert listed == [{name: value for name, value in mine.items() if name != "token"}]
    assert (mine["scope"], mine["user"]) == ("write", {"id": me["id"], "name": me["name"]})
    assert editor.get(f"/api/tokens?user={me['id']}").json()["items"] == listed
    assert editor.post("/api/tokens", json={"name": "more", "scope": "admin"}).status_code == 403
    for others in ("all", admin.get("/api/me").json()["user"]["id"]):
        assert editor.get(f"/api/tokens?user={others}").status_code == 403
    assert admin.get("/api/tokens").json()["items"] == []
    assert admin.get(f"/api/tokens?user={me['id']}").json()["items"] == listed
    assert mine["id"] in [token["id"] for token in admin.get("/api/tokens?user=all&limit=200").json()["items"]]
    assert admin.get("/api/tokens?user=nobody").status_code == 422
    stranger = visitors.signed_in("editor")
    assert stranger.delete(f"/api/tokens/{mine['id']}").status_code == 404
    assert admin.delete(f"/api/tokens/{mine['id']}").status_code == 204
    visitors.close()
