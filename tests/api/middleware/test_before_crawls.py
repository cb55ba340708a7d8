from __future__ import annotations

import asyncio
from typing import Any

import pytest

from llmstxt_sched.api.middleware.before_crawls import BeforeCrawls
from llmstxt_sched.process import right_of_way
from llmstxt_sched.process.right_of_way import RightOfWay


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(right_of_way, "_REQUEST_SECONDS", 3600.0)
    monkeypatch.setattr(right_of_way, "_WAIT_SECONDS", 3600.0)


async def test_a_crawl_waits_until_the_answer_begins_and_not_until_all_is_sent() -> None:
    shared, may_answer, may_end, sent = RightOfWay(), asyncio.Event(), asyncio.Event(), []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await may_answer.wait()
        await send({"type": "http.response.start", "status": 200})
        await may_end.wait()
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message["type"])

    serving = asyncio.create_task(_serve(app, shared, send))
    await asyncio.sleep(0)
    crawl = asyncio.create_task(shared.give_way())
    await asyncio.sleep(0)
    may_answer.set()
    await crawl
    assert sent == ["http.response.start"]
    may_end.set()
    await serving
    assert sent == ["http.response.start", "http.response.body"]


async def test_a_request_without_an_answer_is_not_waited_for_once_it_has_ended() -> None:
    shared = RightOfWay()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await _serve(app, shared, None)
    await shared.give_way()


async def test_what_is_no_request_goes_through() -> None:
    shared = RightOfWay()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await shared.give_way()

    await _serve(app, shared, None, kind="lifespan")


async def _serve(app: Any, shared: RightOfWay, send: Any, kind: str = "http") -> None:
    scope: Any = {"type": kind}
    receive: Any = None
    await BeforeCrawls(app, shared)(scope, receive, send)
