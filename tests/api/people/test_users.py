from __future__ import annotations

from uuid import uuid4

import pytest
from tests.support.service import Service
from tests.support.visitors import Visitors


def test_an_admin_invites_by_a_link_that_is_shown_once(service: Service, visitors: Visitors) -> None:
    name = f"Zoë {uuid4().hex[:8]}"
    admin = visitors.signed_in("admin")
    made = admin.post("/api/users", json={"name": name, "role": "viewer"})
    assert made.status_code == 201
    assert set(made.json()) == {"user", "link", "expires_at"}
    link = made.json()["link"]
    assert link.startswith(f"{str(service.client.base_url).rstrip('/')}/login#")
    listed = admin.get("/api/users?limit=200").json()["items"]
    (user,) = [each for each in listed if each["name"] == name]
    assert user == made.json()["user"]
    assert (user["role"], user["has_password"], user["last_seen_at"]) == ("viewer", False, None)
    assert link not in str(listed)
    browser = visitors.browser()
    assert browser.post("/api/sessions", json={"link": link.partition("#")[2]}).status_code == 201
    (user,) = [each for each in admin.get("/api/users?limit=200").json()["items"] if each["name"] == name]
    assert user["last_seen_at"]


def test_users_are_listed_in_pages(visitors: Visitors) -> None:
    admin = visitors.signed_in("admin")
    names, cursor = [], None
    while True:
        page = admin.get("/api/users", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        names += [user["name"] for user in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert names == sorted(names, key=str.lower)
    assert len(names) == len(set(names)) == len(admin.get("/api/users?limit=200").json()["items"])


def test_an_invitation_with_an_idempotency_key_is_made_once(visitors: Visitors) -> None:
    admin, key = visitors.signed_in("admin"), {"Idempotency-Key": uuid4().hex}
    body = {"name": f"once {uuid4().hex[:8]}", "role": "viewer"}
    first, again = (admin.post("/api/users", json=body, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    other = admin.post("/api/users", json=body | {"role": "admin"}, headers=key)
    assert other.status_code == 422


def test_a_new_link_takes_the_place_of_the_one_before(visitors: Visitors) -> None:
    user, before = visitors.invite("viewer")
    admin = visitors.signed_in("admin")
    made = admin.post(f"/api/users/{user['id']}/link")
    assert made.status_code == 201
    assert set(made.json()) == {"link", "expires_at"}
    browser = visitors.browser()
    assert browser.post("/api/sessions", json={"link": before}).status_code == 401
    assert browser.post("/api/sessions", json={"link": made.json()["link"].partition("#")[2]}).status_code == 201


def test_a_user_gets_another_role_and_name(visitors: Visitors) -> None:
    user, _ = visitors.invite("viewer")
    admin = visitors.signed_in("admin")
    name = f"Renamed {uuid4().hex[:8]}"
    edited = admin.patch(f"/api/users/{user['id']}", json={"role": "editor", "name": name})
    assert edited.status_code == 200
    assert edited.json() == user | {"role": "editor", "name": name}
    taken = admin.patch(f"/api/users/{visitors.invite('viewer')[0]['id']}", json={"name": name.upper()})
    assert taken.status_code == 409


def test_a_user_who_is_removed_is_gone_with_sessions_and_tokens(visitors: Visitors) -> None:
    browser = visitors.signed_in("editor")
    script = visitors.script(browser.post("/api/tokens", json={"name": "script"}).json()["token"])
    user_id = browser.get("/api/me").json()["user"]["id"]
    admin = visitors.signed_in("admin")
    assert admin.delete(f"/api/users/{user_id}").status_code == 204
    assert [client.get("/api/projects").status_code for client in (browser, script)] == [401, 401]
    assert admin.delete(f"/api/users/{user_id}").status_code == 404


def test_an_admin_ends_the_sessions_of_another_and_their_tokens(visitors: Visitors) -> None:
    browser, admin = visitors.signed_in("editor"), visitors.signed_in("admin")
    script = visitors.script(browser.post("/api/tokens", json={"name": "script"}).json()["token"])
    path = f"/api/users/{browser.get('/api/me').json()['user']['id']}"
    assert admin.delete(f"{path}/sessions").status_code == 204
    assert [client.get("/api/projects").status_code for client in (browser, script)] == [401, 200]
    assert script.delete(f"{path}/sessions").status_code == 403
    assert admin.delete(f"{path}/tokens").status_code == 204
    assert script.get("/api/projects").status_code == 401
    assert [row["action"] for row in admin.get("/api/audit?limit=2").json()["items"]] == [
        "token.revoke",
        "user.signout",
    ]


def test_who_signed_in_with_a_token_ends_all_sessions_and_tokens_of_their_own(visitors: Visitors) -> None:
    browser, other = visitors.signed_in("admin"), visitors.browser()
    token = browser.post("/api/tokens", json={"name": "own", "scope": "admin"}).json()["token"]
    assert other.post("/api/sessions", json={"token": token}).status_code == 201
    path = f"/api/users/{browser.get('/api/me').json()['user']['id']}/sessions"
    assert other.delete(f"{path}?tokens=maybe").status_code == 422
    assert other.delete(f"{path}?tokens=true").status_code == 204
    everything = (browser, other, visitors.script(token))
    assert [client.get("/api/projects").status_code for client in everything] == [401, 401, 401]


@pytest.mark.server
def test_the_last_admin_stays(tmp_path_factory: pytest.TempPathFactory) -> None:
    service = Service(tmp_path_factory.mktemp("alone"))
    service.start()
    try:
        visitors = Visitors(service)
        (admin,) = service.json("GET", "/api/users")["items"]
        visitors.invite("editor")
        path = f"/api/users/{admin['id']}"
        for method, body in (("DELETE", None), ("PATCH", {"role": "viewer"})):
            problem = service.json(method, path, body, expect=409)
            assert problem["detail"].startswith("this is the last admin")
        visitors.invite("admin")
        service.json("DELETE", path, expect=204)
        visitors.close()
    finally:
        service.close()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "Ada"},
        {"role": "viewer"},
        {"name": "", "role": "viewer"},
        {"name": " ", "role": "viewer"},
        {"name": "a\nb", "role": "viewer"},
        {"name": "a\u0000b", "role": "viewer"},
        {"name": "x" * 101, "role": "viewer"},
        {"name": "Ada", "role": "owner"},
        {"name": "Ada", "role": "viewer", "password": "correct horse battery"},
    ],
)
def test_a_bad_invitation_is_422(visitors: Visitors, body: dict[str, str]) -> None:
    assert visitors.signed_in("admin").post("/api/users", json=body).status_code == 422


def test_a_user_who_is_not_there_is_404(visitors: Visitors) -> None:
    admin, path = visitors.signed_in("admin"), f"/api/users/{uuid4()}"
    assert admin.patch(path, json={"role": "viewer"}).status_code == 404
    assert admin.delete(path).status_code == 404
    assert admin.post(f"{path}/link").status_code == 404
    assert admin.delete(f"{path}/sessions").status_code == 404
    assert admin.delete(f"{path}/tokens").status_code == 404
