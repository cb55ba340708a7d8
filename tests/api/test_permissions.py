"""Every route of the API, as everybody who may ask: one table says what is to come."""

from __future__ import annotations

import asyncio
import re
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar, get
from tests.support.service import Service
from tests.support.shared import execute
from tests.support.visitors import Visitors

from llmstxt_sched.api.permissions import PERMISSIONS, Need, check_permissions, routes_of
from llmstxt_sched.api.routes import CONTROLLERS
from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import StartError
from llmstxt_sched.services.people.access_secrets import hash_secret

REFUSED = {401, 403}
# Signing out is last: the session is over then.
ROUTES = sorted(PERMISSIONS, key=lambda route: route == ("DELETE", "/api/sessions/current"))


def url_of(path: str) -> str:
    """The address of a route, about something that is not there."""
    return re.sub(r"{\w+}", lambda _: str(uuid4()), path)


def statuses(client: httpx.Client) -> dict[tuple[str, str], int]:
    """What each route answers.  The bodies lack everything, so that what is allowed does nothing."""
    found = {}
    for method, path in ROUTES:
        body: dict[str, str] | None = {} if method in {"POST", "PATCH"} else None
        found[method, path] = client.request(method, url_of(path), json=body).status_code
    return found


def refused(client: httpx.Client) -> set[tuple[str, str]]:
    """The routes that answer 401 or 403."""
    answers = statuses(client)
    assert {route for route, status in answers.items() if status >= 500} == set()
    return {route for route, status in answers.items() if status in REFUSED}


def beyond(role: Role, *, by_token: bool) -> set[tuple[str, str]]:
    """The routes that the table keeps from whoever has this role."""
    found = set()
    for (method, path), need in PERMISSIONS.items():
        # A viewer's token can only read; and no token changes its user's account.
        is_reading = by_token and role is Role.VIEWER and method != "GET"
        if need is not Need.OPEN and (is_reading or (by_token and need is Need.ACCOUNT) or not role.allows(need.role)):
            found.add((method, path))
    return found


def token_of(browser: httpx.Client, role: Role) -> str:
    scope = {Role.VIEWER: "read", Role.EDITOR: "write", Role.ADMIN: "admin"}[role]
    made = browser.post("/api/tokens", json={"name": "for the walk", "scope": scope})
    assert made.status_code == 201, made.text
    return str(made.json()["token"])


async def _execute(service: Service, statement: str) -> None:
    await execute((service.data / "servers" / "postgres.url").read_text(), statement)


def execute_now(service: Service, statement: str) -> None:
    """Run a statement on the service's own database."""
    asyncio.run(_execute(service, statement))


# Built here without its dependencies, which are then taken for parameters.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_table_has_every_route_and_no_other() -> None:
    assert routes_of(Litestar(CONTROLLERS, openapi_config=None)) == {
        route for route in PERMISSIONS if not route[1].startswith("/api/schema")
    }


def test_a_route_that_is_not_in_the_table_stops_the_start() -> None:
    @get("/api/secrets/{secret_id:uuid}", sync_to_thread=False)
    def secrets() -> None:
        return None

    with pytest.raises(StartError, match=r"GET /api/secrets/\{secret_id\}: add a line"):
        check_permissions(routes_of(Litestar([secrets], openapi_config=None)))


def test_nobody_gets_what_is_open_and_nothing_else(visitors: Visitors) -> None:
    kept = {route for route, need in PERMISSIONS.items() if need is not Need.OPEN}
    for client in (visitors.browser(), visitors.client({})):
        answers = statuses(client)
        assert {route for route, status in answers.items() if status == 401} == kept
        assert 403 not in answers.values()


@pytest.mark.parametrize("role", list(Role))
def test_a_user_gets_what_their_role_allows_by_cookie_and_by_token(visitors: Visitors, role: Role) -> None:
    browser = visitors.signed_in(role)
    script = visitors.script(token_of(browser, role))
    assert refused(script) == beyond(role, by_token=True)
    assert refused(browser) == beyond(role, by_token=False)


@pytest.mark.parametrize("scope", ["read", "write"])
def test_an_admins_token_gets_what_its_scope_allows(visitors: Visitors, scope: str) -> None:
    role = {"read": Role.VIEWER, "write": Role.EDITOR}[scope]
    script = visitors.script(token_of(visitors.signed_in("admin"), role))
    assert refused(script) == beyond(role, by_token=True)


def test_a_session_that_was_begun_with_a_token_gets_what_the_token_does(visitors: Visitors) -> None:
    browser = visitors.browser()
    token = token_of(visitors.signed_in("admin"), Role.EDITOR)
    assert browser.post("/api/sessions", json={"token": token}).status_code == 201
    assert refused(browser) == beyond(Role.EDITOR, by_token=True)


def test_a_token_or_a_session_that_is_over_gets_nothing(service: Service, visitors: Visitors) -> None:
    kept = {route for route, need in PERMISSIONS.items() if need is not Need.OPEN}
    browsers = [visitors.signed_in("admin") for _ in range(2)]
    expired, revoked = [token_of(browsers[0], Role.ADMIN) for _ in range(2)]
    revoked_id = browsers[0].get("/api/tokens").json()["items"][0]["id"]
    assert browsers[0].delete(f"/api/tokens/{revoked_id}").status_code == 204
    over = "clock_timestamp() - interval '1 s'"
    execute_now(
        service, f"UPDATE tokens SET expires_at = {over} WHERE sha256 = '\\x{hash_secret(expired).hex()}'::bytea"
    )
    for browser, column, age in ((browsers[0], "last_used_at", "15 days"), (browsers[1], "created_at", "91 days")):
        sha256 = hash_secret(browser.cookies["llmstxt"]).hex()
        execute_now(
            service, f"UPDATE sessions SET {column} = {column} - interval '{age}' WHERE sha256 = '\\x{sha256}'::bytea"
        )
    for client in (visitors.script(expired), visitors.script(revoked), *browsers):
        assert {route for route, status in statuses(client).items() if status == 401} == kept


def test_the_description_says_what_each_call_needs(service: Service) -> None:
    described = httpx.get(f"{service.client.base_url}/api/openapi.json", timeout=30).json()["paths"]
    told = {
        (method.upper(), path): call["x-needs"]
        for path, calls in described.items()
        for method, call in calls.items()
        if method != "head"
    }
    assert told == {route: PERMISSIONS[route].value for route in told}
    assert set(told.values()) == {"open", "viewer", "editor", "admin", "account"}
