from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
from tests.support.visitors import Visitors


def rows(admin: httpx.Client, **query: str) -> list[dict[str, Any]]:
    answer = admin.get("/api/audit", params={"limit": "200"} | query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_what_a_user_does_by_cookie_and_by_token_is_noted_with_their_address(visitors: Visitors) -> None:
    admin, browser = visitors.signed_in("admin"), visitors.signed_in("editor")
    me = browser.get("/api/me").json()["user"]
    made = browser.post("/api/tokens", json={"name": "a script"}).json()
    project = browser.post("/api/projects", json={"url": "https://example.com/", "name": "Noted"}).json()
    visitors.script(made["token"]).delete(f"/api/projects/{project['id']}")
    deleted, created, token, signed_in = rows(admin, user=me["id"])
    who = {"id": me["id"], "name": me["name"]}
    assert {row["address"] for row in (deleted, created, token, signed_in)} == {"127.0.0.1"}
    assert [row["user"] for row in (deleted, created, token, signed_in)] == [who] * 4
    assert (deleted["action"], deleted["token"]) == ("project.delete", {"id": made["id"], "name": "a script"})
    assert deleted["object"] == {"type": "project", "id": project["id"], "name": "Noted"}
    assert (created["action"], created["token"]) == ("project.create", None)
    assert (token["action"], token["object"]["name"]) == ("token.create", "a script")
    assert signed_in["action"] == "session.create"


def test_a_failed_sign_in_is_noted_with_the_name(visitors: Visitors) -> None:
    admin, name = visitors.signed_in("admin"), f"Mallory {uuid4().hex[:8]}"
    visitors.browser().post("/api/sessions", json={"name": name, "password": "a guess at it"})
    (row,) = rows(admin, user=name)
    assert (row["action"], row["user"], row["object"]) == ("session.failed", {"id": None, "name": name}, None)
    assert "a guess" not in str(row)


def test_a_tick_that_was_asked_for_is_noted(visitors: Visitors) -> None:
    admin = visitors.signed_in("admin")
    before = len(rows(admin, action="scheduler"))
    assert admin.post("/api/scheduler/process").status_code == 200
    newest = rows(admin, action="scheduler.process")
    assert len(newest) == before + 1
    # The dot may be left out.
    assert rows(admin, action="scheduler.") == rows(admin, action="scheduler") == newest
    assert newest[0]["user"]["name"] == admin.get("/api/me").json()["user"]["name"]


def test_the_log_is_read_in_pages_and_since_a_time(visitors: Visitors) -> None:
    admin = visitors.signed_in("admin")
    first = admin.get("/api/audit?limit=2").json()
    rest = admin.get("/api/audit", params={"limit": "2", "cursor": first["next_cursor"]}).json()
    times = [row["at"] for row in first["items"] + rest["items"]]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 4
    now = datetime.now(UTC).isoformat()
    assert rows(admin, since="2100-01-01T00:00:00Z") == []
    assert rows(admin, since="2020-01-01T00:00:00+02:00")
    for bad in (now.removesuffix("+00:00"), "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "yesterday"):
        assert admin.get("/api/audit", params={"since": bad}).status_code in {400, 422}
