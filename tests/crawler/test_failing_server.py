from __future__ import annotations

import pytest
from aiohttp import web
from tests.support.crawls import Crawls
from tests.support.site import Answer, page, serving

from llmstxt_sched.crawler.failing_server import Strain
from llmstxt_sched.crawler.fetch_result import FetchResult
from llmstxt_sched.crawler.model import Outcome

pytestmark = pytest.mark.asyncio(loop_scope="session")

GOOD = FetchResult(Outcome.OK, 200)
BAD = FetchResult(Outcome.HTTP_ERROR, 500, "it answered 500")


def noted(*results: FetchResult) -> Strain:
    strain = Strain()
    for result in results:
        strain.note(result)
    return strain


async def test_pauses_grow_with_a_run_of_failures_and_end_with_it() -> None:
    strain = Strain()
    pauses = [strain.note(BAD) for _ in range(20)]
    assert [pause for pause in pauses if pause] == [2, 4, 8, 8]
    assert strain.is_failing
    assert strain.note(GOOD) == 0
    assert not strain.is_failing


async def test_a_crawl_of_which_nearly_all_fails_is_given_up() -> None:
    failure = noted(GOOD, *[BAD] * 20).failure(is_over=False)
    assert failure
    assert (failure.code, failure.transient) == ("http_error", True)
    assert "20 of the first 21 addresses failed" in failure.message
    assert noted(*[BAD] * 19).failure(is_over=False) is None
    assert noted(*[BAD] * 5).failure(is_over=True)


async def test_a_site_with_a_part_that_fails_is_not_given_up() -> None:
    assert noted(*[GOOD] * 100, *[BAD] * 100).failure(is_over=False) is None
    assert noted(*[GOOD] * 2, *[BAD] * 5).failure(is_over=True) is None
    assert noted(*[BAD] * 4).failure(is_over=True) is None


@pytest.mark.parametrize("outcome", [Outcome.ROBOTS, Outcome.ROBOTS_UNREACHABLE])
async def test_pages_that_robots_txt_keeps_us_from_say_nothing_of_the_server(outcome: Outcome) -> None:
    assert noted(*[FetchResult(outcome)] * 99, *[BAD] * 20).failure(is_over=False)


@pytest.mark.slow
async def test_a_site_that_answers_nearly_everything_with_500_is_left_alone_soon(crawls: Crawls) -> None:
    names = [f"/p{number}" for number in range(100)]
    broken = web.Response(status=500)
    pages: dict[str, Answer] = {"/": page("Home", *names), **dict.fromkeys(names, broken)}
    async with serving(pages) as site:
        failed = await crawls.failure(site.url())
        assert (failed.code, failed.transient) == ("http_error", True)
        asked = [site.asked[name] for name in names if site.asked[name]]
        assert max(asked) == 2
        assert len(asked) < 35


@pytest.mark.slow
async def test_a_small_site_that_fails_is_tried_again_and_not_emptied(crawls: Crawls) -> None:
    names = [f"/p{number}" for number in range(6)]
    async with serving({"/": page("Home", *names), **dict.fromkeys(names, web.Response(status=503))}) as site:
        assert (await crawls.failure(site.url())).transient
