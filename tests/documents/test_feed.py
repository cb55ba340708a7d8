from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from lxml import etree
from msgspec.structs import replace
from tests.support.feeds import SCHEMA, read_feed

from llmstxt_sched.documents.feed import ATOM_TYPE, Feed, FeedEntry, FeedLink, render_feed

ENTRY = FeedEntry(
    id=UUID(int=7),
    title="Docs: 1 added",
    updated=datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2))),
    html='<p><a href="https://example.com/?a=1&amp;b=2">A &lt;b&gt;</a></p>',
    links=[FeedLink("alternate", "https://example.com/llms.txt?a=1&b=2", title='a "title"')],
)
FEED = Feed(
    id=UUID(int=5),
    title="Docs",
    author="Docs",
    updated=datetime(2026, 1, 1, tzinfo=UTC),
    links=[FeedLink("self", "https://llms.example.com/p/docs/feed.xml", ATOM_TYPE)],
    entries=[ENTRY],
)


def test_a_feed_is_valid_and_read_back_as_it_was() -> None:
    found = read_feed(render_feed(FEED))
    assert (found.feed.id, found.feed.title, found.feed.author) == (FEED.id.urn, "Docs", "Docs")
    assert found.feed.updated == "2026-07-01T10:00:00Z"
    (entry,) = found.entries
    assert (entry.id, entry.title, entry.updated) == (ENTRY.id.urn, ENTRY.title, "2026-07-01T10:00:00Z")
    assert entry.link == ENTRY.links[0].href
    assert entry.links[0].title == 'a "title"'
    assert entry.content[0].type == "text/html"
    assert etree.fromstring(render_feed(FEED)).find("{*}entry/{*}content").text == ENTRY.html


def test_a_feed_without_entries_is_valid_too() -> None:
    found = read_feed(render_feed(replace(FEED, entries=[])))
    assert found.entries == []
    assert found.feed.updated == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("</title><script>alert(1)</script>", "</title><script>alert(1)</script>"),
        ("]]> &amp; <![CDATA[", "]]> &amp; <![CDATA["),
        ("a\x00b\x0bc\ud800d\uffffe", "abcde"),
        ("\U0001f600 ü", "\U0001f600 ü"),
    ],
)
def test_whatever_a_title_holds_the_feed_stays_whole(text: str, seen: str) -> None:
    hostile = replace(
        ENTRY, title=text, html=text, links=[FeedLink("related", "https://example.com/", "text/plain", text)]
    )
    body = render_feed(replace(FEED, title=text, author=text, entries=[hostile]))
    read_feed(body)
    root = etree.fromstring(body)
    texts = ("{*}title", "{*}author/{*}name", "{*}entry/{*}title", "{*}entry/{*}content")
    assert [root.find(path).text for path in texts] == [seen] * 4
    assert root.find("{*}entry/{*}link").get("title") == seen


@pytest.mark.parametrize("damage", [(b"<updated>", b"<updated>x"), (b"urn:uuid:", b""), (b"<author>", b"<b/><author>")])
def test_the_schema_of_these_tests_refuses_what_is_not_valid(damage: tuple[bytes, bytes]) -> None:
    assert not SCHEMA.validate(etree.fromstring(render_feed(FEED).replace(*damage)))
