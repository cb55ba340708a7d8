from __future__ import annotations

import pytest
from tests.documents.pages import page

from llmstxt_sched.documents.selection.generated_pages import lists_code, lists_files


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "Index of /"),
        ("docs/", "Index of /docs"),
        ("docs/", "Index of /docs/"),
        ("pub/docs/", "Index of /docs/"),
        ("pub/", "Index of /"),
        ("my%20docs/", "Index of /my docs"),
        ("docs/img/", "Directory listing for /docs/img/"),
        ("docs/", "Directory Listing For [/docs/]"),
        ("docs/", "Directory: /docs/"),
        ("docs/", "Files within docs/"),
        ("docs/", "docs.example - /docs/"),
        ("docs/", "/docs/"),
        ("", "/"),
    ],
)
def test_the_list_of_a_folders_files_is_told_by_its_title(path: str, title: str) -> None:
    assert lists_files(page(path, title=title))
    assert not lists_files(page(path, title=title, lead="The files of the mill are kept here by year."))


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("docs/", "Index of terms"),
        ("docs/", "Index of /img/"),
        ("docs/", "Index of I/O functions"),
        ("docs/", "Directory"),
        ("docs/", "/img/"),
        ("docs/", "docs"),
        ("a/b", "/a/b"),
        ("docs/", ""),
    ],
)
def test_a_page_of_another_title_is_none(path: str, title: str) -> None:
    assert not lists_files(page(path, title=title))


@pytest.mark.parametrize(
    ("path", "is_listing"),
    [
        ("/_modules/mill/wheel.html", True),
        ("/api/src-html/org/Mill.html", True),
        ("/api/org/class-use/Mill.html", True),
        ("/src/mill/wheel.rs.html", True),
        ("/classMill-members.html", True),
        ("/wheel_8hpp_source.html", True),
        ("/xref/org/Mill.html", True),
        ("/source-class-Mill.Wheel.html", True),
        ("/source-code-of-mill.html", False),
        ("/_modules/", False),
        ("/classMill.html", False),
        ("/wheel_8hpp.html", False),
        ("/annotated.html", False),
        ("/genindex.html", False),
    ],
)
def test_what_lists_code_leads_to_no_other_page(path: str, is_listing: bool) -> None:
    assert lists_code(path) is is_listing
