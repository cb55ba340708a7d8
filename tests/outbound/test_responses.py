from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from multidict import CIMultiDict
from tests.outbound.failing import failure
from tests.support.site import serving, speaking, text

from llmstxt_sched.outbound.client import Client, fetch, send
from llmstxt_sched.outbound.responses import Budget

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_answer_comes_with_its_links_and_where_it_sends_its_reader(client: Client) -> None:
    headers = [("Link", "</a>; rel=canonical"), ("Link", "</b>; rel=next"), ("Refresh", "0; url=/c")]
    headers += [("Vary", "Accept-Encoding"), ("Vary", "User-Agent, ACCEPT")]
    async with serving({"/": web.Response(headers=CIMultiDict(headers))}) as site:
        answer = await fetch(client, site.url())
        assert [link.target for link in answer.links] == ["/a", "/b"]
        assert (answer.refresh, answer.varies_by_accept) == ("0; url=/c", True)


async def test_conditions_are_sent_and_an_unchanged_page_has_no_body(client: Client) -> None:
    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(status=304 if request.headers.get("If-None-Match") == '"1"' else 200)

    async with serving({"/": answer}) as site:
        assert (await fetch(client, site.url(), headers={"If-None-Match": '"1"'})).status == 304
        assert (await fetch(client, site.url())).status == 200


async def test_what_a_proxy_has_changed_is_read(client: Client) -> None:
    async with serving({"/": web.Response(status=203, text="there")}) as site:
        answer = await fetch(client, site.url())
        assert (answer.status, answer.body) == (200, b"there")


async def test_a_body_without_an_end_stops_at_the_budget(client: Client) -> None:
    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"more" * 10_000)

    async with serving({"/": endless}) as site:
        assert await failure(client, site.url(), budget=Budget(wire_bytes=200_000)) == "too_large"


async def test_a_body_that_fits_exactly_is_taken(client: Client) -> None:
    async with serving({"/": text("x" * 1000)}) as site:
        budget = Budget(wire_bytes=1000, decoded_bytes=1000)
        assert len((await fetch(client, site.url(), budget=budget)).body) == 1000
        assert await failure(client, site.url(), budget=Budget(decoded_bytes=999)) == "too_large"


async def test_a_body_of_the_wrong_type_is_not_read(client: Client) -> None:
    async with serving({"/": web.Response(body=b"%PDF", content_type="application/pdf")}) as site:
        assert await failure(client, site.url(), types=frozenset({"text/html"})) == "unsupported_type"


async def test_time_runs_out_however_slowly_a_body_drips(client: Client) -> None:
    async def drip(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(0.02)

    async with serving({"/": drip}) as site:
        assert await failure(client, site.url(), budget=Budget(seconds=0.3)) == "timeout"


async def test_a_body_may_come_in_small_pieces(client: Client) -> None:
    lines = b"20\r\n" + b"a" * 32 + b"\r\n"
    chunks = b"1\r\na\r\n" * 10_000 + lines * 10_000 + b"0\r\n\r\n"
    async with speaking(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks) as origin:
        assert (await fetch(client, f"{origin}/")).body == b"a" * 330_000


async def test_each_of_several_answers_may_have_no_body(client: Client) -> None:
    async with serving({"/": web.Response(status=204)}) as site:
        for _ in range(3):
            assert (await send(client, "HEAD", site.url())).body == b""
            assert (await fetch(client, site.url())).body == b""
