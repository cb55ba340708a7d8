from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest
from litestar import Litestar, get
from litestar.types import ASGIApp
from tests.support.service import Service

from llmstxt_sched.api.middleware.hosts import Hosts


@get("/")
async def hello() -> str:
    return "hello"


class Known:
    """Gives requests an id, as the log does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope.setdefault("state", {})["request_id"] = "1"
        await self._app(scope, receive, send)


async def answer(public_url: str, host: str, path: str = "/") -> httpx.Response:
    app = Known(Hosts(Litestar([hello], openapi_config=None), public_url))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        return await client.get(path, headers={"Host": host})


async def status(public_url: str, host: str) -> int:
    return (await answer(public_url, host)).status_code


@pytest.mark.parametrize(
    "host",
    [
        "llms.example.com",
        "LLMS.example.com:8080",
        "127.0.0.1:8080",
        "localhost",
        "[::1]:8080",
        "llms.example.com.",
        "[0:0:0:0:0:0:0:1]:8080",
        "[::ffff:127.0.0.1]",
    ],
)
async def test_the_public_host_and_this_machine_are_ours(host: str) -> None:
    assert await status("https://llms.example.com", host) == 200


@pytest.mark.parametrize("host", ["evil.example", "llms.example.com.evil.example", "[", "10.0.0.1", ""])
async def test_another_host_is_refused_where_a_public_address_is_set(host: str) -> None:
    assert await status("https://llms.example.com", host) == 400


async def test_clients_of_firecrawl_are_refused_as_they_know_it() -> None:
    refused = await answer("https://llms.example.com", "evil.example", "/v1/llmstxt")
    reason = "this service is not at evil.example: ask for the host of its public address"
    assert refused.json() == {"success": False, "error": reason}


async def test_a_public_address_may_be_written_in_any_script() -> None:
    assert await status("https://münchen.example", "xn--mnchen-3ya.example") == 200
    assert await status("https://xn--mnchen-3ya.example", "xn--mnchen-3ya.example:443") == 200
    assert await status("https://☃.example", "xn--n3h.example") == 200
    assert await status("https://münchen.example", "munchen.example") == 400


async def test_without_a_public_address_any_host_will_do() -> None:
    assert await status("", "evil.example") == 200


@pytest.mark.parametrize(
    ("head", "expect"), [("HTTP/1.1", 400), ("HTTP/1.1\r\nHost: a\r\nHost: b", 400), ("HTTP/1.0", 200)]
)
def test_a_request_names_its_host(service: Service, head: str, expect: int) -> None:
    with socket.create_connection(("127.0.0.1", service.api_port), timeout=10) as connection:
        connection.sendall(f"GET /login {head}\r\nConnection: close\r\n\r\n".encode())
        assert int(connection.makefile("rb").readline().split()[1]) == expect
