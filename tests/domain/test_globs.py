from __future__ import annotations

import pytest
from tests.support.growth import assert_linear

from llmstxt_sched.domain.globs import glob


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("/blog/*", "/blog/2026/a", True),
        ("/blog/*", "/blogs", False),
        ("*.html", "/a/b.html", True),
        ("*.html", "/a/b.html?x", False),
        ("/a?b=*", "/a?b=1", True),
        ("/a*b*c", "/axxbyyc", True),
        ("/a*b*c", "/axxcyyb", False),
        ("/a*a", "/a", False),
        ("/a.b", "/axb", False),
        ("*", "", True),
        ("/ab*bc", "/abc", False),
        ("/ab*c*bc", "/abcbc", True),
        ("/ab", "/abc", False),
        ("/ab*", "/ab", True),
    ],
)
def test_a_star_is_any_run_and_all_else_is_itself(pattern: str, text: str, fits: bool) -> None:
    assert glob(pattern).matches(text) is fits


def test_a_prefix_need_not_reach_the_end() -> None:
    assert glob("/fish*.php", whole=False).matches("/fishheads/x.php?y")
    assert not glob("/fish*.php", whole=False).matches("/Fish.asp")


def test_a_prefix_without_a_star_may_be_longer() -> None:
    assert glob("/fish", whole=False).matches("/fishheads")
    assert not glob("/fish", whole=False).matches("/fis")


def test_a_pattern_made_to_backtrack_is_matched() -> None:
    assert not glob("*a" * 20_000 + "*b").matches("a" * 50_000)


@pytest.mark.slow
def test_a_long_part_that_nearly_fits_everywhere_is_looked_for_in_linear_time() -> None:
    def looked_for(length: int) -> None:
        nearly, text = glob(f"*{'a' * length}b{'a' * length}*"), "a" * 8 * length
        assert not any(nearly.matches(text) for _ in range(10))

    assert_linear(looked_for, 24_000)
