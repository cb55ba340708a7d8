from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from aiohttp import web
from tests.support.contents import content
from tests.support.engine import Engine
from tests.support.site import Answer, Site, moved, serving, text
from tests.support.versions import publish

from llmstxt_sched.crawler.model import Outcome, Visit
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.errors import NotFound, TooManyRequests
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.documents.served_check import AT_ONCE, ServedCheck, ServedChecks

PATH = "/docs/llms.txt"


class Served:
    """A project whose site is on 127.0.0.1, and what checks it."""

    def __init__(self, engine: Engine, site: Site, project: UUID, checks: ServedChecks) -> None:
        self.engine = engine
        self.site = site
        self.project = project
        self.checks = checks

    async def write_version(self, title: str) -> bytes:
        """A run that finds a page of this title; gives the llms.txt that it wrote."""
        about = content(f"All about {title}.", Extract(title=title))
        claimed = await self.engine.claim(await self.engine.trigger(self.project))
        visit = Visit(self.site.url("/docs/"), 0, 0, Outcome.OK, 200, content=about)
        await publish(self.engine, claimed, visit, folder="/docs/")
        document = await Documents(self.engine.database).of_project(self.project, "llms.txt")
        return b"".join([piece async for piece in document.pieces])

    async def serve(self, answer: Answer) -> ServedCheck:
        """The check while the site answers like this."""
        self.site.pages[PATH] = answer
        return await self.checks.check(self.project)


@pytest_asyncio.fixture
async def served(engine: Engine) -> AsyncIterator[Served]:
    project = await engine.create(cron=None)
    async with serving({}) as site, open_client(Gate("127.0.0.0/8"), "test") as client:
        await engine.sql("UPDATE projects SET url = $2 WHERE id = $1", project, site.url("/docs/"))
        yield Served(engine, site, project, ServedChecks(engine.database, client))


async def test_the_newest_file_is_current_and_an_older_one_is_named(served: Served) -> None:
    first, second = await served.write_version("One"), await served.write_version("Two")
    found = await served.serve(web.Response(body=second))
    assert (found.url, found.status_code, found.size) == (served.site.url(PATH), 200, len(second))
    assert (found.is_current, found.matches_version) == (True, 2)
    old = await served.serve(web.Response(body=first))
    assert (old.is_current, old.matches_version) == (False, 1)
    assert "version 1, but version 2 is the newest" in old.message
    assert await served.write_version("One") == first
    again = await served.serve(web.Response(body=first))
    assert (again.is_current, again.matches_version) == (True, 3)
    assert "/robots.txt" not in served.site.asked


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (text("# Mine\n"), 200, "did not write"),
        (web.Response(text="<html>", content_type="text/html"), 200, "web page"),
        (web.Response(status=404), 404, "no llms.txt there"),
        (web.Response(status=403), 403, "Let everybody read"),
        (web.Response(status=429), 429, "later"),
        (web.Response(status=502), 502, "error of its own"),
        (moved("http://10.0.0.1/llms.txt"), None, "LLMSTXT_EGRESS__ALLOW"),
        (moved(PATH), None, "redirects back"),
        (web.Response(body=b"x" * (2 * 1024 * 1024 + 1)), None, "larger"),
    ],
)
async def test_what_stands_there_instead_says_what_to_do(
    served: Served, answer: Answer, status: int | None, said: str
) -> None:
    await served.write_version("One")
    found = await served.serve(answer)
    assert (found.status_code, found.is_current, found.matches_version) == (status, False, None)
    assert said in found.message
    assert found.message.endswith((".", "again."))


async def test_a_redirect_to_the_file_is_followed(served: Served) -> None:
    body = await served.write_version("One")
    served.site.pages["/files/llms.txt"] = web.Response(body=body)
    assert (await served.serve(moved("/files/llms.txt"))).is_current


async def test_a_site_that_is_away_is_no_error(served: Served) -> None:
    await served.write_version("One")
    await served.engine.sql("UPDATE projects SET url = 'http://127.0.0.1:9/'")
    await served.engine.sql("DELETE FROM pages")
    found = await served.checks.check(served.project)
    assert (found.status_code, found.is_current, found.size) == (None, False, None)
    assert "connection failed" in found.message


async def test_without_a_document_there_is_nothing_to_compare_with(served: Served) -> None:
    with pytest.raises(NotFound, match="no document yet: it has never run"):
        await served.checks.check(served.project)
    with pytest.raises(NotFound, match="no project"):
        await served.checks.check(uuid4())
    assert not served.site.asked


async def test_only_a_few_sites_are_asked_at_once(served: Served) -> None:
    await served.write_version("One")
    go = asyncio.Event()

    async def slow(_: web.BaseRequest) -> web.Response:
        await go.wait()
        return web.Response(status=404)

    checks = [asyncio.create_task(served.serve(slow)) for _ in range(AT_ONCE)]
    while served.site.asked[PATH] < AT_ONCE:
        await asyncio.sleep(0.01)
    with pytest.raises(TooManyRequests):
        await served.checks.check(served.project)
    go.set()
    assert {found.status_code for found in await asyncio.gather(*checks)} == {404}
