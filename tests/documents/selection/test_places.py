from __future__ import annotations

import pytest
from tests.documents.pages import START, page

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Page
from llmstxt_sched.documents.selection.places import KnownSite, Listed, listed_pages, order_of, places

NONE: Listed = {}


def placed(pages: list[Page], site: KnownSite = KnownSite(), listed: Listed = NONE) -> list[str]:  # noqa: B008
    found = places(pages, [each.extract.title for each in pages], list(range(len(pages))), site, listed)
    return [" > ".join(found[at]) for at in range(len(pages))]


def named(title: str, *labels: str) -> Page:
    return page(title, title=title, section=SECTION_SEPARATOR.join(labels))


def test_what_a_page_says_of_its_place_comes_before_what_contents_say() -> None:
    pages = [named("a", "Guides"), named("b"), named("c", "Help")]
    listed: Listed = {f"{START}a": ("Listed",), f"{START}b": ("Listed",)}
    assert placed(pages, listed=listed) == ["Guides", "Listed", "Help"]


def test_a_label_that_nine_in_ten_pages_begin_with_is_no_place() -> None:
    docs = [named(f"{number}", "Docs", "Guides" if number % 2 else "Help") for number in range(19)]
    assert set(placed([*docs, named("x", "Blog")])) == {"Guides", "Help", "Blog"}
    assert set(placed([*docs[:9], named("x", "Blog")])) == {"Docs > Guides", "Docs > Help", "Blog"}


def test_pages_of_which_each_is_in_another_ones_place_go_round_once() -> None:
    assert placed([named("A", "B"), named("B", "A"), named("C", "A"), named("D", "E")]) == [
        "A > B",
        "B > A",
        "B > A",
        "E",
    ]


def test_a_page_that_names_itself_goes_no_further() -> None:
    assert placed([named("A", "A"), named("B", "A"), named("C", "D")]) == ["A", "A", "D"]


def test_of_pages_with_one_title_the_first_is_the_one_that_is_meant() -> None:
    pages = [named("Part", "First"), named("Part", "Second"), named("x", "Part"), named("y", "Other")]
    assert placed(pages) == ["First", "Second", "First > Part", "Other"]


def test_a_round_of_places_above_a_page_ends() -> None:
    pages = [named("x", "A"), named("A", "B"), named("B", "C"), named("C", "B"), named("y", "D")]
    assert placed(pages)[0] == "C > B > A"


def test_a_label_of_all_pages_stays_where_there_is_nothing_below_it() -> None:
    assert placed([named("a", "Docs"), named("b", "Docs")]) == ["Docs", "Docs"]


def test_a_page_that_a_group_is_named_by_belongs_to_it() -> None:
    assert placed([named("Guides"), named("a", "Guides"), named("b", "Help"), named("c")]) == [
        "Guides",
        "Guides",
        "Help",
        "",
    ]


def test_what_stands_above_the_sites_own_name_is_no_place() -> None:
    pages = [named("a", "Family", "Thing", "Guides"), named("b", "Help"), named("c", "Other")]
    assert placed(pages, KnownSite(names=frozenset(["Thing"]), name="Thing")) == ["Guides", "Help", "Other"]


@pytest.mark.parametrize(
    ("listed", "home", "expected"),
    [
        ("32", None, [3, 2, 0, 1]),
        ("32", 1, [1, 3, 2, 0]),
        # Its home page may be none that is listed in the documents.
        ("32", 7, [3, 2, 0, 1]),
        # Contents that list fewer than half of the pages say nothing of their order.
        ("3", None, [0, 1, 2, 3]),
    ],
)
def test_what_the_contents_do_not_list_comes_last_but_for_the_home_page(
    listed: str, home: int | None, expected: list[int]
) -> None:
    pages = [page(f"{number}") for number in range(4)]
    order = order_of(pages, [0, 1, 2, 3], KnownSite(home), {f"{START}{name}": () for name in listed}, {}, {})
    assert sorted(order, key=order.__getitem__) == expected


def test_what_a_page_lists_comes_right_behind_it() -> None:
    def listing(name: str, *below: str) -> Page:
        return page(name, contents=tuple((f"{START}{each}", "") for each in below))

    # As they are met; what lists others may be listed by none, and lists may go round.
    pages = [listing(""), listing("b", "b1", "b2"), listing("a", "a1"), page("b1"), listing("b2", "b21", "b")]
    pages += [page("a1"), page("b21"), page("lone")]
    listed = listed_pages(pages, [each.url for each in pages], KnownSite(0))
    order = order_of(pages, list(range(len(pages))), KnownSite(0), listed, {}, {})
    names = [pages[at].url.removeprefix(START) for at in sorted(order, key=order.__getitem__)]
    assert names == ["", "b", "b1", "b2", "b21", "a", "a1", "lone"]


def test_a_page_below_one_that_is_listed_in_its_own_group_is_in_the_group_around_that_as_well() -> None:
    # As in Sphinx' Classic, whose home page lists all, and whose pages say which one they are below.
    listed: Listed = {f"{START}Extensions": ("Reference", "Extensions"), f"{START}Start": ("First steps",)}
    pages = [named("Extensions"), named("math", "Extensions"), named("deep", "Extensions", "Built in"), named("Start")]
    assert placed(pages, listed=listed) == [
        "Reference > Extensions",
        "Reference > Extensions",
        "Reference > Extensions > Built in",
        "First steps",
    ]


def test_the_name_of_what_a_site_is_about_is_the_label_of_its_home_page() -> None:
    pages = [named("a", "Mill"), named("b", "Mill", "Guides"), named("c", "Guides"), named("d", "Mills")]
    for name in ("Mill", "Mill documentation", "Mill Docs"):
        assert placed(pages, KnownSite(names=frozenset([name]), name=name)) == ["", "Guides", "Guides", "Mills"]


def test_what_a_home_page_documents_may_be_a_group() -> None:
    pages = [named("API documentation"), named("a", "API", "Wheel"), named("b", "Guides")]
    assert placed(pages, KnownSite(0, frozenset(["Mill"]), "Mill")) == ["", "API > Wheel", "Guides"]
