from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest
from tests.support.service import TOKEN, Service
from tests.support.visitors import SAME_ORIGIN, Visitors

PASSWORD, OTHER_PASSWORD = "correct horse battery", "a horse of another colour"


def with_password(visitors: Visitors, role: str = "editor") -> tuple[httpx.Client, str]:
    """A user's browser, and their name; they have a password."""
    browser = visitors.signed_in(role)
    assert browser.patch("/api/me", json={"password": PASSWORD}).status_code == 200
    return browser, browser.get("/api/me").json()["user"]["name"]


def test_a_link_signs_in_once_and_sets_a_cookie_that_scripts_cannot_read(visitors: Visitors) -> None:
    user, secret = visitors.invite("editor")
    browser = visitors.browser()
    answer = browser.post("/api/sessions", json={"link": secret})
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("llmstxt=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    me = answer.json()
    assert me["user"] == {"id": user["id"], "name": user["name"], "role": "editor", "has_password": False}
    assert me["session"]["expires_at"]
    assert browser.get("/api/me").json()["session"]["id"] == me["session"]["id"]
    again = visitors.browser().post("/api/sessions", json={"link": secret})
    assert again.status_code == 401
    assert again.json()["detail"].startswith("this link was used or has run out")
    assert "set-cookie" not in again.headers


def test_a_link_that_many_browsers_open_at_once_signs_in_one(visitors: Visitors) -> None:
    _, secret = visitors.invite("viewer")
    browsers = [visitors.browser() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda each: each.post("/api/sessions", json={"link": secret}).status_code, browsers))
    assert sorted(codes) == [201] + [401] * 7


def test_a_token_signs_in_and_the_session_may_do_no_more(visitors: Visitors) -> None:
    browser = visitors.browser()
    answer = browser.post("/api/sessions", json={"token": TOKEN})
    assert answer.status_code == 201
    # Nobody's: the token set in the environment.
    assert answer.json()["user"] == {"id": None, "name": "bootstrap", "role": "admin", "has_password": False}
    assert answer.json()["owns_account"] is False
    assert browser.get("/api/users").status_code == 200
    assert browser.patch("/api/me", json={"name": "Ada"}).status_code == 403


def test_name_and_password_sign_in_and_nothing_tells_which_was_wrong(visitors: Visitors) -> None:
    _, name = with_password(visitors)
    answer = visitors.browser().post("/api/sessions", json={"name": name.upper(), "password": PASSWORD})
    assert answer.status_code == 201
    refusals = [
        visitors.browser().post("/api/sessions", json={"name": given, "password": password})
        for given, password in ((name, OTHER_PASSWORD), (f"nobody {uuid4()}", PASSWORD), (name, ""))
    ]
    assert {refused.status_code for refused in refusals} == {401}
    assert {refused.json()["detail"] for refused in refusals} == {"name or password is wrong"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "Ada"},
        {"password": PASSWORD},
        {"link": "x", "token": "y"},
        {"link": "x", "name": "Ada", "password": PASSWORD},
        {"link": ""},
        {"link": 7},
        {"link": "x" * 1000},
        {"name": "Ada", "password": "x" * 10_000},
        {"name": "a\u0000b", "password": PASSWORD},
        {"other": "x"},
    ],
)
def test_a_sign_in_that_names_no_way_or_two_is_422(visitors: Visitors, body: dict[str, object]) -> None:
    assert visitors.browser().post("/api/sessions", json=body).status_code == 422


def test_a_token_is_looked_up_that_is_longer_than_those_that_are_made(visitors: Visitors) -> None:
    assert visitors.browser().post("/api/sessions", json={"token": "x" * 300}).status_code == 401


def test_a_session_that_the_browser_brought_along_is_not_the_one_it_gets(visitors: Visitors) -> None:
    """Session fixation: whoever had put the cookie there would know the session."""
    _, secret = visitors.invite("viewer")
    planted = "known to somebody else"
    browser = visitors.browser()
    browser.cookies.set("llmstxt", planted, domain="127.0.0.1")
    answer = browser.post("/api/sessions", json={"link": secret})
    assert planted not in answer.headers["set-cookie"]
    intruder = visitors.browser()
    intruder.cookies.set("llmstxt", planted, domain="127.0.0.1")
    assert intruder.get("/api/me").status_code == 401


def test_signing_in_again_ends_the_session_before(visitors: Visitors) -> None:
    browser, name = with_password(visitors)
    before = browser.cookies["llmstxt"]
    assert browser.post("/api/sessions", json={"name": name, "password": PASSWORD}).status_code == 201
    assert browser.cookies["llmstxt"] != before
    old = visitors.browser()
    old.cookies.set("llmstxt", before, domain="127.0.0.1")
    assert old.get("/api/me").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_request_by_cookie_from_elsewhere_changes_nothing(
    service: Service, visitors: Visitors, headers: dict[str, str]
) -> None:
    signed_in = visitors.signed_in("admin")
    forged = visitors.client(headers)
    forged.cookies.set("llmstxt", signed_in.cookies["llmstxt"], domain="127.0.0.1")
    for method, path, body in (
        ("POST", "/api/projects", {"url": "https://example.com/"}),
        ("PATCH", "/api/me", {"password": PASSWORD}),
        ("DELETE", f"/api/projects/{uuid4()}", None),
        ("POST", "/api/users", {"name": "Mallory", "role": "admin"}),
    ):
        answer = forged.request(method, path, json=body)
        assert answer.status_code == 403
        assert answer.json()["detail"].startswith("this request did not come from our own pages: ")
        assert answer.headers["content-type"] == "application/problem+json"
    assert forged.get("/api/projects").status_code == 200
    assert "Mallory" not in str(service.json("GET", "/api/users?limit=200"))
    # A token is sent by nobody unasked, so it counts from wherever the request comes.
    authorized = {"Authorization": f"Bearer {TOKEN}"}
    assert forged.delete(f"/api/projects/{uuid4()}", headers=authorized).status_code == 404


def test_a_matching_origin_is_as_good_as_the_browsers_word(service: Service, visitors: Visitors) -> None:
    signed_in = visitors.signed_in("editor")
    browser = visitors.client({"Origin": str(service.client.base_url).rstrip("/")})
    browser.cookies.set("llmstxt", signed_in.cookies["llmstxt"], domain="127.0.0.1")
    assert browser.delete(f"/api/projects/{uuid4()}").status_code == 404


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_another_site_signs_nobody_in_or_out(visitors: Visitors, headers: dict[str, str]) -> None:
    elsewhere = visitors.client(headers)
    assert elsewhere.post("/api/sessions", json={"token": TOKEN}).status_code == 403
    assert elsewhere.delete("/api/sessions/current").status_code == 403


def test_where_both_are_sent_the_token_counts(service: Service, visitors: Visitors) -> None:
    browser = visitors.signed_in("viewer")
    assert browser.get("/api/users", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert browser.get("/api/me", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_signing_out_ends_the_session_and_removes_the_cookie(visitors: Visitors) -> None:
    browser = visitors.signed_in("viewer")
    secret = browser.cookies["llmstxt"]
    assert browser.delete("/api/sessions/current").status_code == 204
    assert "llmstxt" not in browser.cookies
    browser.cookies.set("llmstxt", secret, domain="127.0.0.1")
    assert browser.get("/api/me").status_code == 401
    # Also where it had ended by itself, or was none.
    assert browser.delete("/api/sessions/current").status_code == 204
    assert visitors.browser().delete("/api/sessions/current").status_code == 204


def test_ones_sessions_are_listed_and_each_can_be_ended(visitors: Visitors) -> None:
    here, name = with_password(visitors)
    there = visitors.client(SAME_ORIGIN | {"User-Agent": "Elsewhere/1.0"})
    there.post("/api/sessions", json={"name": name, "password": PASSWORD})
    newest, oldest = here.get("/api/sessions").json()["items"]
    assert (newest["is_current"], oldest["is_current"]) == (False, True)
    assert (newest["user_agent"], newest["address"]) == ("Elsewhere/1.0", "127.0.0.1")
    assert here.delete(f"/api/sessions/{newest['id']}").status_code == 204
    assert there.get("/api/me").status_code == 401
    assert here.delete(f"/api/sessions/{newest['id']}").status_code == 404
    stranger = visitors.signed_in("admin")
    assert stranger.delete(f"/api/sessions/{oldest['id']}").status_code == 404


def test_changing_the_password_needs_the_current_one_and_ends_the_other_sessions(visitors: Visitors) -> None:
    _, name = with_password(visitors)
    here, there = visitors.browser(), visitors.browser()
    for browser in (here, there):
        browser.post("/api/sessions", json={"name": name, "password": PASSWORD})
    assert here.get("/api/me").json()["needs_current_password"] is True
    for body in (
        {"password": OTHER_PASSWORD},
        {"password": OTHER_PASSWORD, "current_password": "a guess at it"},
        {"password": "too short", "current_password": PASSWORD},
        {"password": "1234567890", "current_password": PASSWORD},
    ):
        assert here.patch("/api/me", json=body).status_code == 422
    right = {"password": OTHER_PASSWORD, "current_password": PASSWORD}
    assert here.patch("/api/me", json=right).status_code == 200
    assert here.get("/api/me").status_code == 200
    assert there.get("/api/me").status_code == 401
    old, new = ({"name": name, "password": password} for password in (PASSWORD, OTHER_PASSWORD))
    assert there.post("/api/sessions", json=old).status_code == 401
    assert there.post("/api/sessions", json=new).status_code == 201


def test_a_script_knows_who_it_is(visitors: Visitors) -> None:
    browser = visitors.signed_in("admin")
    token = browser.post("/api/tokens", json={"name": "script"}).json()["token"]
    me = visitors.script(token).get("/api/me").json()
    assert me["user"]["name"] == browser.get("/api/me").json()["user"]["name"]
    assert (me["user"]["role"], me["session"], me["owns_account"]) == ("editor", None, False)


def test_no_secret_stands_in_the_log(service: Service, visitors: Visitors) -> None:
    browser, _ = with_password(visitors)
    assert browser.cookies["llmstxt"] not in service.log
    assert PASSWORD not in service.log
