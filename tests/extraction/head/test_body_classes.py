from __future__ import annotations

import pytest

from llmstxt_sched.extraction.head.body_classes import is_secondary


@pytest.mark.parametrize(
    ("classes", "is_one"),
    [
        ("archive category category-sem-categoria category-1 wp-theme-a", True),
        ("archive paged tag tag-moulin paged-2", True),
        ("home archive author author-ana", True),
        ("archive date", True),
        ("tag-template tag-mills", True),
        ("archive post-type-archive post-type-archive-docs", False),
        ("archive tax-product_cat term-7", False),
        ("single single-post category-mills", False),
        ("tag", False),
        ("mediawiki ltr sitedir-ltr ns-1 ns-talk page-Talk_Gear skin-vector action-view", True),
        ("mediawiki ns--1 ns-special mw-special-Recentchanges", True),
        ("mediawiki ns-14 ns-subject page-Kategorie_Teile", True),
        ("mediawiki ns-0 ns-subject page-Gear rootpage-Gear", False),
        ("mediawiki ns-12 ns-subject page-Help_Editing", False),
        ("ns-2 ns-6", False),
        ("", False),
    ],
)
def test_the_software_says_that_a_page_lists_posts_or_is_no_article(classes: str, is_one: bool) -> None:
    assert is_secondary(classes) is is_one
