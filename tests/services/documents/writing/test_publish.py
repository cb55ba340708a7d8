from __future__ import annotations

import asyncio

import pytest
from msgspec import structs
from tests.support.contents import content, facts_of
from tests.support.engine import NOTHING, Engine
from tests.support.versions import GUIDE, HOME, START, first_run, next_run, publish, visit
from tests.system.faults.waiting import until

from llmstxt_sched.config import RetentionSettings
from llmstxt_sched.crawler.model import Outcome, Report, Visit
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.domain.run import HeldVersion, Progress, ReachedLimit, RunStatus
from llmstxt_sched.errors import LeaseLost, NotFound
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.documents.site_pages import SitePages
from llmstxt_sched.services.documents.writing.draft import draft
from llmstxt_sched.services.documents.writing.publish import publish as store
from llmstxt_sched.services.documents.writing.stored_pages import StoredPages
from llmstxt_sched.services.maintenance.retention import Retention
from llmstxt_sched.services.settle import settle
from llmstxt_sched.store import schedules
from llmstxt_sched.store.documents.pages import PageFilter
from llmstxt_sched.store.runs import Ending, PageChanges, Run


@pytest.mark.parametrize("visits", [(), (HOME, GUIDE)])
async def test_a_commit_that_goes_through_while_the_next_try_waits_for_its_locks_is_found(
    engine: Engine, visits: tuple[Visit, ...]
) -> None:
    """The reply to the first was lost: to the next try it has not ended when it begins to wait."""
    run = await engine.active(await engine.create())
    claimed = await engine.claim(run)
    await engine.staging.stage(claimed, visits)
    drafted = await draft(engine.database, run.project_id, run.id, Report(START, Progress(), (), seen_all=True))
    drafted = drafted if visits else NOTHING
    ending = Ending(status=RunStatus.COMPLETE_WITH_DIFFS, version_id=drafted.version.id if drafted.version else None)
    async with engine.database.transaction() as first:
        locked = await schedules.lock_with_run(first, run.id)
        assert locked
        again = asyncio.create_task(engine.leases.complete(claimed, drafted, Progress(), ""))
        await until(lambda: _waits_for_a_lock(engine), "the second try to wait")
        await store(first, run.project_id, run.id, drafted, locked.now, claimed.site)
        await settle(first, locked, claimed.run, ending, claimed.token, engine.jitter)
    assert await again == await engine.runs.get(run.id)
    versions = await engine.sql("SELECT id FROM versions")
    assert len(versions) == (1 if visits else 0)


async def _waits_for_a_lock(engine: Engine) -> bool:
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    return bool(await engine.sql(waiting))


async def text_of(documents: Documents, run: Run, path: str) -> str:
    document = await documents.of_run(run.id, path)
    return b"".join([piece async for piece in document.pieces]).decode()


async def test_a_first_run_makes_a_version_with_its_pages(engine: Engine) -> None:
    run = await first_run(engine)
    documents = Documents(engine.database)
    assert (run.status, run.changes) == (RunStatus.COMPLETE_WITH_DIFFS, PageChanges(added=2))
    assert f"[Guide]({START}guide)" in await text_of(documents, run, "llms.txt")
    assert "How to." in await text_of(documents, run, "llms-full.txt")
    assert "How to." in await text_of(documents, run, "guide.md")
    pages = await SitePages(engine.database).page(run.project_id, PageFilter(), (-1, ""), 10)
    assert [(page.url, page.path, page.first_seen_at) for page in pages] == [
        (START, pages[0].path, run.finished_at),
        (START + "guide", "guide.md", run.finished_at),
    ]
    kinds = {(change.scope, change.kind) for change in await engine.runs.changes(run.id, -1, 10)}
    assert kinds == {("page", "added"), ("entry", "added")}
    (view,) = await engine.sql("SELECT status, page_count FROM project_views")
    assert (view["status"], view["page_count"]) == ("fresh", 2)


async def test_a_version_that_is_deleted_while_it_is_read_does_not_pass_for_a_shorter_one(engine: Engine) -> None:
    run = await first_run(engine)
    document = await Documents(engine.database).of_run(run.id, "llms-full.txt")
    await engine.projects.delete(run.project_id)
    with pytest.raises(NotFound):
        assert [piece async for piece in document.pieces]


async def test_a_duplicate_is_remembered_where_it_need_not_be_sent_again_and_is_not_listed(engine: Engine) -> None:
    first = await first_run(engine)
    copy = visit("index.html", "Home", "Welcome here.", 2, Outcome.DUPLICATE)
    assert copy.content
    bare = structs.replace(copy, url=f"{START}bare", etag="")
    again = structs.replace(copy, status_code=304)
    for seen in (copy, again):
        await next_run(engine, first, HOME, GUIDE, seen, bare)
        known = await StoredPages(engine.database, first.project_id).recall(copy.url)
        assert known
        assert (known.etag, known.content) == ("etag", facts_of(copy.content))
        assert await StoredPages(engine.database, first.project_id).recall(bare.url) is None
    pages = await SitePages(engine.database).page(first.project_id, PageFilter(), (-1, ""), 10)
    assert [page.url for page in pages if page.path] == [START, f"{START}guide"]


async def test_a_run_that_changes_nothing_makes_no_version_and_leaves_the_one_before_in_force(engine: Engine) -> None:
    first = await first_run(engine)
    unchanged = [
        visit(name, title, text, n, Outcome.NOT_MODIFIED)
        for name, title, text, n in (("", "Home", "Welcome.", 0), ("guide", "Guide", "How to.", 1))
    ]
    for visits in ((HOME, GUIDE), unchanged):
        run = await next_run(engine, first, *visits)
        assert (run.status, run.version_id, run.changes) == (
            RunStatus.COMPLETE_NO_DIFFS,
            first.version_id,
            PageChanges(),
        )
    (row,) = await engine.sql("SELECT count(*) AS versions FROM versions")
    assert row["versions"] == 1


async def test_a_changed_page_makes_a_version_and_the_old_one_stays_readable(engine: Engine) -> None:
    first = await first_run(engine)
    second = await next_run(engine, first, HOME, visit("guide", "Guide", "How to, anew.", 1))
    documents = Documents(engine.database)
    assert (second.status, second.changes) == (RunStatus.COMPLETE_WITH_DIFFS, PageChanges(changed=1))
    assert "How to." in await text_of(documents, first, "guide.md")
    assert "How to, anew." in await text_of(documents, second, "guide.md")
    current = await documents.of_project(first.project_id, "guide.md")
    assert current.etag == (await documents.of_run(second.id, "guide.md")).etag
    assert [row["number"] for row in await engine.sql("SELECT number FROM versions ORDER BY number")] == [1, 2]


async def test_a_page_that_two_whole_runs_did_not_meet_is_gone_from_the_documents(engine: Engine) -> None:
    first = await first_run(engine)
    assert (await next_run(engine, first, HOME)).status is RunStatus.COMPLETE_NO_DIFFS
    gone = await next_run(engine, first, HOME)
    assert (gone.status, gone.changes) == (RunStatus.COMPLETE_WITH_DIFFS, PageChanges(removed=1))
    pages = await SitePages(engine.database).page(first.project_id, PageFilter(), (-1, ""), 10)
    assert [page.url for page in pages] == [START]
    assert "How to." in await text_of(Documents(engine.database), first, "guide.md")


async def test_a_run_that_a_limit_cut_short_carries_over_what_it_did_not_see(engine: Engine) -> None:
    first = await first_run(engine)
    for _ in range(3):
        run = await next_run(engine, first, HOME, seen_all=False)
        assert run.status is RunStatus.COMPLETE_NO_DIFFS


@pytest.mark.parametrize(
    ("limit", "status"),
    [
        ("max_seconds", RunStatus.COMPLETE_NO_DIFFS),
        ("sitemap_unread", RunStatus.COMPLETE_NO_DIFFS),
        ("max_depth", RunStatus.COMPLETE_WITH_DIFFS),
    ],
)
async def test_pages_that_a_limit_had_visited_out_of_turn_keep_their_order(
    engine: Engine, limit: str, status: RunStatus
) -> None:
    pages = [visit(name, name.title(), f"All of {name}.", at) for at, name in enumerate(("setup", "upgrade"), 1)]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    claimed = await engine.claim(await engine.trigger(first.project_id))
    turned = [structs.replace(page, position=3 - page.position) for page in pages]
    reached = (ReachedLimit(limit, START),)
    assert (await publish(engine, claimed, HOME, *turned, seen_all=False, reached=reached)).status is status


async def test_a_finish_that_is_fenced_off_leaves_no_row(engine: Engine) -> None:
    first = await first_run(engine)
    late = await engine.claim(await engine.trigger(first.project_id))
    await engine.staging.stage(late, [HOME])
    report = Report(START, Progress())
    drafted = await draft(engine.database, first.project_id, late.run.id, report)
    before = await everything(engine)
    await engine.expire_lease(late.run)
    await engine.rescue.rescue()
    with pytest.raises(LeaseLost):
        await engine.leases.complete(late, drafted, Progress(), "late")
    with pytest.raises(LeaseLost):
        await engine.staging.stage(late, [GUIDE])
    assert await everything(engine) == before


async def test_what_an_attempt_staged_is_forgotten_by_the_next(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    claimed = await engine.claim(run)
    await engine.staging.stage(claimed, [HOME, GUIDE])
    await engine.leases.hand_back(claimed)
    ended = await publish(engine, await engine.claim(run), HOME)
    assert [page.url for page in await engine.runs.pages(ended.id, (-1, ""), 10)] == [START]
    assert ended.changes == PageChanges(added=1)


async def test_what_is_stored_of_a_page_is_recalled_for_a_conditional_request(engine: Engine) -> None:
    run = await first_run(engine)
    known = await StoredPages(engine.database, run.project_id).recall(START + "guide")
    assert known
    assert (known.etag, known.content.extract, known.content.links) == ("etag", GUIDE.content.extract, (START,))  # type: ignore[union-attr]
    assert await StoredPages(engine.database, run.project_id).recall(START + "nowhere") is None


async def test_markdown_that_nothing_refers_to_is_swept(engine: Engine) -> None:
    first = await first_run(engine)
    await engine.sql("INSERT INTO contents (project_id, sha256, markdown) VALUES ($1, 'x', 'x')", first.project_id)
    await next_run(engine, first, HOME, visit("guide", "Guide", "Anew.", 1))
    await Retention(engine.database, RetentionSettings(), engine.metrics).turn()
    rows = await engine.sql("SELECT markdown FROM contents ORDER BY markdown")
    assert [row["markdown"] for row in rows] == ["Anew.", "How to.", "Welcome."]


async def everything(engine: Engine) -> list[list[object]]:
    tables = ("versions", "version_files", "version_pages", "pages", "changes", "contents", "occurrences")
    return [await engine.sql(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


async def test_a_table_of_contents_that_is_no_page_makes_sections_also_where_it_times_out_later(engine: Engine) -> None:
    names = {"Guides": ("a", "b"), "Help": ("c", "d")}
    listed = tuple((START + name, part) for part, inside in names.items() for name in inside)
    pages = [visit(name, name, name, at) for at, name in enumerate("abcd", 1)]
    toc = content("", Extract(contents=listed), noindex=True)
    met = Visit(START + "toc.html", 9, 1, Outcome.NOINDEX, 200, content=toc)
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages, met)
    index = await text_of(Documents(engine.database), first, "llms.txt")
    assert [line for line in index.splitlines() if line.startswith("## ")] == ["## Overview", "## Guides", "## Help"]
    late = Visit(START + "toc.html", 9, 1, Outcome.TIMEOUT)
    assert (await next_run(engine, first, HOME, *pages, late)).status is RunStatus.COMPLETE_NO_DIFFS


async def test_what_is_in_another_language_is_known_and_not_listed(engine: Engine) -> None:
    links = (("en", START), ("de", START + "de/"))
    contents = [content(tag, Extract(h1=tag), language=tag, translations=links) for tag, _ in links]
    both = [Visit(links[at][1], at, 0, Outcome.OK, 200, content=content) for at, content in enumerate(contents)]
    run = await publish(engine, await engine.claim(await engine.active(await engine.create())), *both)
    assert run.changes == PageChanges(added=1)
    rows = await SitePages(engine.database).page(run.project_id, PageFilter(), (-1, ""), 10)
    assert [(row.url, row.path is not None) for row in rows] == [(START, True), (START + "de/", False)]


@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.NOINDEX, Outcome.EMPTY, Outcome.DUPLICATE])
async def test_what_only_a_page_that_fails_leads_to_stays_as_long_as_that_was_read_lately(
    engine: Engine, outcome: Outcome
) -> None:
    hub, child = visit("hub", "Hub", "Of all.", 1, outcome), visit("child", "Child", "Of the hub.", 2)
    run = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, hub, child)
    failing, unlinked = Visit(hub.url, 1, 1, Outcome.TIMEOUT), frozenset({child.url})
    for _ in range(3):
        claimed = await engine.claim(await engine.trigger(run.project_id))
        run = await publish(engine, claimed, HOME, failing, child, unlinked=unlinked)
    children = "SELECT is_listed, absences FROM pages WHERE url = $1"
    assert [tuple(row) for row in await engine.sql(children, child.url)] == [(True, 0)]
    await engine.sql("UPDATE pages SET last_seen_at = last_seen_at - interval '31 days' WHERE url = $1", hub.url)
    for _ in range(2):
        claimed = await engine.claim(await engine.trigger(run.project_id))
        run = await publish(engine, claimed, HOME, failing, child, unlinked=unlinked)
    assert await engine.sql(children, child.url) == []


async def test_a_login_at_most_addresses_is_held_also_where_it_names_each(engine: Engine) -> None:
    words = {"setup": "First", "upgrade": "Later", "backup": "Safe", "search": "Fast", "export": "Whole"}
    pages = [visit(name, f"{word} {name}", f"Text of {name}.", at) for at, (name, word) in enumerate(words.items(), 1)]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    edited = [visit(name, f"{word}: {name}", f"New {name}.", at) for at, (name, word) in enumerate(words.items(), 1)]
    walled = [visit(name, "Sign in", f"Sign in to see /{name}.", at) for at, name in enumerate(words, 1)]
    run = await next_run(engine, first, HOME, *walled)
    assert (run.held, run.changes) == (HeldVersion.WAITING, PageChanges(changed=5))
    assert "Text of setup." in await text_of(Documents(engine.database), first, "llms-full.txt")
    assert (await next_run(engine, first, HOME, *walled[:1], *pages[1:])).held is None
    assert (await next_run(engine, first, HOME, *edited)).held is None


@pytest.mark.parametrize(("says", "held"), [("Sign in to read {title}.", True), ("{title} is {word} now.", False)])
async def test_a_login_that_names_each_page_by_its_title_is_held(engine: Engine, says: str, held: bool) -> None:
    titles = {"Guide": "First", "Changes": "Later", "Backups": "Safe", "Search": "Fast", "Exports": "Whole"}
    told = list(enumerate(titles.items(), 1))
    pages = [visit(f"p{at}", title, f"All about {word} things.", at) for at, (title, word) in told]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    now = [visit(f"p{at}", title, says.format(title=title, word=word), at) for at, (title, word) in told]
    run = await next_run(engine, first, HOME, *now)
    assert run.held is (HeldVersion.WAITING if held else None)


@pytest.mark.parametrize(("says", "held"), [("Sign in to see /{name}.", True), ("{word} is what {name} is.", False)])
async def test_a_login_to_which_all_redirect_is_held_also_where_its_addresses_say_nothing(
    engine: Engine, says: str, held: bool
) -> None:
    """Pages that have moved to such addresses have words of their own beside those of the addresses before."""
    words = {"setup": "First", "upgrade": "Later", "backup": "Safe", "search": "Fast", "export": "Whole"}
    pages = [visit(name, f"{word} {name}", f"Text of {name}.", at) for at, (name, word) in enumerate(words.items(), 1)]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    gone = [Visit(page.url, at, 1, Outcome.REDIRECTED) for at, page in enumerate(pages, 1)]
    behind = [
        visit(f"x?k=q{at}z", "Sign in", says.format(name=name, word=word), at)
        for at, (name, word) in enumerate(words.items(), len(words) + 1)
    ]
    run = await next_run(engine, first, HOME, *gone, *behind)
    assert run.held is (HeldVersion.WAITING if held else None)


@pytest.mark.parametrize(("says", "held"), [("Sign in to see {name}.", True), ("It {word}, anew.", False)])
async def test_a_login_before_pages_that_begin_with_nothing_but_their_names_is_held(
    engine: Engine, says: str, held: bool
) -> None:
    words = {"setup": "installs", "upgrade": "renews", "backup": "saves", "search": "finds", "export": "writes"}
    pages = [visit(name, name, f"It {word}.", at) for at, (name, word) in enumerate(words.items(), 1)]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    now = [visit(name, name, says.format(name=name, word=word), at) for at, (name, word) in enumerate(words.items(), 1)]
    assert (await next_run(engine, first, HOME, *now)).held is (HeldVersion.WAITING if held else None)


@pytest.mark.parametrize(("says", "held"), [("Sign in to see {name}.", True), ("{name}: {name}", False)])
async def test_a_login_before_pages_that_say_nothing_but_their_names_is_held(
    engine: Engine, says: str, held: bool
) -> None:
    names = ("setup", "upgrade", "backup", "search", "export")
    pages = [visit(name, name, f"{name}.", at) for at, name in enumerate(names, 1)]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    now = [visit(name, name, says.format(name=name), at) for at, name in enumerate(names, 1)]
    assert (await next_run(engine, first, HOME, *now)).held is (HeldVersion.WAITING if held else None)


@pytest.mark.parametrize(("before", "held"), [("It {word}.", True), ("{name}: {name}", False)])
async def test_pages_that_say_nothing_but_their_names_any_more_are_held(
    engine: Engine, before: str, held: bool
) -> None:
    words = {"setup": "installs", "upgrade": "renews", "backup": "saves", "search": "finds", "export": "writes"}
    pages = [
        visit(name, name, before.format(name=name, word=word), at) for at, (name, word) in enumerate(words.items(), 1)
    ]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    now = [visit(name, name, f"{name}.", at) for at, name in enumerate(words, 1)]
    assert (await next_run(engine, first, HOME, *now)).held is (HeldVersion.WAITING if held else None)


@pytest.mark.parametrize(("title", "held"), [("Sign in", True), ("Mill 2", False)])
async def test_a_login_in_place_of_the_only_page_is_held(engine: Engine, title: str, held: bool) -> None:
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME)
    now = visit("", title, "Enter your name and your word.", 0)
    assert (await next_run(engine, first, now)).held is (HeldVersion.WAITING if held else None)


async def test_a_login_that_comes_before_the_pages_with_two_runs_is_held(engine: Engine) -> None:
    names = ("setup", "upgrade", "backup", "search", "export", "import", "restore")
    pages = [visit(name, name, f"All about the {name}: {name[::-1]} it.", at) for at, name in enumerate(names, 1)]
    walls = [visit(name, "Sign in", f"Sign in to see {name}.", at) for at, name in enumerate(names, 1)]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    few = await next_run(engine, first, HOME, *walls[:2], *pages[2:])
    most = await next_run(engine, first, HOME, *walls[:6], *pages[6:])
    assert (few.held, most.held) == (None, HeldVersion.WAITING)


@pytest.mark.parametrize(("ending", "held"), [("{word} of all.", None), ("Go on to /{name}.", HeldVersion.WAITING)])
async def test_a_notice_above_all_pages_is_told_from_a_wall_by_what_follows_it(
    engine: Engine, ending: str, held: HeldVersion | None
) -> None:
    words = {"setup": "First", "upgrade": "Later", "backup": "Safe", "search": "Fast", "export": "Whole"}
    notice = ("Release 2 is out.", "It brings a new reader.", "Release 1 ends next year.")

    def said(name: str, at: int, *texts: str) -> Visit:
        seen = visit(name, name, "\n\n".join(texts), at)
        extract = Extract(title=name, h1=name, lead=texts[0], more_leads=texts[1:3])
        return structs.replace(seen, content=seen.content and structs.replace(seen.content, extract=extract))

    pages = [said(name, at, f"{word} of all.") for at, (name, word) in enumerate(words.items(), 1)]
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *pages)
    anew = [
        said(name, at, *notice, ending.format(name=name, word=word)) for at, (name, word) in enumerate(words.items(), 1)
    ]
    assert (await next_run(engine, first, HOME, *anew)).held is held
