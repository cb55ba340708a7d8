from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmstxt_sched.documents.changes.matching import Match, find_matches

TEXTS = st.lists(st.sampled_from("abcdef"), max_size=40)


def test_equal_sequences_match_as_a_whole_and_others_not_at_all() -> None:
    assert find_matches("abcab", "abcab") == [Match(0, 0, 5)]
    assert find_matches("abc", "xyz") == []
    assert find_matches("", "abc") == []


def test_what_occurs_once_on_each_side_is_the_anchor_and_blank_lines_are_not() -> None:
    before = ["one", "", "two", "", "three"]
    after = ["new", "", "other", "", "one", "", "two", "", "three"]
    assert find_matches(before, after) == [Match(0, 4, 5)]


def test_what_moved_matches_once() -> None:
    assert find_matches("abcdXefgh", "Xabcdefgh") == [Match(0, 1, 4), Match(5, 5, 4)]


@given(TEXTS, TEXTS)
def test_matches_are_equal_parts_in_order_with_differences_between_them(before: list[str], after: list[str]) -> None:
    old = new = 0
    for match in find_matches(before, after):
        assert match.size > 0
        assert match.before >= old
        assert match.after >= new
        assert old == new == 0 or match.before > old or match.after > new
        old, new = match.before + match.size, match.after + match.size
        assert before[match.before : old] == after[match.after : new]


@given(TEXTS, st.lists(st.integers(0, 40), max_size=3))
def test_a_few_lines_taken_out_leave_the_rest_matched(before: list[str], taken: list[int]) -> None:
    numbered = [f"{at} {line}" for at, line in enumerate(before)]
    after = [line for at, line in enumerate(numbered) if at not in taken]
    assert sum(match.size for match in find_matches(numbered, after)) == len(after)


def test_what_is_too_much_for_the_bound_differs_as_a_whole_where_nothing_occurs_once() -> None:
    before, after = list("ab" * 20), [*list("ba" * 20), "a"]
    assert find_matches(before, after)
    assert sum(match.size for match in find_matches(before, after, max_pairs=100)) <= 2


def test_two_long_texts_with_changes_far_apart_are_matched_between_them() -> None:
    before = [f"line {number}" if number % 2 else "" for number in range(20_000)]
    after = [*before[:10], "new", *before[10:-10], *before[-9:]]
    assert [match.size for match in find_matches(before, after)] == [10, 19_980, 9]
