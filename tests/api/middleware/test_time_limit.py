from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest
from litestar import Litestar, get, post
from structlog.testing import capture_logs

from llmstxt_sched.api.middleware import time_limit
from llmstxt_sched.api.middleware.request_log import RequestLog
from llmstxt_sched.api.middleware.time_limit import TimeLimit
from llmstxt_sched.api.problems import HANDLERS

SECONDS = 0.2


@get("/slow")
async def slow() -> str:
    await asyncio.sleep(60)
    return "late"


@post("/slow")
async def slow_post() -> str:
    await asyncio.sleep(60)
    return "late"


@post("/stopped")
async def stopped() -> str:
    """Done in time, but the process stands still before it can say so."""
    asyncio.get_running_loop().call_later(0.01, stand_still)
    await asyncio.sleep(0.02)
    return "done"


def stand_still() -> None:
    time.sleep(2 * SECONDS)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    monkeypatch.setattr(time_limit, "ANSWER_SECONDS", SECONDS)
    app: Any = Litestar(
        [slow, slow_post, stopped], middleware=[TimeLimit()], exception_handlers=HANDLERS, logging_config=None
    )
    logged: Any = RequestLog(app)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=logged), base_url="http://test")


@pytest.mark.slow
async def test_what_is_done_while_the_process_stands_still_is_answered(client: httpx.AsyncClient) -> None:
    answer = await client.post("/stopped")
    assert (answer.status_code, answer.text) == (201, "done")


async def test_the_log_says_why_a_request_got_a_503(client: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        await client.get("/slow")
    (line,) = logs
    assert (line["event"], line["log_level"], line["status"]) == ("request served", "warning", 503)
    assert line["reason"] == time_limit.LATE


@pytest.mark.parametrize(("method", "may_be_done"), [("GET", False), ("POST", True)])
async def test_a_time_out_is_a_problem_that_says_whether_it_may_have_been_done(
    client: httpx.AsyncClient, method: str, may_be_done: bool
) -> None:
    answer = await client.request(method, "/slow")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.headers["retry-after"] == "5"
    assert ("Idempotency-Key" in answer.json()["detail"]) is may_be_done
