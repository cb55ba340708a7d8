from __future__ import annotations

import pytest
from aiohttp import web
from msgspec.structs import replace
from tests.support.contents import text_of
from tests.support.crawls import FAST, Crawled, Crawls
from tests.support.site import Answer, page, serving, text

from llmstxt_sched.extraction.dom.picks import Picks

pytestmark = pytest.mark.asyncio(loop_scope="session")

OWN = "# Wheel\n\nThis page tells **all** there is to know about Wheel.\n"


def markdown(body: str = OWN, **headers: str) -> web.Response:
    return web.Response(text=body, content_type="text/markdown", headers=headers)


def linking(title: str, address: str) -> str:
    return page(title, head=f'<link rel="alternate" type="text/markdown" href="{address}">')


def texts(crawled: Crawled) -> dict[str, str]:
    return {visit.url.rpartition("/")[2]: text_of(visit.content) for visit in crawled.visits if visit.content}


async def test_a_page_is_taken_from_the_copy_that_it_names(crawls: Crawls) -> None:
    header = {"Link": '</raw/race.md>; rel="alternate"; type="text/markdown"'}
    pages: dict[str, Answer] = {
        "/": page("Mill", "/wheel", "/race", "/gate"),
        "/wheel": linking("Wheel", "/raw/wheel.md"),
        "/raw/wheel.md": markdown(),
        "/race": web.Response(text=page("Race", "/deep"), content_type="text/html", headers=header),
        "/raw/race.md": text(OWN.replace("Wheel", "Race")),
        "/gate": linking("Gate", "/raw/gate.md"),
        "/raw/gate.md": page("Gate"),
        "/deep": page("Deep"),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert crawled.pages() == ["", "wheel", "race", "gate", "deep"]
        taken = texts(crawled)
        assert taken["wheel"] == OWN
        assert taken["race"] == OWN.replace("Wheel", "Race")
        assert "**all**" not in taken["gate"]


async def test_pages_whose_template_names_one_copy_for_all_keep_their_own_texts(crawls: Crawls) -> None:
    whole = "# Mill\n\nThis page tells **all** there is to know about Mill.\n\nAlso Wheel and Race.\n"
    head = '<link rel="alternate" type="text/markdown" href="/all.md">'
    pages: dict[str, Answer] = {
        "/": page("Mill", "/wheel", "/race", head=head),
        "/wheel": page("Wheel", head=head),
        "/race": page("Race", head=head),
        "/all.md": markdown(whole),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert crawled.pages() == ["", "wheel", "race"]
        assert [name for name, said in texts(crawled).items() if said == whole] == [""]


async def test_copies_are_found_in_the_sites_own_llms_txt(crawls: Crawls) -> None:
    listed = text("# Mill\n\n## Docs\n\n- [Start](index.html.md)\n- [Wheel](/wheel.md): turns\n")
    home = "# Mill\n\nThis page tells **all** there is to know about Mill.\n"
    pages: dict[str, Answer] = {
        "/": page("Mill", "/wheel", "/wheel.md"),
        "/llms.txt": listed,
        "/index.html.md": markdown(home),
        "/wheel": page("Wheel"),
        "/wheel.md": markdown(),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert crawled.outcomes() == {"": "ok", "wheel": "ok", "wheel.md": "duplicate"}
        assert texts(crawled)["wheel"] == OWN
        assert texts(crawled)[""] == home


async def test_an_llms_txt_of_ours_lists_no_copies(crawls: Crawls) -> None:
    ours = "# Mill\n\nEvery link leads to a page of mill.example; the line beside it says what the page holds.\n"
    pages: dict[str, Answer] = {
        "/": page("Mill", "/wheel"),
        "/llms.txt": text(f"{ours}\n## Docs\n\n- [Wheel](/wheel.md)\n"),
        "/wheel": page("Wheel"),
        "/wheel.md": markdown(),
    }
    async with serving(pages) as site:
        await crawls(site.url())
        assert site.asked["/wheel.md"] == 0


async def test_accept_chooses_only_where_the_page_says_so(crawls: Crawls) -> None:
    asked: dict[str, list[str]] = {"/": [], "/plain": []}

    async def answer(request: web.BaseRequest) -> web.Response:
        asked[request.path].append(request.headers["Accept"].partition(",")[0])
        if asked[request.path][-1] == "text/markdown":
            return markdown()
        headers = {"Link": f'<{request.path}>; rel="alternate"; type="text/markdown"'}
        if request.path == "/":
            headers["Vary"] = "Accept-Encoding, Accept"
        return web.Response(text=page("Wheel", "/plain"), content_type="text/html", headers=headers)

    async with serving({"/": answer, "/plain": answer}) as site:
        crawled = await crawls(site.url())
        assert asked == {"/": ["text/html", "text/markdown"], "/plain": ["text/html"]}
        assert texts(crawled)[""] == OWN


async def test_a_copy_that_robots_txt_forbids_is_not_asked_for(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": linking("Mill", "/raw/mill.md"),
        "/raw/mill.md": markdown(),
        "/robots.txt": text("User-agent: *\nDisallow: /raw/\n"),
    }
    async with serving(pages) as site:
        assert (await crawls(site.url())).pages() == [""]
        assert site.asked["/raw/mill.md"] == 0


@pytest.mark.slow
async def test_a_copy_that_cannot_be_had_today_changes_nothing(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {"/": linking("Wheel", "/wheel.md"), "/wheel.md": markdown()}
    async with serving(pages) as site:
        first = await crawls(site.url())
        site.pages["/wheel.md"] = web.Response(status=503)
        second = await crawls(site.url(), known=first.known())
        assert texts(first) == texts(second)
        site.pages["/wheel.md"] = web.Response(status=404)
        assert "**all**" not in texts(await crawls(site.url(), known=first.known()))[""]


async def test_a_page_that_is_as_it_was_takes_what_its_copy_says_now(crawls: Crawls) -> None:
    home = web.Response(text=linking("Wheel", "/wheel.md"), content_type="text/html", headers={"ETag": '"1"'})

    async def unchanged(request: web.BaseRequest) -> web.Response:
        if request.headers.get("If-None-Match"):
            return web.Response(status=304, headers={"ETag": '"1"'})
        return web.Response(body=home.body, headers=home.headers)

    async with serving({"/": unchanged, "/wheel.md": markdown()}) as site:
        first = await crawls(site.url())
        assert (await crawls(site.url(), known=first.known())).outcomes() == {"": "not_modified"}
        site.pages["/wheel.md"] = markdown(OWN.replace("all", "much"))
        changed = await crawls(site.url(), known=first.known())
        assert (changed.outcomes(), texts(changed)) == ({"": "ok"}, {"": OWN.replace("all", "much")})
        site.pages["/robots.txt"] = text("User-agent: *\nDisallow: /wheel.md\n")
        assert "**" not in texts(await crawls(site.url(), known=first.known()))[""]


async def test_a_page_that_its_scripts_build_is_what_its_copy_says(crawls: Crawls) -> None:
    shell = (
        "<html><head><title>Wheel</title><link rel=alternate type=text/markdown href=/wheel.md>"
        "<script src=/app.js></script></head><body><div id=root></div></body></html>"
    )
    async with serving({"/": shell, "/wheel.md": markdown()}) as site:
        crawled = await crawls(site.url())
        assert (crawled.outcomes(), texts(crawled)) == ({"": "ok"}, {"": OWN})


async def test_selectors_of_the_project_are_asked_of_the_page_and_not_of_its_copy(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {"/": linking("Wheel", "/wheel.md"), "/wheel.md": markdown()}
    async with serving(pages) as site:
        crawled = await crawls(site.url(), replace(FAST, picks=Picks(drop=(".promo",))))
        assert "**all**" not in texts(crawled)[""]


@pytest.mark.slow
async def test_a_page_that_was_not_taken_from_a_copy_is_as_it_was_while_there_is_none(crawls: Crawls) -> None:
    home = linking("Wheel", "/wheel.md")

    async def unchanged(request: web.BaseRequest) -> web.Response:
        known = request.headers.get("If-None-Match")
        tag = {"ETag": '"1"'}
        whole = web.Response(text=home, content_type="text/html", headers=tag)
        return web.Response(status=304, headers=tag) if known else whole

    async with serving({"/": unchanged, "/wheel.md": web.Response(status=404)}) as site:
        first = await crawls(site.url())
        site.pages["/wheel.md"] = web.Response(status=503)
        assert (await crawls(site.url(), known=first.known())).outcomes() == {"": "not_modified"}


@pytest.mark.slow
async def test_copies_that_are_put_off_again_and_again_are_done_without(crawls: Crawls) -> None:
    names = [f"/{letter}" for letter in "abcdefgh"]
    busy = web.Response(status=429, headers={"Retry-After": "1"})
    pages: dict[str, Answer] = {"/": page("Home", *names)}
    for name in names:
        pages |= {name: linking(name, f"{name}.md"), f"{name}.md": busy}
    async with serving(pages) as site:
        crawled = await crawls(site.url())
    assert len(crawled.pages()) == 9
    # The third answer may come while another copy waits for its turn.
    assert sum(site.asked[f"{name}.md"] for name in names) <= 4


@pytest.mark.slow
async def test_an_llms_txt_that_is_put_off_is_asked_for_again(crawls: Crawls) -> None:
    answers = [web.Response(status=429), text("# Mill\n\n- [Wheel](/wheel.md)\n")]

    async def listed(_: web.BaseRequest) -> web.Response:
        return answers.pop(0)

    pages: dict[str, Answer] = {"/": page("Mill", "/wheel"), "/llms.txt": listed, "/wheel": page("Wheel")}
    async with serving(pages | {"/wheel.md": markdown()}) as site:
        assert texts(await crawls(site.url()))["wheel"] == OWN


async def test_what_a_missing_llms_txt_says_of_waiting_holds_up_nothing(crawls: Crawls) -> None:
    missing = web.Response(status=404, headers={"Retry-After": "60"})
    async with serving({"/": page("Mill", "/wheel"), "/llms.txt": missing, "/wheel": page("Wheel")}) as site:
        crawled = await crawls(site.url(), replace(FAST, max_seconds=10))
    assert crawled.report.seen_all
