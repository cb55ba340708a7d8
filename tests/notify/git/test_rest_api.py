from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from tests.support.publishing import KINDS
from tests.support.site import moved, serving, speaking

from llmstxt_sched.domain.notifications.git import GitOptions
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.git.change import Change, GitFile
from llmstxt_sched.notify.git.publish import publish
from llmstxt_sched.notify.message import Answer
from llmstxt_sched.outbound import client as client_module
from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.gate import Gate

TOKEN = "secret-token"

both = pytest.mark.parametrize("kind", KINDS)


async def tell(client: Client, kind: TargetKind, address: str) -> Answer:
    options = GitOptions(repository="acme/docs", mode="pull_request")
    return await publish(client, kind, address, TOKEN, Change(options, (GitFile("llms.txt", b"new"),), ""))


class Everywhere(dict[str, object]):
    """The same answer at each path."""

    def __init__(self, answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]] | web.Response) -> None:
        super().__init__()
        self.answer = answer

    def get(self, path: str, default: object = None) -> object:
        return self.answer


@both
@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"type":"file"}', b"null", b"<html>", b"\xff", b'{"sha":1,"type":["file"]}'],
)
async def test_an_answer_that_is_not_the_apis_is_an_error(client: Client, kind: TargetKind, body: bytes) -> None:
    async with serving({}) as site:
        site.pages = Everywhere(web.Response(body=body))  # type: ignore[assignment]
        answer = await tell(client, kind, site.origin)
        assert answer.error
        assert len(answer.error) < 600


async def test_an_answer_without_end_is_not_read_to_its_end(client: Client) -> None:
    sent = []

    async def drone(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            for number in range(20):
                await response.write(b"[" + b" " * 1_000_000)
                sent.append(number)
        return response

    async with serving({}) as site:
        site.pages = Everywhere(drone)  # type: ignore[assignment]
        assert "larger than" in (await tell(client, TargetKind.GITHUB, site.origin)).error
        assert len(sent) < 15


@both
async def test_a_redirect_to_a_clouds_metadata_is_not_followed(client: Client, kind: TargetKind) -> None:
    async with serving({}) as site:
        site.pages = Everywhere(moved("http://169.254.169.254/latest/meta-data/"))  # type: ignore[assignment]
        answer = await tell(client, kind, site.origin)
        assert answer.is_final
        assert sum(site.asked.values()) == 1


@both
async def test_an_answer_that_hangs_or_is_cut_is_tried_later(
    client: Client, kind: TargetKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "FIRST_BYTE_SECONDS", 0.1)

    async def hang(_: web.BaseRequest) -> web.StreamResponse:
        await asyncio.sleep(30)
        raise AssertionError

    async with (
        open_client(Gate("127.0.0.0/8"), "a") as impatient,
        serving({}) as site,
        speaking(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{") as cut,
    ):
        site.pages = Everywhere(hang)  # type: ignore[assignment]
        hung = await tell(impatient, kind, site.origin)
        assert (hung.status_code, hung.is_final) == (None, False)
        assert "did not answer in time" in hung.error
        if kind is TargetKind.GITHUB:
            # GitLab is asked by HEAD first, which has no body to cut.
            assert "cut" in (await tell(client, kind, cut)).error


@both
async def test_the_gate_is_asked_for_the_address_of_the_api(kind: TargetKind) -> None:
    async with open_client(Gate(), "a") as strict:
        for address in ("http://127.0.0.1:8080/api", "http://169.254.169.254/", "file:///etc", "https://x.internal/"):
            assert (await tell(strict, kind, address)).error


@both
async def test_a_token_that_the_server_says_is_not_kept(client: Client, kind: TargetKind) -> None:
    async with serving({}) as site:
        said = web.json_response({"message": f"no rights for {TOKEN}\r\n\x1b[31m"}, status=422)
        site.pages = Everywhere(said)  # type: ignore[assignment]
        error = (await tell(client, kind, site.origin)).error
        assert TOKEN not in error
        assert error.isprintable()
