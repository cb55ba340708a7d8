from __future__ import annotations

from datetime import UTC, datetime

import pytest

from llmstxt_sched.outbound.headers import Link, media_type, read_links, read_retry_after, user_agent

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("9" * 400, 999_999_999),
        ("Mon, 23 Nov 2026 12:01:00 GMT", 60),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("Mon, 99 Nov 2026 99:00:00 GMT", None),
        ("٣", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert read_retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "links"),
    [
        ('</a>; rel="canonical"', [Link("/a", frozenset({"canonical"}))]),
        ("</a.md>;rel=alternate;type=Text/Markdown", [Link("/a.md", frozenset({"alternate"}), "text/markdown")]),
        ('<a,b>; title="x, <y>; rel=no"; rel="UP next"', [Link("a,b", frozenset({"up", "next"}))]),
        ("</a>; rel=one; rel=two", [Link("/a", frozenset({"one"}))]),
        ("</a>; rel=canonical; anchor=/b, </c>; rel=up", [Link("/c", frozenset({"up"}))]),
        (
            "</a>; rel='canonical'; title='it', </c>; rel='",
            [Link("/a", frozenset({"canonical"})), Link("/c", frozenset({"'"}))],
        ),
        ("</a>; =?, </b>", [Link("/a", frozenset()), Link("/b", frozenset())]),
        ("rel=canonical", []),
        ("</a", []),
    ],
)
def test_a_link_header_is_a_list_of_links(value: str, links: list[Link]) -> None:
    assert list(read_links([value])) == links


def test_a_media_type_is_without_parameters() -> None:
    assert media_type("Text/HTML ; charset=utf-8") == "text/html"
    assert media_type("text/html, text/html; charset=utf-8") == "text/html"


def test_the_user_agent_says_who_we_are() -> None:
    assert user_agent("1.2", "https://who.example") == "llmstxt-sched/1.2 (+https://who.example)"
    assert user_agent("1.2", "") == "llmstxt-sched/1.2"
