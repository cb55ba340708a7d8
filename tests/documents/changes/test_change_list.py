from __future__ import annotations

from msgspec.structs import replace

from llmstxt_sched.documents.changes.change_list import ListedChange, VersionChanges, render_changes, summarise

URL = "https://example.com/guide"
ADDED = ListedChange("added", URL, "Guide", None, "How to begin.")
REMOVED = ListedChange("removed", URL + "/old", "Old", "Gone by now.", None)
RENAMED = ListedChange("renamed", URL, "Guide", "Introduction", "Guide")
CHANGES = VersionChanges(
    is_first=False,
    page_count=12,
    entries=[ADDED, replace(ADDED, url=URL + "/2"), REMOVED, RENAMED],
    total=4,
    pages={"added": 2, "changed": 0, "removed": 1},
)


def test_changes_are_counted_by_kind_in_a_few_words() -> None:
    assert summarise(CHANGES) == "2 added, 1 removed, 1 renamed"
    site = ListedChange("site_renamed", "https://example.com/", "Docs", "Doc", "Docs")
    described = replace(RENAMED, kind="redescribed")
    assert summarise(replace(CHANGES, entries=[site, described], total=2)) == "1 described anew, the site renamed"


def test_of_more_changes_than_are_listed_only_the_number_is_told() -> None:
    cut = replace(CHANGES, total=3404)
    assert summarise(cut) == "3,404 entries changed"
    assert "<p>… and 3,400 more.</p>" in render_changes(cut)


def test_a_version_with_other_pages_and_the_same_entries_tells_of_the_pages() -> None:
    changes = VersionChanges(False, 12, [], 0, {"added": 0, "changed": 1, "removed": 0})
    assert summarise(changes) == "1 page changed"
    assert render_changes(changes) == "<p>Pages: 1 changed.</p>"


def test_the_first_version_lists_nothing() -> None:
    first = replace(CHANGES, is_first=True, total=12)
    assert summarise(first) == "first version, 12 pages"
    assert render_changes(first) == "<p>The first version, of 12 pages.</p>"


def test_each_kind_of_change_has_a_list_with_links() -> None:
    shown = render_changes(CHANGES)
    assert '<h4>Added</h4>\n<ul>\n<li><a href="https://example.com/guide">Guide</a>: How to begin.</li>\n' in shown
    assert '<li><a href="https://example.com/guide/old">Old</a>: Gone by now.</li>' in shown
    assert ": <del>Introduction</del> → <ins>Guide</ins></li>" in shown
    assert "<p>Pages: 2 added, 1 removed.</p>" in shown
    assert "Moved" not in shown


def test_what_comes_from_pages_is_never_markup_and_no_script_is_a_link() -> None:
    hostile = '"><script>alert(1)</script>'
    for kind in ("added", "removed", "renamed"):
        shown = render_changes(
            replace(CHANGES, entries=[ListedChange(kind, "javascript:alert(1)", hostile, hostile, hostile)], total=1)
        )
        assert "<script" not in shown
        assert "href" not in shown
        assert "&quot;&gt;&lt;script&gt;" in shown
    quoted = render_changes(replace(CHANGES, entries=[replace(ADDED, url=f"https://example.com/{hostile}")], total=1))
    assert 'href="https://example.com/&quot;&gt;&lt;script&gt;' in quoted
