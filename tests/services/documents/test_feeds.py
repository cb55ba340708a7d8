from __future__ import annotations

from tests.support.engine import Engine
from tests.support.feeds import read_feed
from tests.support.versions import GUIDE, HOME, START, first_run, next_run, visit

from llmstxt_sched.crawler.model import Outcome, Visit
from llmstxt_sched.domain.run import HeldVersion
from llmstxt_sched.services.documents.change_log import ChangeLog
from llmstxt_sched.services.documents.feeds import OF_PROJECT, Feeds
from llmstxt_sched.services.documents.files import Document
from llmstxt_sched.services.held_versions import HeldVersions
from llmstxt_sched.store.documents.feeds import ChangePlace

URL = "https://llms.example.com"


def body_of(document: Document) -> bytes:
    assert document.fixed
    return document.fixed.body


async def test_a_held_version_is_told_once_it_is_accepted_and_as_new_as_that(engine: Engine) -> None:
    feeds, run = Feeds(engine.database, URL), await first_run(engine)
    pages = [visit(f"page{number}", f"Page {number}", "Words.", number) for number in range(5)]
    before = await next_run(engine, run, HOME, GUIDE, *pages)
    gone = [Visit(f"{START}{path}", 1, 1, Outcome.GONE, 404) for path in ("guide", *(f"page{n}" for n in range(5)))]
    held = await next_run(engine, run, HOME, *gone)
    assert held.held is HeldVersion.WAITING
    first = read_feed(body_of(await feeds.of_project(run.project_id)))
    assert len(first.entries) == 2
    (row,) = await engine.sql("SELECT clock_timestamp() AS at")
    await HeldVersions(engine.database).accept(held.id)
    newest, *rest = read_feed(body_of(await feeds.of_project(run.project_id))).entries
    assert rest == first.entries
    assert newest.title == "Example: 6 removed"
    assert newest.updated >= row["at"].isoformat()[:19]
    assert [link.href for link in newest.links if link.rel == "related"] == [
        f"{URL}/api/runs/{each.id}/llms.txt" for each in (held, before)
    ]


async def test_more_changes_than_fit_are_counted(engine: Engine) -> None:
    feeds, run = Feeds(engine.database, URL), await first_run(engine)
    pages = [visit(f"page{number:03}", f"Page {number}", "Words.", number) for number in range(150)]
    await next_run(engine, run, HOME, GUIDE, *pages)
    newest = read_feed(body_of(await feeds.of_project(run.project_id))).entries[0]
    assert newest.title == "Example: 150 entries changed"
    assert newest.content[0].value.count("<li>") == 100
    assert f'<a href="{START}page000">' in newest.content[0].value
    assert "… and 50 more." in newest.content[0].value


async def test_a_feed_holds_the_newest_versions_and_the_same_bytes_while_nothing_happens(engine: Engine) -> None:
    feeds, run = Feeds(engine.database, URL), await first_run(engine)
    for number in range(OF_PROJECT):
        await next_run(engine, run, HOME, visit("guide", f"Guide {number}", "How to.", 1))
    found = await feeds.of_project(run.project_id)
    assert len(read_feed(body_of(found)).entries) == OF_PROJECT
    again = await Feeds(engine.database, URL).of_project(run.project_id)
    assert (again.etag, body_of(again)) == (found.etag, body_of(found))
    await engine.edit(run.project_id, name="Another")
    assert (await feeds.of_project(run.project_id)).etag != found.etag


async def test_the_feed_of_all_has_the_newest_version_of_any_project_first(engine: Engine) -> None:
    feeds, runs = Feeds(engine.database, URL), [await first_run(engine) for _ in range(2)]
    await next_run(engine, runs[0], HOME, visit("guide", "Another", "How to.", 1))
    found = read_feed(body_of(await feeds.of_all()))
    assert [entry.title for entry in found.entries] == [
        "Example: 1 renamed",
        *["Example: first version, 2 pages"] * 2,
    ]


async def test_strangers_are_told_of_what_changed_since_the_project_became_public_and_of_nothing_before(
    engine: Engine,
) -> None:
    feeds, log, run = Feeds(engine.database, URL), ChangeLog(engine.database), await first_run(engine)
    await next_run(engine, run, HOME, visit("guide", "Secret", "How to.", 1))
    view = await engine.edit(run.project_id, is_public=True)
    slug = view.project.slug
    assert read_feed(body_of(await feeds.published(slug))).entries == []
    assert await log.published(slug, ChangePlace(), 100) == []
    await engine.edit(run.project_id, name="Another", is_public=True)
    await next_run(engine, run, HOME, visit("guide", "Guide", "How to.", 1))
    (told,) = read_feed(body_of(await feeds.published(slug))).entries
    assert told.title == "Another: 1 renamed"
    assert {change.run for change in await log.published(slug, ChangePlace(), 100)} == {3}
    assert len(read_feed(body_of(await feeds.of_project(run.project_id))).entries) == 3
    # And once more, after it was withdrawn for a while.
    await engine.edit(run.project_id, is_public=False)
    await engine.edit(run.project_id, is_public=True)
    assert read_feed(body_of(await feeds.published(slug))).entries == []
