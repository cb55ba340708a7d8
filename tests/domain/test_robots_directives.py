from __future__ import annotations

from datetime import UTC, datetime

import pytest

from llmstxt_sched.domain.robots_directives import Directives, read_robots_meta, read_robots_tag


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Directives()),
        (["noindex, nofollow"], Directives(noindex=True, nofollow=True)),
        (["NONE"], Directives(noindex=True, nofollow=True)),
        (["otherbot: noindex, nofollow"], Directives()),
        (["otherbot: nofollow", "llmstxt-sched: noindex"], Directives(noindex=True)),
        (["otherbot: noindex, llmstxt-sched: nofollow"], Directives(nofollow=True)),
        (["unavailable_after: 25 Jun 2030 15:00:00 PST, noindex"], Directives(noindex=True)),
        (["max-snippet: 5", "all"], Directives()),
        (["noindex nofollow"], Directives(noindex=True, nofollow=True)),
        (["max-image-preview: none noindex"], Directives(noindex=True)),
        (["otherbot: noindex nofollow"], Directives()),
        (["unavailable_after: Sat, 25-Jun-2050 15:00:00 UTC, noindex"], Directives(noindex=True)),
        (["otherbot: unavailable_after: 25 Jun 2050 15:00:00 PST, noindex"], Directives()),
        (["robots: noindex, nofollow"], Directives(noindex=True, nofollow=True)),
        (["llmstxt-sched/1.0: noindex"], Directives(noindex=True)),
        (['"noindex"'], Directives(noindex=True)),
    ],
)
def test_x_robots_tag_is_read_for_us(values: list[str], expected: Directives) -> None:
    assert read_robots_tag(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Directives()),
        (["NoIndex , nofollow"], Directives(noindex=True, nofollow=True)),
        (["noindex", "all, nofollow"], Directives(noindex=True, nofollow=True)),
        (["none"], Directives(noindex=True, nofollow=True)),
        (["noindexed"], Directives()),
        (["noindex nofollow"], Directives(noindex=True, nofollow=True)),
        (["noindex;nofollow"], Directives(noindex=True, nofollow=True)),
        (["max-image-preview: none, max-video-preview:none"], Directives()),
    ],
)
def test_the_contents_of_all_robots_elements_count_together(values: list[str], expected: Directives) -> None:
    assert read_robots_meta(values) == expected


@pytest.mark.parametrize(
    "date",
    [
        "25 Jun 2030 15:00:00 PST",
        "Tuesday, 25-Jun-30 15:00:00 UTC",
        "Tue, 25 Jun 2030",
        "2030-06-25",
        "2030-06-25T15:00:00Z",
        "2030-06-25 15:00:00+02:00",
    ],
)
def test_a_page_is_not_shown_after_the_date_that_it_names(date: str) -> None:
    value = f"unavailable_after: {date}, nofollow"
    before, after = datetime(2030, 6, 20, tzinfo=UTC), datetime(2030, 6, 30, tzinfo=UTC)
    for read in (read_robots_tag, read_robots_meta):
        assert read([value], before) == Directives(nofollow=True, expires=True)
        assert read([value], after) == Directives(noindex=True, nofollow=True)
    for now in (before, after):
        assert read_robots_tag([f"otherbot: {value}"], now) == Directives()


@pytest.mark.parametrize("value", ["unavailable_after: 31 Feb 2020", "unavailable_after: soon", "unavailable_after:"])
def test_what_is_no_date_says_nothing(value: str) -> None:
    assert read_robots_tag([value]) == read_robots_meta([value]) == Directives()
