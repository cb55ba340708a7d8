from __future__ import annotations

import asyncio
import re

import pytest
from aiohttp import web
from tests.outbound.failing import failure
from tests.support.site import moved, serving, text

from llmstxt_sched.domain.urls import Url, parse
from llmstxt_sched.errors import AddressRefused, FetchFailed
from llmstxt_sched.outbound.client import Client, fetch
from llmstxt_sched.outbound.redirects import redirect_target
from llmstxt_sched.outbound.responses import Budget

with_client = pytest.mark.asyncio(loop_scope="session")


@with_client
async def test_a_session_that_a_redirect_adds_is_kept(client: Client) -> None:
    async with serving({"/": moved("/?sid=0123456789abcdef"), "/?sid=0123456789abcdef": text("there")}) as site:
        assert (await fetch(client, site.url())).body == b"there"


@with_client
async def test_redirects_are_followed_hop_by_hop_past_admit(client: Client) -> None:
    seen: list[str] = []

    async def admit(url: Url) -> None:
        seen.append(url.path)
        if url.path == "/forbidden":
            raise FetchFailed("robots", "forbidden")

    pages = {"/": moved("/a"), "/a": moved("/b?c"), "/b?c": text("there"), "/x": moved("/forbidden")}
    async with serving(pages) as site:
        assert (await fetch(client, site.url(), admit=admit)).body == b"there"
        assert await failure(client, site.url("/x"), admit=admit) == "robots"
        assert seen == ["/a", "/b", "/forbidden"]
        assert site.asked["/forbidden"] == 0


@pytest.mark.slow
@with_client
async def test_a_turn_that_admit_waits_for_takes_nothing_of_the_time_for_the_answer(client: Client) -> None:
    async def admit(_: Url) -> None:
        await asyncio.sleep(0.6)

    async def stall(_: web.BaseRequest) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response()

    budget = Budget(seconds=0.5)
    async with serving({"/": moved("/a"), "/a": text("there"), "/b": moved("/c"), "/c": stall}) as site:
        assert (await fetch(client, site.url(), budget=budget, admit=admit)).body == b"there"
        assert await failure(client, site.url("/b"), budget=budget, admit=admit) == "timeout"


@with_client
async def test_a_turn_that_comes_too_late_for_the_caller_is_no_failure_of_the_server(client: Client) -> None:
    async def admit(_: Url) -> None:
        raise TimeoutError

    async with serving({"/": moved("/a")}) as site:
        with pytest.raises(TimeoutError):
            await fetch(client, site.url(), admit=admit)


@with_client
async def test_redirects_end_somewhere(client: Client) -> None:
    pages = {f"/{n}": moved(f"/{n + 1}") for n in range(20)} | {"/a": moved("/b"), "/b": moved("/a"), "/c": moved("")}
    async with serving(pages) as site:
        assert await failure(client, site.url("/0")) == "too_many_redirects"
        assert sum(site.asked.values()) == 6
        assert await failure(client, site.url("/a")) == "redirect_loop"
        assert await failure(client, site.url("/c")) == "bad_redirect"


@with_client
async def test_without_hops_a_redirect_is_an_answer(client: Client) -> None:
    async with serving({"/": moved("/a", 308)}) as site:
        answer = await fetch(client, site.url(), hops=0)
        assert (answer.status, answer.location) == (308, "/a")
        assert site.asked["/a"] == 0


@with_client
@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://2130706433/",
        "//[::1]/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://a@b.example/",
    ],
)
async def test_no_redirect_leads_past_the_gate(client: Client, location: str) -> None:
    async with serving({"/": moved(location)}) as site:
        url = site.url()
        with pytest.raises(AddressRefused, match=f"^{re.escape(url)} redirects to where this service does not go"):
            await fetch(client, url)


def test_a_redirect_never_leads_from_https_to_http() -> None:
    with pytest.raises(FetchFailed, match="https to http"):
        redirect_target(parse("https://a.example/"), "HTTP://a.example/")
    assert redirect_target(parse("https://a.example/b/c"), "../d") == "https://a.example/d"


def test_bytes_of_a_location_mean_themselves() -> None:
    location = "/\udcfcber"  # as aiohttp decodes one in Latin-1
    assert redirect_target(parse("https://a.example/"), location) == "https://a.example/%FCber"
