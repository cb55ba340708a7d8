from __future__ import annotations

from llmstxt_sched.documents.diff import EntryChange, Hunk, IndexDiff, PagesDiff, diff_indexes, diff_pages, hunks
from llmstxt_sched.documents.model import Entry, Index, Section

A, B, C = (Entry(f"https://s.example/{name}", name.upper(), f"note {name}") for name in "abc")
BEFORE = Index("Site", "S", (), (Section("One", (A, B)), Section("Two", (C,))))


def test_equal_indexes_do_not_differ() -> None:
    assert diff_indexes(BEFORE, BEFORE) == IndexDiff()


def test_each_change_of_an_entry_is_told_apart() -> None:
    new = Entry("https://s.example/d", "D")
    renamed = Entry(A.url, "AA", "other")
    after = Index("Site 2", "S", (), (Section("One", (renamed,)), Section("Three", (new, C))))
    assert diff_indexes(BEFORE, after) == IndexDiff(
        added=(new,),
        removed=(B,),
        renamed=(EntryChange(A.url, "A", "AA"),),
        moved=(EntryChange(C.url, "Two", "Three"),),
        redescribed=(EntryChange(A.url, "note a", "other"),),
        name=("Site", "Site 2"),
    )


def test_pages_differ_by_their_hash() -> None:
    assert diff_pages({"a": "1", "b": "1", "c": "1"}, {"d": "1", "b": "2", "c": "1"}) == PagesDiff(
        ("d",), ("a",), ("b",)
    )


def test_hunks_show_lines_with_three_around() -> None:
    before = "\n".join(map(str, range(1, 21)))
    assert hunks(before, before) == ()
    assert hunks(before, before.replace("10\n", "ten\n")) == (
        Hunk(7, 7, (" 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13")),
    )
    assert hunks(before, f"0\n{before}\n21")[0] == Hunk(1, 1, ("+0", " 1", " 2", " 3"))
    assert hunks(before, f"0\n{before}\n21")[1] == Hunk(18, 19, (" 18", " 19", " 20", "+21"))


def test_texts_that_are_too_large_to_compare_are_cut() -> None:
    before = "same\n" + "\n".join(f"a{number}" for number in range(20_000))
    after = "same\n" + "\n".join(f"b{number}" for number in range(20_000))
    (hunk,) = hunks(before, after)
    assert hunk.cut
    assert hunk.lines[0] == "-a0"
    assert len(hunk.lines) == 400
