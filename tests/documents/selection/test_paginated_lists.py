from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.documents.pages import page
from tests.support.growth import assert_linear

from llmstxt_sched.documents.selection.paginated_lists import further_pages


def further(*pages: tuple[str, str]) -> list[str]:
    others = [(f"other/{n}", f"Other {n}") for n in range(3)]
    given = [*pages, *others]
    found = further_pages(
        [page(path, title=title, is_list=True) for path, title in given], [title for _, title in given]
    )
    return [given[at][0] for at in sorted(found)]


@pytest.mark.parametrize(
    "path",
    [
        "blog/?page=3",
        "blog?p=3",
        "blog/?tag=a&start=20",
        "blog/?PAGEN_1=2",
        "blog/page-4.html",
        "blog/page/4/",
        "blog/page4",
        "blog/index2.html",
        "blog/2/",
        "blog-page-2.html",
    ],
)
@pytest.mark.parametrize(
    "title", ["Blog", "Blog - Page 3", "Blog (3)", "Page 3 of 7 | Blog", "Blog \u2013 Seite 3 von 7"]
)
def test_a_further_page_of_a_list_has_the_lists_title_but_for_a_number(path: str, title: str) -> None:
    first = "blog/?tag=a" if "tag=a" in path else "blog/"
    assert further((first, "Blog"), (path, title)) == [path]


def test_further_pages_are_known_by_one_another_where_the_list_has_another_title() -> None:
    pages = [("?paged=2", "News - Page 2"), ("?paged=3", "News - Page 3")]
    assert further(("", "Home"), *pages) == ["?paged=2", "?paged=3"]
    assert further(("", "Home"), pages[0]) == []


@pytest.mark.parametrize(
    ("first", "path", "title"),
    [
        ("Manual", "manual/?page=2", "Windmills"),
        ("Step 1", "manual/2/", "Step 2"),
        ("Manual", "manual/2/", "Chapter 2"),
        ("Manual", "manual/?q=2", "Manual"),
        ("Manual", "manual/v2/", "Manual"),
        ("HTTP", "manual/2/", "HTTP/2"),
        ("Python", "manual/3/", "Python 3"),
        ("Lesson", "manual/1/", "Lesson 1"),
        ("Foo", "manual/?p=3", "Foo 2"),
    ],
)
def test_a_number_may_choose_a_page_of_its_own(first: str, path: str, title: str) -> None:
    assert further(("manual/", first), (path, title), ("manual/?page=3", "Mills")) == []


def test_a_page_with_a_text_of_its_own_goes_on_with_no_list() -> None:
    paths = ("tune/", "tune/2/", "tune?page=3")
    lists = [page(path, title="Tune", lead=f"The {path} step opens a gate.") for path in paths]
    assert not further_pages(lists, ["Tune"] * 3)
    posts = [page("a", title="A", lead="A gate is open."), page("b", title="B", lead="A gate is shut.")]
    pages = [page("blog/", title="Blog", lead="A gate is open."), page("blog/2/", title="Blog", lead="A gate is shut.")]
    assert further_pages([*pages, *posts], ["Blog", "Blog", "A", "B"]) == {1}


def test_a_list_may_say_of_its_entries_what_they_do_not_say_themselves() -> None:
    lists = [
        page(path, title="Tune", lead=f"The {path} summary.", is_list=True)
        for path in ("tune/", "tune/2/", "tune?page=3")
    ]
    others = [page(path, title=path) for path in "abcd"]
    assert further_pages([*lists, *others], ["Tune", "Tune", "Tune", *"abcd"]) == {1, 2}


def test_a_part_of_code_alone_or_that_begins_as_the_first_one_goes_on_with_no_list() -> None:
    for lead in ("", "This course is for those who mill."):
        parts = [page(path, title="Tune", lead=lead) for path in ("tune/", "tune/2/", "tune/page-3.html")]
        assert not further_pages([*parts, page("a", title="A", lead="A gate is open.")], ["Tune", "Tune", "Tune", "A"])


@pytest.mark.parametrize("numbers", [(1, 2, 3), (400, 401, 403), (3, 4)])
def test_numbers_that_do_not_go_on_from_the_second_are_no_further_pages(numbers: tuple[int, ...]) -> None:
    said = [page(path, title=path, lead=f"A gate at {path} is open.") for path in "abcdefgh"]
    own = [page(f"errors/{number}/", title="Error", lead=said[0].extract.lead) for number in numbers]
    titles = ["Error"] * len(own) + ["Error", *"abcdefgh"]
    assert not further_pages([*own, page("errors/", title="Error"), *said], titles)


def test_a_list_goes_on_whatever_its_first_number_is_and_though_one_is_missing() -> None:
    paths = [f"blog/{number}/" for number in (1, 4)]
    assert further(("blog/", "Blog"), *((path, "Blog") for path in paths)) == paths


def test_a_folder_with_pages_below_it_goes_on_with_no_list() -> None:
    assert further(("docs/", "Manual"), ("docs/2/", "Manual"), ("docs/2/install/", "Install")) == []


def test_pages_to_which_a_site_gives_no_titles_are_no_lists() -> None:
    pages = [page("", title="Thing"), *(page(f"?page={n}", title="Thing") for n in range(9)), page("x", title="X")]
    assert not further_pages(pages, [each.extract.title for each in pages])


@pytest.mark.slow
def test_long_titles_and_addresses_take_linear_time() -> None:
    def looked_at(parts: int) -> None:
        pages = [page("page-" * parts + "1", title="page 1 " * parts), page("-" * 5 * parts, title="1 " * parts)] * 50
        further_pages(pages, [each.extract.title for each in pages])

    assert_linear(looked_at, 500)


def test_the_list_may_stand_at_another_spelling_of_its_folder() -> None:
    for first in ("blog", "blog/", "blog.html", "blog/index.html"):
        assert further((first, "Blog"), ("blog/page/2", "Blog")) == ["blog/page/2"]


@pytest.mark.parametrize("path", ["gates/{}/", "gates?page={}", "gates/page-{}.html"])
def test_further_pages_of_one_list_that_all_say_the_same_say_that_there_are_none(path: str) -> None:
    first, *empty = [
        replace(page(path.format(number), title="Gates", lead="Nothing was found."), content_sha256="1")
        for number in (5, 2, 3)
    ]
    others = [page(each, title=each) for each in "abcdef"]
    pages = [*empty, page("gates/", title="Gates"), *others]
    assert further_pages(pages, [each.extract.title for each in pages]) == {0, 1}
    pages = [replace(first, content_sha256="2"), *pages[1:]]
    assert not further_pages(pages, [each.extract.title for each in pages])
