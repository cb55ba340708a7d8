from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmstxt_sched.documents.changes.text_diff import (
    MAX_HUNK_LINES,
    MAX_LINE,
    Hunk,
    TextDiff,
    WordRange,
    diff_texts,
    split_lines,
)

NUMBERS = "\n".join(map(str, range(1, 21)))
LINES = st.lists(st.sampled_from(["", "a", "b", "c", "d"]), max_size=60)


def hunks(before: str, after: str) -> tuple[Hunk, ...]:
    return diff_texts(before, after).hunks


def mark_words(before: str, after: str) -> tuple[tuple[WordRange, ...], tuple[WordRange, ...]]:
    """What is marked of two lines that face each other."""
    found = hunks(before, after)
    removed, added = found[0].words if found and before and after else ((), ())
    return removed, added


def test_equal_texts_have_no_hunk() -> None:
    assert diff_texts(NUMBERS, NUMBERS) == TextDiff((), 20, 20)
    assert diff_texts("", "") == TextDiff((), 0, 0)


def test_hunks_show_lines_with_three_around_and_their_numbers() -> None:
    assert hunks(NUMBERS, NUMBERS.replace("10\n", "ten\n")) == (
        Hunk(7, 7, (" 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13"), ((),) * 8),
    )
    first, last = hunks(NUMBERS, f"0\n{NUMBERS}\n21")
    assert (first.before, first.after, first.lines) == (1, 1, ("+0", " 1", " 2", " 3"))
    assert (last.before, last.after, last.lines) == (18, 19, (" 18", " 19", " 20", "+21"))


def test_changes_near_each_other_share_a_hunk() -> None:
    (near,) = hunks(NUMBERS, NUMBERS.replace("5\n", "five\n", 1).replace("\n12\n", "\ntwelve\n"))
    assert near.lines[0] == " 2"
    assert near.lines[-1] == " 15"
    assert len(hunks(NUMBERS, NUMBERS.replace("5\n", "five\n", 1).replace("\n13\n", "\nthirteen\n"))) == 2


def test_a_text_that_is_new_or_gone_is_one_hunk() -> None:
    assert diff_texts("", "a\nb\n") == TextDiff((Hunk(1, 1, ("+a", "+b"), ((), ())),), 0, 2)
    assert diff_texts("a\nb\n", "") == TextDiff((Hunk(1, 1, ("-a", "-b"), ((), ())),), 2, 0)


def test_white_space_can_be_ignored() -> None:
    before, after = "one  two\n\tthree\nfour", "one two \nthree\nfive"
    assert [line for hunk in hunks(before, after) for line in hunk.lines if line[0] != " "] == [
        "-one  two",
        "-\tthree",
        "-four",
        "+one two ",
        "+three",
        "+five",
    ]
    (hunk,) = diff_texts(before, after, ignore_white_space=True).hunks
    assert hunk.lines == (" one two ", " three", "-four", "+five")


def test_changed_words_are_marked_on_both_sides() -> None:
    (hunk,) = hunks("a\nThe old guide.", "a\nThe very new guide.")
    assert hunk.lines == (" a", "-The old guide.", "+The very new guide.")
    assert hunk.words == ((), ((4, 7),), ((4, 12),))


def test_lines_with_little_in_common_have_no_word_marked() -> None:
    assert mark_words("The old guide.", "Something else, entirely new") == ((), ())


def test_words_are_counted_as_browsers_count() -> None:
    assert mark_words("\U0001f600 the old guide", "\U0001f600 the new guide") == (((7, 10),), ((7, 10),))


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("指定开发服务器端口并自动尝试下一个", "指定开发服务器端口并反复尝试下一个", ("自动", "反复")),
        ("このメソッドは渡された値を検査して返します", "このメソッドは渡された値を変換して返します", ("検査", "変換")),
        ("แก้ไขไฟล์ตั้งค่าของโปรแกรม", "แก้ไขไฟล์ข้อมูลของโปรแกรม", None),
        ("설정 파일을 읽어 서버를 시작합니다", "설정 파일을 읽어 화면을 시작합니다", ("서버를", "화면을")),
    ],
)
def test_a_change_within_a_line_without_spaces_is_marked_where_it_is(
    before: str, after: str, marked: tuple[str, str] | None
) -> None:
    said = [
        "".join(text[first:last] for first, last in ranges)
        for text, ranges in zip((before, after), mark_words(before, after), strict=True)
    ]
    assert all(0 < len(part) < len(before) / 2 for part in said)
    assert marked is None or said == list(marked)


def test_a_change_of_white_space_alone_has_no_word_marked() -> None:
    assert mark_words("the  same guide", "the same guide") == ((), ())


def test_a_hunk_that_is_too_long_is_cut_and_shows_both_sides() -> None:
    before = "same\n" + "\n".join(f"a{number}" for number in range(20_000))
    after = "same\n" + "\n".join(f"b{number}" for number in range(20_000))
    found = diff_texts(before, after)
    (hunk,) = found.hunks
    assert (found.cut, hunk.cut, len(hunk.lines)) == (True, True, MAX_HUNK_LINES)
    assert hunk.lines[:2] == (" same", "-a0")
    assert "+b0" in hunk.lines


@pytest.mark.parametrize(("removed", "added"), [(500, 3), (3, 500), (0, 500), (500, 0)])
def test_the_shorter_side_of_a_hunk_that_is_cut_is_whole(removed: int, added: int) -> None:
    def text(word: str, count: int) -> str:
        return "".join(f"{word}{number}\n" for number in range(count))

    (hunk,) = hunks(text("a", removed), text("b", added))
    assert hunk.cut
    assert len(hunk.lines) == MAX_HUNK_LINES
    assert sum(line.startswith("-") for line in hunk.lines) == (removed if removed < added else MAX_HUNK_LINES - added)


def test_a_line_that_is_too_long_is_cut() -> None:
    (hunk,) = hunks("a" * MAX_LINE, "b" * (MAX_LINE + 1))
    assert hunk.cut
    assert [len(line) for line in hunk.lines] == [MAX_LINE + 1] * 2


@pytest.mark.slow
def test_more_hunks_than_can_be_shown_are_left_out() -> None:
    before = "\n".join(f"{number} {'x' * (1000 if number % 10 == 0 else 1)}" for number in range(20_000))
    found = diff_texts(before, before.replace("x" * 1000, "y" * 1000))
    assert found.cut
    assert not any(hunk.cut for hunk in found.hunks)
    assert sum(len(line) for hunk in found.hunks for line in hunk.lines) < 1_100_000


def test_words_are_marked_up_to_a_number_of_them_in_all() -> None:
    # Each of the second's characters is a word, and each of the first's lines is one but for its number.
    spaced = [f"{number} {'x' * 4900}" for number in range(60)]
    unspaced = [chr(0x4E00 + number) * 4900 for number in range(60)]
    for lines, are_all in ((spaced, True), (unspaced, False)):
        (hunk,) = diff_texts("\n".join(f"{line} a" for line in lines), "\n".join(f"{line} b" for line in lines)).hunks
        assert hunk.words[0]
        assert bool(hunk.words[-1]) is are_all


def test_lines_end_at_line_feeds() -> None:
    assert split_lines("a\r\nb\x0bc\n\n") == ["a\r", "b\x0bc", ""]
    assert split_lines("") == []


@pytest.mark.slow
@given(LINES, LINES)
def test_hunks_turn_the_one_text_into_the_other(old: list[str], new: list[str]) -> None:
    patched, at = [], 0
    for hunk in diff_texts("".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new)).hunks:
        assert len(hunk.words) == len(hunk.lines)
        patched += old[at : hunk.before - 1]
        assert len(patched) == hunk.after - 1
        assert [line[1:] for line in hunk.lines if line[0] != "+"] == old[hunk.before - 1 :][: lines_of(hunk, "- ")]
        patched += [line[1:] for line in hunk.lines if line[0] != "-"]
        at = hunk.before - 1 + lines_of(hunk, "- ")
    assert patched + old[at:] == new


def lines_of(hunk: Hunk, kinds: str) -> int:
    return sum(line[0] in kinds for line in hunk.lines)


@given(st.text(alphabet="ab \U0001f600,", max_size=30), st.text(alphabet="ab \U0001f600,", max_size=30))
def test_ranges_of_words_lie_within_their_line_in_order(before: str, after: str) -> None:
    units: Callable[[str], int] = lambda line: len(line.encode("utf-16-le")) // 2  # noqa: E731
    for line, ranges in zip((before, after), mark_words(before, after), strict=True):
        ends = [end for span in ranges for end in span]
        assert ends == sorted(ends)
        assert not ends or ends[-1] <= units(line)
