from __future__ import annotations

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
