from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web
from tests.support.engine import Engine
from tests.support.site import Answer, Site, moved, page, serving, text
from tests.support.site_project import project_of

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.domain.credentials import Credentials
from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.run import HeldVersion, RunStatus
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.documents.site_pages import SitePages
from llmstxt_sched.services.documents.writing import lost_texts
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.documents.pages import PageFilter
from llmstxt_sched.worker.generate import Generate


async def test_a_blog_of_ten_posts_that_come_and_go_lists_live_pages_only_and_no_more_than_it_may(
    engine: Engine,
) -> None:
    async with serving({}) as site, project_of(engine, site, max_pages=5) as project:
        for first in range(0, 24, 4):
            posts = {f"/post-{n}": page(f"Post {n}") for n in range(first, first + 10)}
            site.pages = {"/": page("Blog", *posts), **posts}
            await project.run()
        assert await project.listed() == ["/", *(f"/post-{n}" for n in range(20, 24))]


async def test_a_run_of_one_page_speaks_of_one_page(engine: Engine) -> None:
    async with serving({"/": page("Alone")}) as site, project_of(engine, site) as project:
        assert (await project.run()).summary == "1 page, 1 added"


async def test_the_same_site_and_the_same_limit_lead_to_the_same_pages_in_every_run(engine: Engine) -> None:
    pages: dict[str, Answer] = {f"/{n}": page(f"Page {n}", f"/{n + 1}", f"/{n * 7 % 31}") for n in range(1, 31)}
    pages["/"] = page("Home", "/3", "/9")
    async with serving(pages) as site, project_of(engine, site, max_pages=12) as project:
        assert (await project.run()).status is RunStatus.COMPLETE_WITH_DIFFS
        assert (await project.run()).status is RunStatus.COMPLETE_NO_DIFFS
        assert (await project.run()).status is RunStatus.COMPLETE_NO_DIFFS
        assert len(await project.listed()) == 12


async def test_a_lower_limit_leaves_no_more_pages_than_it_says_after_one_run(engine: Engine) -> None:
    posts: dict[str, Answer] = {f"/{n}": page(f"Post {n}") for n in range(30)}
    async with serving({"/": page("Blog", *posts), **posts}) as site, project_of(engine, site) as project:
        await project.run()
        assert len(await project.listed()) == 31
        await engine.edit(project.id, max_pages=12)
        await project.run()
        assert await project.listed() == ["/", *(f"/{n}" for n in range(11))]


async def test_a_page_that_nothing_leads_to_goes_at_once_where_it_is_gone_else_after_two_runs(engine: Engine) -> None:
    posts: dict[str, Answer] = {f"/{n}": page(f"Post {n}") for n in range(6)}
    async with serving({"/": page("Blog", *posts), **posts}) as site, project_of(engine, site) as project:
        await project.run()
        site.pages["/"] = page("Blog", *(f"/{n}" for n in range(4)))
        del site.pages["/5"]
        await project.run()
        assert await project.listed() == ["/", *(f"/{n}" for n in range(5))]
        await project.run()
        assert await project.listed() == ["/", *(f"/{n}" for n in range(4))]


async def test_a_site_in_maintenance_that_sends_all_to_its_front_page_takes_no_more_of_its_host(
    engine: Engine,
) -> None:
    pages = {"/docs/": page("Docs", "a"), "/docs/a": page("A"), "/": page("Shop", "/b"), "/b": page("B")}
    async with serving(pages) as site, project_of(engine, site) as project:
        await engine.sql("UPDATE projects SET url = $2 WHERE id = $1", project.id, site.url("/docs/"))
        await project.run()
        site.pages |= {"/docs/": moved("/", 302), "/docs/a": moved("/", 302)}
        run = await project.run()
        assert (run.status, run.error_code) == (RunStatus.RETRYING, "offsite")
        assert await project.listed() == ["/docs/", "/docs/a"]


async def test_what_the_time_does_not_suffice_for_is_carried_over_unless_orders_shut_it_out(engine: Engine) -> None:
    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    posts: dict[str, Answer] = {f"/{kind}/{n}": page(f"{kind} {n}") for n in range(4) for kind in ("new", "old", "my")}
    home = {"/": page("Blog", *posts)}
    async with serving({**home, **posts}) as site, project_of(engine, site) as project:
        await project.run()
        before = await project.listed()
        site.pages |= dict.fromkeys(posts, hang)
        run = await project.run(max_seconds=2)
        assert (run.status, await project.listed()) == (RunStatus.COMPLETE_NO_DIFFS, before)
        site.pages["/robots.txt"] = text("User-agent: *\nDisallow: /my/3")
        await engine.edit(project.id, exclude=["/old/*"])
        await project.run(max_seconds=2)
        left = [path for path in before if not path.startswith("/old/") and path != "/my/3"]
        assert await project.listed() == left
        full = await project.text("llms-full.txt")
        assert ("old 1" in full, "my 3" in full, "new 1" in full) == (False, False, True)


@pytest.mark.parametrize("status", [503, 403])
async def test_a_page_that_cannot_be_read_makes_no_room_for_others(engine: Engine, status: int) -> None:
    pages: dict[str, Answer] = {f"/{of}/{n}": page(f"Post {n} of {of}") for of in "ab" for n in range(3)}
    pages |= {f"/{of}": page(of, *(f"/{of}/{n}" for n in range(3))) for of in "ab"}
    pages["/"] = page("Blog", "/a", "/b")
    async with serving(pages) as site, project_of(engine, site, max_pages=6) as project:
        await project.run()
        before = await project.listed()
        assert before == ["/", "/a", "/b", "/a/0", "/a/1", "/a/2"]
        site.pages["/a"] = web.Response(status=status)
        assert (await project.run()).status is RunStatus.COMPLETE_NO_DIFFS
        await project.run()
        # The second time, a refusal is an answer.
        refused = ["/", "/b", "/b/0", "/b/1", "/b/2"]
        assert await project.listed() == (before if status == 503 else refused)
        await engine.sql("UPDATE pages SET last_seen_at = now() - interval '31 days' WHERE project_id = $1", project.id)
        await project.run()
        # What it said so long ago leads to nothing any more.
        assert await project.listed() == (["/", "/a", *refused[1:]] if status == 503 else refused)


async def test_a_sitemap_that_cannot_be_read_makes_no_room_for_others(engine: Engine) -> None:
    names = [f"/only/{n}" for n in range(3)]
    pages: dict[str, Answer] = {path: page(f"Post {path}") for path in (*names, *(f"/deep/{n}" for n in range(4)))}
    pages |= {"/": page("Blog", "/a"), "/a": page("A", *(f"/deep/{n}" for n in range(4)))}
    async with serving(pages) as site, project_of(engine, site, max_pages=6) as project:
        site.pages["/sitemap.xml"] = text("".join(f"{site.url(path)}\n" for path in names))
        await project.run()
        before = await project.listed()
        assert sorted(before) == ["/", "/a", "/deep/0", *names]
        for status in (503, 429):
            site.pages["/sitemap.xml"] = web.Response(status=status)
            assert (await project.run()).status is RunStatus.COMPLETE_NO_DIFFS
        # A page that was refused when the sitemap could be read is not taken for one that it lists.
        site.pages["/sitemap.xml"], site.pages["/only/1"] = text(site.url("/only/0")), web.Response(status=403)
        await project.run()
        site.pages["/sitemap.xml"], site.pages["/only/1"] = web.Response(status=503), page("Post /only/1")
        await project.run()
        assert "/only/1" not in await project.listed()


@pytest.mark.parametrize(("status", "days", "has_room"), [(200, 20, True), (200, 40, False), (503, 0, False)])
async def test_a_sitemap_that_no_run_could_read_lately_keeps_no_room_for_what_was_near_the_start(
    engine: Engine, status: int, days: int, *, has_room: bool
) -> None:
    """Else all that the start page ever led to would take the room of the rest of the site for ever."""
    docs: dict[str, Answer] = {f"/docs/{n}": page(f"Doc {n}") for n in range(4)}
    pages: dict[str, Answer] = {"/": page("Home", "/docs", "/news"), "/docs": page("Docs", *docs), **docs}
    async with serving({**pages, "/news": page("News")}) as site, project_of(engine, site, max_pages=6) as project:
        site.pages["/sitemap.xml"] = web.Response(status=status, text=site.url("/docs"))
        await project.run()
        ended = "UPDATE runs SET finished_at = finished_at - make_interval(days => $2) WHERE project_id = $1"
        await engine.sql(ended, project.id, days)
        site.pages["/"], site.pages["/sitemap.xml"] = page("Home", "/docs"), web.Response(status=503)
        await project.run()
        assert ("/news" in await project.listed()) is has_room


async def test_an_empty_start_page_leads_on_the_first_time(engine: Engine) -> None:
    pages: dict[str, Answer] = {f"/{n}": page(f"Post {n}") for n in range(3)}
    async with serving({"/": page("Blog", *pages), **pages}) as site, project_of(engine, site) as project:
        await project.run()
        site.pages["/"] = page("Blog").partition("<main>")[0]
        site.pages |= {"/1": page("Post 1", "/new"), "/new": page("New")}
        await project.run()
        assert await project.listed() == ["/", "/0", "/1", "/2", "/new"]


async def test_what_was_read_before_other_parts_were_dropped_is_not_carried_over(engine: Engine) -> None:
    posts: dict[str, Answer] = {f"/{n}": page(f"Post {n}", text="<b class=x>Secret</b> and open.") for n in range(4)}
    async with serving({"/": page("Blog", *posts), **posts}) as site, project_of(engine, site) as project:
        await project.run()
        site.pages["/2"] = web.Response(status=503)
        await engine.edit(project.id, drop=[".x"])
        await project.run()
        assert await project.listed() == ["/", "/0", "/1", "/3"]
        assert "Secret" not in await project.text("llms-full.txt")


async def test_a_crawl_gives_way_before_each_page_that_it_takes_in(engine: Engine) -> None:
    posts: dict[str, Answer] = {f"/{n}": page(f"Post {n}") for n in range(4)}
    ways = 0

    async def give_way() -> None:
        nonlocal ways
        ways += 1

    async with serving({"/": page("Blog", *posts), **posts}) as site, project_of(engine, site) as project:
        run = await project.run(give_way=give_way)
        # The start page is what the crawl begins with.
        assert (run.progress and run.progress.fetched, ways) == (5, 4)


async def test_a_run_whose_credentials_no_key_opens_fails_before_anything_is_asked(engine: Engine) -> None:
    project = await engine.create(cron=None)
    await engine.projects.edit(project, {}, SchedulePatch(), Credentials({"X-Token": "s3cret"}))
    claimed = await engine.claim(await engine.trigger(project))
    nothing: Any = None
    credentials = SiteCredentials(engine.database, Secrets(["another key of the tests"]))
    generate = Generate(engine.leases, engine.staging, engine.database, nothing, nothing, CrawlSettings(), credentials)
    run = await generate.end(claimed, await generate.prepare(claimed))
    assert (run.status, run.error_code) == (RunStatus.FAILED, "credentials")
    assert "LLMSTXT_SECRETS__KEY" in (run.error_message or "")


def _tagged(title: str, *links: str) -> Answer:
    return _sent_once(page(title, *links))


def _sent_once(text: str) -> Answer:
    async def answer(request: web.BaseRequest) -> web.Response:
        is_same = request.headers.get("If-None-Match") == '"1"'
        status, body = (304, "") if is_same else (200, text)
        return web.Response(status=status, text=body, content_type="text/html", headers={"ETag": '"1"'})

    return answer


@pytest.mark.parametrize("made", [page, _tagged])
async def test_a_run_writes_nothing_that_did_not_change_and_is_told_to_have_seen_it(
    engine: Engine, made: Callable[..., Answer]
) -> None:
    async def written() -> list[Any]:
        kept = ("pages", "contents", "versions", "version_files", "version_pages", "projects")
        return [await engine.sql(f"SELECT xmin, ctid FROM {table} ORDER BY ctid") for table in kept]

    posts = {f"/{n}": made(f"Post {n}") for n in range(4)}
    pages = {"/": made("Blog", *posts, "/old", "/gone"), "/old": moved("/1"), **posts}
    async with serving(pages) as site, project_of(engine, site) as project:
        await project.run()
        before = await written()
        run = await project.run()
        assert (run.status, await written()) == (RunStatus.COMPLETE_NO_DIFFS, before)
        found = await SitePages(engine.database).page(project.id, PageFilter(listed=True), (-1, ""), 9)
        seen = ("not_modified", 304) if made is _tagged else ("ok", 200)
        assert {(row.outcome, row.status_code, row.last_seen_at) for row in found} == {(*seen, run.finished_at)}
        site.pages["/2"] = web.Response(status=503)
        await project.run()
        lost = await SitePages(engine.database).explain(project.id, "/2")
        assert lost.page
        assert (lost.page.outcome, lost.page.last_seen_at) == ("http_error", run.finished_at)
        known = await engine.staging.known(project.id)
        assert [each.url.removeprefix(site.origin) for each in known] == ["/2", "/", "/0", "/1", "/3"]


async def test_globs_that_matched_no_address_are_named_in_the_report(engine: Engine) -> None:
    pages = {path: page(path, "/a/1", "/b/1") for path in ("/", "/a/1", "/b/1")}
    async with (
        serving(pages) as site,
        project_of(engine, site, include=["/", "/a/*", "/c/*"], exclude=["*.pdf"]) as project,
    ):
        run = await project.run()
        assert await project.listed() == ["/", "/a/1"]
        assert run.report.unmatched_globs == ("/c/*", "*.pdf")


async def test_selectors_that_matched_nothing_on_any_page_are_named_in_the_report(engine: Engine) -> None:
    """Also where no page is sent again, and where what matched stands on a page without content."""
    body = "<h1>{0}</h1><main>Of {0} there is something to say.</main><aside class=tip>Elsewhere</aside>"
    links = "".join(f"<a href=/{number}>{number}</a>" for number in range(3))
    pages = {
        "/": _sent_once(f"<nav>{links}</nav>{body.format('home')}"),
        "/0": _sent_once(body.format("nought")),
        "/1": _sent_once("<div class=menu>Nothing else</div>"),
        "/2": _sent_once(body.format("two")),
    }
    async with (
        serving(pages) as site,
        project_of(engine, site, keep=["main", "article"], drop=[".tip", ".menu", ".tipp"]) as project,
    ):
        for _ in range(2):
            run = await project.run()
            assert run.report.unmatched_selectors == ("article", ".tipp")
        assert run.progress
        assert run.progress.unchanged


def _gone(site: Site) -> None:
    site.pages = {"/": page("Docs", *POSTS)}


def _behind_a_login(site: Site) -> None:
    site.pages = {**dict.fromkeys(["/", *POSTS], moved("/login")), "/login": page("Sign in")}


def _forbidden(site: Site) -> None:
    site.pages["/robots.txt"] = text("User-agent: *\nDisallow: /docs/")


POSTS: dict[str, Answer] = {f"/docs/{n}": page(f"Docs {n}") for n in range(20)}


@pytest.mark.parametrize("lose", [_gone, _behind_a_login, _forbidden])
async def test_a_site_of_21_pages_that_shows_one_is_held_until_it_is_back(
    engine: Engine, lose: Callable[[Site], None]
) -> None:
    async with serving({"/": page("Docs", *POSTS), **POSTS}) as site, project_of(engine, site) as project:
        await project.run()
        before, full, pages = await project.listed(), await project.text("llms-full.txt"), site.pages
        lose(site)
        run = await project.run()
        assert (run.status, run.held) == (RunStatus.COMPLETE_WITH_DIFFS, HeldVersion.WAITING)
        assert await project.status() is ProjectStatus.HELD
        assert (await project.listed(), await project.text("llms-full.txt")) == (before, full)
        site.pages = {path: answer for path, answer in pages.items() if path != "/robots.txt"}
        assert (await project.run()).status is RunStatus.COMPLETE_NO_DIFFS
        assert await project.status() is ProjectStatus.FRESH


@pytest.mark.parametrize("place", ["/login?next={path}", "/login?next={path}&lang=en", "/members{path}"])
@pytest.mark.parametrize("is_shut", [True, False])
async def test_a_login_that_names_the_page_behind_it_is_held_wherever_it_stands(
    engine: Engine, place: str, is_shut: bool
) -> None:
    names = ("apple", "pear", "plum", "quince", "cherry", "walnut", "hazel", "currant")
    pairs = zip(names, reversed(names), strict=True)
    texts = {f"/{name}": f"A tree that bears {name}s stands near {other}." for name, other in pairs}
    pages: dict[str, Answer] = {path: page(path.strip("/"), text=said) for path, said in texts.items()}
    async with serving({"/": page("Trees", *pages), **pages}) as site, project_of(engine, site) as project:
        await project.run()
        listed = await project.listed()
        for path, said in texts.items():
            target = place.format(path=path)
            login = page("Sign in", text=f"You have to sign in before you may read {path} and all that comes after it.")
            site.pages |= {path: moved(target, 301), target: login if is_shut else page(path.strip("/"), text=said)}
        run = await project.run()
        assert run.held is (HeldVersion.WAITING if is_shut else None)
        assert (await project.listed() == listed) is is_shut


@pytest.mark.parametrize("number", [3, 8])
@pytest.mark.parametrize("is_shut", [True, False])
async def test_a_wall_with_other_words_at_each_visit_is_held(engine: Engine, number: int, *, is_shut: bool) -> None:
    words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron"]
    posts = {f"/{n}": f"How {word}s came to be known by the {word}s." for n, word in enumerate(words[: number - 1])}
    pages: dict[str, Answer] = {path: page(path, text=said) for path, said in posts.items()}
    pages["/"] = page("Home", *posts, text="All that we know of it.")
    async with serving(pages) as site, project_of(engine, site) as project:
        await project.run()
        before = await project.listed()
        for at, path in enumerate(pages):
            wall = f"Sign in to read on, or ask us for help with {'xyz'[at % 3] * 5} {'uvw'[at // 3] * 5}."
            site.pages[path] = page("Sign in", text=wall if is_shut else f"{wall}</p><p>{posts.get(path, '')}")
        assert (await project.run()).held is (HeldVersion.WAITING if is_shut else None)
        assert await project.listed() == before


async def test_pages_that_say_something_else_in_each_run_in_the_same_words_beside_it_are_published(
    engine: Engine,
) -> None:
    sky = ("sunny", "rainy", "cloudy", "windy", "foggy", "stormy", "clear", "mild", "cold", "warm")

    def forecast(hour: int) -> dict[str, Answer]:
        words = [[sky[(n * step + hour) % len(sky)] for step in (1, 3, 7)] for n in range(8)]
        frame = "The forecast is made by the weather service every hour, and for this place it says: {}, {} and {}."
        places: dict[str, Answer] = {f"/{n}": page(f"Place {n}", text=frame.format(*words[n])) for n in range(8)}
        return {"/": page("Weather", *places), **places}

    async with serving(forecast(0)) as site, project_of(engine, site) as project:
        await project.run()
        site.pages = forecast(5)
        run = await project.run()
        assert (run.status, run.held) == (RunStatus.COMPLETE_WITH_DIFFS, None)


@pytest.mark.parametrize("before", ["/node/{number}", "/?p={number}", "/trees/{name}"])
@pytest.mark.parametrize("notice", ["", "Welcome to the new shop.</p><p>"])
@pytest.mark.parametrize("is_redirected", [True, False])
async def test_short_pages_are_not_held_when_they_move_to_addresses_that_name_them(
    engine: Engine, before: str, notice: str, *, is_redirected: bool
) -> None:
    names = ("apple", "pear", "plum", "quince", "cherry", "walnut", "hazel", "currant")
    old = {name: before.format(name=name, number=number) for number, name in enumerate(names)}
    said = {name: page(name.title(), text=f"Buy a {name} tree, with delivery to your door.") for name in names}
    pages: dict[str, Answer] = {old[name]: said[name] for name in names}
    async with serving({"/": page("Trees", *pages), **pages}) as site, project_of(engine, site) as project:
        await project.run()
        moves: dict[str, Answer] = {old[name]: moved(f"/{name}/", 301) for name in names} if is_redirected else {}
        site.pages = moves | {f"/{name}/": said[name].replace("<p>", f"<p>{notice}", 1) for name in names}
        site.pages["/"] = page("Trees", *(f"/{name}/" for name in names))
        runs = [await project.run() for _ in range(2)]
        assert [run.held for run in runs] == [None, None]
        assert await project.listed() == ["/", *(f"/{name}/" for name in names)]


async def test_a_lower_limit_is_no_loss_on_the_day_of_a_notice_on_each_page(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many pages one in so many is compared as a whole, and there is room for one in so many."""
    monkeypatch.setattr(lost_texts, "_PAGES", 10)
    posts = {f"/{n}": page("Blog", text=f"Here stands post {chr(97 + n % 26)}{chr(97 + n // 26)}.") for n in range(60)}
    notices = "</p><p>".join(f"The {name} has moved." for name in ("shop", *"abcdefgh"))
    async with serving({"/": page("Home", *posts), **posts}) as site, project_of(engine, site) as project:
        await project.run()
        await engine.edit(project.id, max_pages=13)
        site.pages |= {path: said.replace("<p>", f"<p>{notices}</p><p>", 1) for path, said in posts.items()}
        assert (await project.run()).held is None
        assert len(await project.listed()) == 13


async def test_what_the_operator_takes_away_is_published_at_once(engine: Engine) -> None:
    dull = {f"/docs/{n}": page(f"Docs {n}").replace("<main>", "<main class=dull>") for n in range(12)}
    async with serving({"/": page("Docs", *POSTS), **POSTS, **dull}) as site, project_of(engine, site) as project:
        await project.run()
        for options, left in (
            ({"exclude": ["/docs/1*"]}, 10),
            ({"exclude": ["/docs/1*"], "max_pages": 3}, 3),
            ({"exclude": [], "max_pages": None}, 21),
            ({"drop": [".dull"]}, 9),
        ):
            await engine.edit(project.id, **options)
            run = await project.run()
            assert (run.held, len(await project.listed())) == (None, left), options


async def test_translations_that_are_not_wanted_any_more_are_published_away_at_once(engine: Engine) -> None:
    def translated(path: str, tag: str, *links: str) -> str:
        tags = ("en", "de", "fr")
        head = "".join(f'<link rel="alternate" hreflang="{each}" href="/{each}{path}">' for each in tags)
        return page(f"{path} {tag}", *links, head=head).replace("<html>", f"<html lang={tag}>")

    pages: dict[str, Answer] = {}
    for tag in ("en", "de", "fr"):
        names = [f"/{tag}/{n}" for n in range(4)]
        pages |= {name: translated(name[3:], tag) for name in names}
        pages[f"/{tag}/"] = translated("/", tag, *names, "/de/", "/fr/")
    pages["/"] = moved("/en/")
    async with serving(pages) as site, project_of(engine, site, languages="all", scope="host") as project:
        await project.run()
        assert len(await project.listed()) == 15
        await engine.edit(project.id, languages="start")
        run = await project.run()
        assert (run.held, len(await project.listed())) == (None, 5)
