from __future__ import annotations

from llmstxt_sched.documents.changes.diff import EntryChange, IndexDiff, PagesDiff, diff_indexes, diff_pages
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
