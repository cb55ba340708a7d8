from __future__ import annotations

import pytest
from aiohttp import web
from tests.support.crawls import Crawls
from tests.support.site import Answer, Site, catching, moved, page, serving, text

from llmstxt_sched.crawler.model import KnownAddress

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENTENCE = "Nothing is at {} any more: go back to the start, and look from there for what you wanted to read."


async def not_found(request: web.BaseRequest) -> web.Response:
    return web.Response(text=page("Not found", text=SENTENCE.format(request.path)), content_type="text/html")


def probes(site: Site) -> int:
    return sum(count for path, count in site.asked.items() if "no-such-page" in path)


async def test_what_answers_like_a_made_up_address_is_gone(crawls: Crawls) -> None:
    async with serving({}) as site:
        catching(site, {"/": page("Mill", "/gone-1", "/wheel", "/gone-2"), "/wheel": page("Wheel")}, not_found)
        crawled = await crawls(site.url())
        assert crawled.outcomes() == {"": "ok", "gone-1": "gone", "wheel": "ok", "gone-2": "gone"}
        assert {visit.note for visit in crawled.visits if visit.outcome == "gone"} == {
            "the same answer as for a made-up address"
        }
        assert probes(site) == 1


@pytest.mark.parametrize("title", ["{name} | Mill", "Error {number} | Mill"])
async def test_an_answer_whose_title_differs_with_each_address_is_none_all_the_same(crawls: Crawls, title: str) -> None:
    async def other(request: web.BaseRequest) -> web.Response:
        name = request.path.strip("/").replace("_", " ").title()
        written = title.format(name=name, number=len(name) + 5000)
        return web.Response(text=page(written, text=SENTENCE.format("here") * 3), content_type="text/html")

    async with serving({}) as site:
        catching(site, {"/": page("Mill", "/old_wheel", "/wheel", text="Of mills."), "/wheel": page("Wheel")}, other)
        assert (await crawls(site.url())).outcomes() == {"": "ok", "old_wheel": "gone", "wheel": "ok"}


@pytest.mark.slow
@pytest.mark.parametrize("status", [429, 503])
async def test_a_new_page_that_says_that_it_is_none_waits_for_the_made_up_address(crawls: Crawls, status: int) -> None:
    """While that one cannot be asked for, for one run, no dead link shall be a page of the documents."""

    async def other(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status) if "no-such-page" in request.path else await not_found(request)

    async with serving({}) as site:
        catching(site, {"/": page("Mill", "/gone", "/wheel", "/errors"), "/wheel": page("Wheel")}, other)
        site.pages["/errors"] = page("Errors: 404 and others")
        listed = [KnownAddress(site.url("/errors"), 1)]
        outcomes = {"": "ok", "gone": "gone", "wheel": "ok", "errors": "ok"}
        assert (await crawls(site.url(), listed=listed)).outcomes() == outcomes
        site.other = web.Response(status=404)
        site.pages["/gone"] = not_found
        assert (await crawls(site.url())).pages() == ["", "gone", "wheel", "errors"]


@pytest.mark.slow
async def test_pages_about_errors_wait_for_no_server_that_fails_at_any_made_up_address(crawls: Crawls) -> None:
    async with serving({}) as site:
        pages = {"/": page("Mill", "/errors"), "/errors": page("Errors: 404 and others")}
        catching(site, pages, web.Response(status=500))
        assert (await crawls(site.url())).pages() == ["", "errors"]


async def test_a_start_page_that_is_given_for_everything_stays(crawls: Crawls) -> None:
    start = page("App", "/a", "/b", text="The application answers every address with its own start page.")
    async with serving({}) as site:
        catching(site, {}, start)
        assert (await crawls(site.url())).outcomes() == {"": "ok", "a": "duplicate", "b": "duplicate"}


@pytest.mark.parametrize("named", [True, False])
async def test_short_pages_below_a_long_menu_are_not_gone(crawls: Crawls, named: bool) -> None:
    words = [chr(97 + one) + chr(97 + two) + "ing" for one in range(12) for two in range(10)]
    menu = " ".join(["Of the mill:", *words]) + ". "

    def short(title: str, sentence: str, *links: str) -> str:
        return page(title if named else "Mill", *links, text=menu + sentence)

    pages: dict[str, Answer] = {
        "/": page("Mill", "/1", "/2", "/3", text=menu),
        "/1": short("Wheel", "It turns all day."),
        "/2": short("Race", "Water comes by it."),
    }
    async with serving({}) as site:
        catching(site, pages, short("Not found", "We have no such page."))
        assert (await crawls(site.url())).pages() == ["", "1", "2"]


async def test_a_title_that_every_page_has_makes_none_of_them_gone(crawls: Crawls) -> None:
    pages = {
        "/": page("Mill", "/wheel", "/race"),
        "/wheel": page("Mill", text="The wheel turns the stone while the water runs over its buckets."),
        "/race": page("Mill", text="A race leads the river to where it is wanted, and a gate shuts it."),
    }
    async with serving({}) as site:
        catching(site, pages, page("Mill", text="We have looked for this everywhere and cannot find it."))
        assert (await crawls(site.url())).pages() == ["", "wheel", "race"]


async def test_a_made_up_address_that_redirects_is_followed_once(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": page("Mill", "/lost", "/wheel"),
        "/sorry": page("Sorry", text=SENTENCE.format("this address")),
        "/wheel": page("Wheel"),
    }
    async with serving({}) as site:
        catching(site, pages, moved("/sorry"))
        outcomes = (await crawls(site.url())).outcomes()
        assert outcomes == {"": "ok", "lost": "redirected", "sorry": "gone", "wheel": "ok"}


async def numbered(request: web.BaseRequest) -> web.Response:
    text = f"This is the text of {request.path}, and it was made while you waited for it."
    return web.Response(text=page(f"Page {request.path}", "/1", "/2", "/3", text=text), content_type="text/html")


async def test_a_made_up_address_that_redirects_to_another_site_is_not_followed(crawls: Crawls) -> None:
    async with serving({"/": page("Another site")}, host="127.0.0.2") as other, serving({}) as site:
        catching(site, {"/": page("Home", "/a"), "/a": page("A")}, moved(other.url()))
        assert (await crawls(site.url())).pages() == ["", "a"]
        assert probes(site) == 1
        assert not other.asked


async def test_a_server_that_makes_a_page_of_any_address_has_pages(crawls: Crawls) -> None:
    async with serving({}) as site:
        catching(site, {"/": page("Mill", "/1", "/2")}, numbered)
        assert (await crawls(site.url())).pages() == ["", "1", "2", "3"]


async def test_a_server_that_makes_its_start_page_like_any_other_has_pages(crawls: Crawls) -> None:
    async with serving({}) as site:
        catching(site, {}, numbered)
        assert (await crawls(site.url())).pages() == ["", "1", "2", "3"]


async def test_many_pages_that_are_all_alike_are_not_all_held_back(crawls: Crawls) -> None:
    links = [f"/{number}" for number in range(30)]
    async with serving({}) as site:
        catching(site, {"/": page("Mill", *links)}, numbered)
        assert (await crawls(site.url())).pages() == ["", *(link[1:] for link in links)]


@pytest.mark.parametrize("paths", [("/gone", "/wheel"), ("/wheel", "/gone")])
async def test_one_page_that_is_unlike_the_answer_tells_that_the_others_are_none(
    paths: tuple[str, str], crawls: Crawls
) -> None:
    pages = {"/": page("Mill", *paths), "/wheel": page("Wheel", text="The wheel turns the stone.")}
    async with serving({}) as site:
        catching(site, pages, numbered)
        crawled = await crawls(site.url())
        assert (crawled.pages(), crawled.outcomes()["gone"]) == (["", "wheel"], "gone")


async def test_nothing_is_asked_where_nothing_can_be_compared(crawls: Crawls) -> None:
    async with serving({"/": page("Home", "/a"), "/a": web.Response(status=404)}) as site:
        await crawls(site.url())
        assert probes(site) == 0


async def test_robots_txt_is_obeyed_for_a_made_up_address(crawls: Crawls) -> None:
    async with serving({}) as site:
        rules = text("User-agent: *\nDisallow: /no-such-page-\n")
        catching(site, {"/": page("Mill", "/a"), "/robots.txt": rules}, not_found)
        assert (await crawls(site.url())).pages() == ["", "a"]
        assert probes(site) == 0
