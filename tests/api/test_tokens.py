from __future__ import annotations

from uuid import uuid4

from tests.support.service import Service


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
