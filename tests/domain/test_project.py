from __future__ import annotations

import pytest

from llmstxt_sched.domain.project import MAX_SLUG, CrawlOptions, check_options, slug
from llmstxt_sched.errors import InvalidInput


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (CrawlOptions(max_pages=501), "crawl.max_pages"),
        (CrawlOptions(delay_seconds=0.2), "crawl.delay_seconds"),
    ],
)
def test_a_project_may_not_ask_for_more_than_the_service_allows(options: CrawlOptions, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_options(options, 500, 0.25)
    assert [name for name, _ in refused.value.errors] == [field]


def test_a_project_may_ask_for_all_that_the_service_allows_and_for_less() -> None:
    check_options(CrawlOptions(max_pages=500, delay_seconds=0.25), 500, 0.25)
    check_options(CrawlOptions(max_pages=1, delay_seconds=60), 500, 0.25)
    check_options(CrawlOptions(), 500, 0.25)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Docs, v2", "the-docs-v2-ab12"),
        ("  --Ünïcode--  ", "n-code-ab12"),
        ("文档", "ab12"),
        ("a" * 200, "a" * MAX_SLUG + "-ab12"),
        ("a" * (MAX_SLUG - 1) + " b", "a" * (MAX_SLUG - 1) + "-ab12"),
    ],
)
def test_a_slug_is_plain_letters_and_ends_in_what_makes_it_unique(name: str, expected: str) -> None:
    assert slug(name, "ab12") == expected


def test_all_that_a_project_may_not_ask_for_is_told() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_options(CrawlOptions(max_pages=501, delay_seconds=0.2), 500, 0.25)
    assert [name for name, _ in refused.value.errors] == ["crawl.max_pages", "crawl.delay_seconds"]


@pytest.mark.parametrize("word", ["start", "all", "All"])
def test_what_stands_for_languages_is_none_in_a_list(word: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_options(CrawlOptions(languages=("de", word)), 500, 0.25)
    assert refused.value.sentence.startswith(f"crawl.languages: {word} is no language tag: ")
    check_options(CrawlOptions(languages="all"), 500, 0.25)
    check_options(CrawlOptions(languages=("de", "en")), 500, 0.25)
