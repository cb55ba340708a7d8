from __future__ import annotations

from collections.abc import Sequence

import pytest
from aiohttp import web
from tests.support.crawls import Crawls
from tests.support.names import naming
from tests.support.site import moved, page, serving

from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.outbound import dial
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate


@pytest.mark.slow
@pytest.mark.asyncio(loop_scope="session")
async def test_a_name_that_is_silent_ahead_of_another_run_fails_no_page_where_the_start_led_to_it(
    monkeypatch: pytest.MonkeyPatch, parser: ParserPool
) -> None:
    zone: dict[str, Sequence[str] | None] = {"old.example": ["127.0.0.1"], "new.example": ["127.0.0.1"]}
    async with serving({}) as site, naming(zone) as names:

        async def page_with_a_silence(_: web.BaseRequest) -> web.StreamResponse:
            zone["new.example"] = None
            with monkeypatch.context() as short:
                short.setattr(dial, "DNS_SECONDS", 0.2)
                await client.look_up(f"http://new.example:{site.port}/")
            zone["new.example"] = ["127.0.0.1"]
            return web.Response(text=page("A", "/b"), content_type="text/html")

        site.pages = {
            "/start": moved(f"http://new.example:{site.port}/"),
            "/": page("Home", "/a"),
            "/a": page_with_a_silence,
            "/b": page("B"),
        }
        # Each request has a connection of its own, and so asks for the name.
        async with open_client(Gate("127.0.0.0/8"), "llmstxt-sched/0", [names.address], reuses=False) as client:
            crawled = await Crawls(client, parser)(f"http://old.example:{site.port}/start")
    assert crawled.pages() == ["", "a", "b"]
