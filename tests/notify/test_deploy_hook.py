from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import web
from tests.support.site import moved, serving
from tests.support.tellings import telling_of

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.deploy_hook import tell
from llmstxt_sched.outbound.client import Client

HOOK = "/build_hooks/5c23bd1f"
DISPATCHES = "/repos/acme/docs/dispatches"
TOKEN = "github_pat_secret"


class Receiver:
    """Answers with `status`, and keeps what it was sent."""

    def __init__(self, status: int, text: str = "", headers: dict[str, str] | None = None) -> None:
        self.status, self.text, self.headers = status, text, headers
        self.got: list[tuple[str, str | None, str]] = []

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        self.got.append((request.method, request.headers.get("Authorization"), await request.text()))
        return web.Response(status=self.status, text=self.text, headers=self.headers)


@pytest.mark.parametrize("status", [200, 201, 204])
async def test_a_hook_is_a_post_without_a_token(client: Client, status: int) -> None:
    hook = Receiver(status)
    async with serving({HOOK: hook}) as site:
        assert (await tell(client, telling_of(TargetKind.DEPLOY_HOOK, site.url(HOOK)))).error == ""
    assert hook.got == [("POST", None, "")]


async def test_a_hook_that_was_removed_is_not_asked_again(client: Client) -> None:
    async with serving({HOOK: Receiver(404, f"no {HOOK}"), "/b": Receiver(503, headers={"Retry-After": "9"})}) as site:
        removed = await tell(client, telling_of(TargetKind.DEPLOY_HOOK, site.url(HOOK)))
        assert removed.is_final
        assert "5c23bd1f" not in removed.error + removed.body
        busy = await tell(client, telling_of(TargetKind.DEPLOY_HOOK, site.url("/b")))
        assert (busy.is_final, busy.retry_after) == (False, 9.0)


async def dispatch(client: Client, receiver: Any) -> Any:
    async with serving({DISPATCHES: receiver}) as site:
        address = site.url(DISPATCHES)
        return await tell(client, telling_of(TargetKind.DEPLOY_HOOK, address, token=TOKEN, event_type="docs"))


async def test_a_dispatch_carries_its_type_the_token_and_what_happened(client: Client) -> None:
    receiver = Receiver(204)
    assert (await dispatch(client, receiver)).error == ""
    ((method, authorization, body),) = receiver.got
    assert (method, authorization) == ("POST", f"Bearer {TOKEN}")
    sent = json.loads(body)
    assert sent["event_type"] == "docs"
    assert set(sent["client_payload"]) == {"id", "type", "timestamp", "url"}


@pytest.mark.parametrize("status", [401, 403, 404, 422])
async def test_a_dispatch_that_is_refused_says_what_to_do(client: Client, status: int) -> None:
    answer = await dispatch(client, Receiver(status, json.dumps({"message": f"No rights for {TOKEN}"})))
    assert (answer.status_code, answer.is_final) == (status, True)
    assert TOKEN not in answer.error


async def test_a_dispatch_takes_its_token_nowhere_else(client: Client) -> None:
    answer = await dispatch(client, moved("/repositories/1/dispatches", 307))
    assert answer.is_final
    assert "renamed or moved" in answer.error


async def test_a_dispatch_waits_for_a_rate_limit(client: Client) -> None:
    limited = Receiver(403, json.dumps({"message": "You have exceeded a secondary rate limit"}))
    answer = await dispatch(client, limited)
    assert (answer.retry_after, answer.is_final) == (60.0, False)
