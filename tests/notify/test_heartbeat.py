from __future__ import annotations

import pytest
from aiohttp import web
from tests.support.site import moved, serving
from tests.support.tellings import telling_of

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.heartbeat import tell
from llmstxt_sched.outbound.client import Client

PING = "/ping/5bf66975-d4c7"


async def test_a_success_asks_the_address_and_a_failure_the_one_beside_it(client: Client) -> None:
    async with serving({PING: "OK", f"{PING}/fail": "OK"}) as site:
        ok = telling_of(TargetKind.HEARTBEAT, site.url(PING), on_failure="/fail")
        failed = telling_of(TargetKind.HEARTBEAT, site.url(PING), EventKind.RUN_FAILED, on_failure="/fail")
        assert (await tell(client, ok)).error == ""
        assert (await tell(client, failed)).error == ""
        assert site.asked == {PING: 1, f"{PING}/fail": 1}


async def test_a_post_says_in_words_what_happened(client: Client) -> None:
    bodies = []

    async def keep(request: web.BaseRequest) -> web.StreamResponse:
        bodies.append((request.method, await request.text()))
        return web.Response()

    async with serving({PING: keep}) as site:
        assert (await tell(client, telling_of(TargetKind.HEARTBEAT, site.url(PING), method="POST"))).error == ""
    ((method, body),) = bodies
    assert method == "POST"
    assert body.startswith("Docs: its documents changed\n")


@pytest.mark.parametrize("answer", [web.Response(status=404), moved("http://169.254.169.254/"), "x" * 3_000_000])
async def test_no_answer_shows_the_address(client: Client, answer: web.Response | str) -> None:
    async with serving({PING: answer}) as site:
        told = await tell(client, telling_of(TargetKind.HEARTBEAT, site.url(PING)))
        assert bool(told.error) == isinstance(answer, web.Response)
        assert "5bf66975" not in told.error
        assert len(told.body) <= 4096
    gone = await tell(client, telling_of(TargetKind.HEARTBEAT, site.url(PING)))
    assert gone.error
    assert "5bf66975" not in gone.error
