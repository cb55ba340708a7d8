from __future__ import annotations

import pytest
from tests.documents.pages import START, page, sections

from llmstxt_sched.documents.selection.select import select, wanted_pages
from llmstxt_sched.domain.project import CrawlOptions


def test_sections_are_those_of_the_navigation() -> None:
    labels = ["Guides", "Guides", "Reference", "Reference", "Help", "Help"]
    pages = [page(f"{number}", title=f"P{number}", section=label) for number, label in enumerate(labels)]
    assert sections(select(pages, START)) == {"Guides": ["0", "1"], "Reference": ["2", "3"], "Help": ["4", "5"]}


def test_a_label_over_all_pages_gives_way_to_those_below_it() -> None:
    labels = ["Docs \u203a Guides"] * 2 + ["Docs \u203a Reference"] * 2 + ["Docs \u203a Help"] * 2
    pages = [page(f"{number}", title=f"P{number}", section=label) for number, label in enumerate(labels)]
    assert list(sections(select(pages, START))) == ["Guides", "Reference", "Help"]


def test_a_chapters_own_page_stands_in_its_chapter_and_parts_hold_chapters() -> None:
    pages = [page("", title="Book")]
    for part in "ABC":
        pages.append(page(part, title=f"Part {part}", section="Book"))
        pages += [page(f"{part}{n}", title=f"Chapter {part}{n}", section=f"Part {part}") for n in range(2)]
        pages += [page(f"{part}{n}s", title=f"{part}{n}s", section=f"Chapter {part}{n}") for n in range(2)]
    found = sections(select(pages, START))
    assert found["Part A"] == ["A", "A0", "A1", "A0s", "A1s"]
    assert list(found) == ["Overview", "Part A", "Part B", "Part C"]


def test_the_sites_own_name_is_no_section() -> None:
    labels = ["", "Thing", *["Thing \u203a Guides"] * 2, *["Thing \u203a Reference"] * 2]
    pages = [page(f"{n}", title=f"P{n} | Thing", section=label) for n, label in enumerate(labels)]
    found = sections(select(pages, f"{START}0"))
    assert found == {"Overview": ["0", "1"], "Guides": ["2", "3"], "Reference": ["4", "5"]}


def test_what_a_site_is_a_part_of_is_no_section() -> None:
    above = "Family \u203a Things \u203a Thing \u203a "
    labels = ["", *[f"{above}Guides"] * 2, *["Reference"] * 2, *["Help"] * 2]
    pages = [page(f"{n}", title=f"P{n} | Thing", section=label) for n, label in enumerate(labels)]
    assert list(sections(select(pages, START))) == ["Overview", "Guides", "Reference", "Help"]


def test_the_sites_own_name_is_no_section_where_the_home_page_has_another() -> None:
    home = tuple((f"{START}{n}", ("Guides", "Reference")[n // 2]) for n in range(4))
    pages = [
        page("", title="Welcome", site_name="Own", contents=home),
        *(page(f"{n}", title=f"P{n}") for n in range(4)),
    ]
    pages += [page(f"h{n}", title=f"H{n}", section="Help") for n in range(3)]
    pages += [page(f"f{n}", title=f"F{n}", section="Faq") for n in range(3)]
    assert list(sections(select(pages, START))) == ["Overview", "Guides", "Reference", "Help", "Faq"]


def test_the_sites_own_name_is_no_section_where_the_contents_begin_with_it() -> None:
    listed = tuple((f"{START}{n}", ("Own \u203a Guides", "Own \u203a Reference")[n // 2]) for n in range(4))
    pages = [page("", title="Own", site_name="Own", contents=listed), *(page(f"{n}", title=f"P{n}") for n in range(4))]
    pages += [page(f"h{n}", title=f"H{n}", section="Help") for n in range(3)]
    pages += [page(f"f{n}", title=f"F{n}", section="Faq") for n in range(3)]
    assert list(sections(select(pages, START))) == ["Overview", "Guides", "Reference", "Help", "Faq"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # One that would hold most of the pages gives way to those below it, however many others there are.
        (
            {"Guides \u203a A": 10, "Guides \u203a B": 10, "Help": 2, "Reference": 2},
            ["A", "B", "Help", "Reference"],
        ),
        # Also where many of these have one page only, which take no list of their own.
        (
            {"Guides \u203a A": 10, "Guides \u203a B": 10, "Help": 8, "Reference": 8}
            | {f"Guides \u203a Lone {n}": 1 for n in range(20)},
            ["A", "B", "Help", "Reference", "Overview"],
        ),
        # And one that leaves too few others.
        ({"Guides \u203a A": 2, "Guides \u203a B": 2, "Reference": 3}, ["A", "B", "Reference"]),
    ],
)
def test_a_label_over_most_pages_or_of_few_gives_way_to_those_below_it(
    counts: dict[str, int], expected: list[str]
) -> None:
    labels = [label for label, count in counts.items() for _ in range(count)]
    pages = [page(f"{number}", title=f"P{number}", section=label) for number, label in enumerate(labels)]
    assert list(sections(select(pages, START))) == expected


def test_a_group_over_most_pages_stays_where_most_of_these_would_be_alone_without_it() -> None:
    themes = [page(f"themes/{number}/", title=f"T{number}") for number in range(40)]
    docs = [page(f"documentation/{folder}/{n}", title=f"{folder}{n}") for folder in ("use", "own") for n in range(5)]
    found = sections(select([page("", title="Home"), *themes, *docs, page("themes/x/a"), page("themes/x/b")], START))
    assert list(found) == ["Overview", "Themes", "Documentation"]
    assert (found["Overview"], len(found["Themes"])) == ([""], 42)


def test_the_pages_that_doxygen_makes_of_sources_are_grouped_by_what_they_are_of() -> None:
    kinds = ["Class", "Struct Template", "Namespace", "Namespace", "File", "File"]
    made = [page(f"p{n}.html", title=f"mill::P{n} {kind} Reference") for n, kind in enumerate(kinds)]
    written = [page("", title="Mill"), page("use.html", title="Use"), page("cli.html", title="Class Reference")]
    assert sections(select([*written, *made], START)) == {
        "Overview": ["", "use.html", "cli.html"],
        "Classes": ["p0.html", "p1.html"],
        "Namespaces": ["p2.html", "p3.html"],
        "Files": ["p4.html", "p5.html"],
    }


def test_a_table_of_contents_in_a_file_of_its_own_tells_the_sections() -> None:
    pages = [page(f"{n}", title=f"P{n}") for n in range(6)]
    listed = tuple((f"{START}{n}", ("Guides", "Reference", "Help")[n // 2]) for n in range(6))
    found = sections(select(pages, START, [listed]))
    assert found == {"Guides": ["0", "1"], "Reference": ["2", "3"], "Help": ["4", "5"]}


def test_sections_and_pages_are_in_the_order_of_the_contents() -> None:
    pages = [page(""), *(page(f"{n}", title=f"P{n}") for n in (5, 3, 4, 1, 0, 2, 9))]
    listed = tuple((f"{START}{n}", ("Guides", "Reference", "Help")[n // 2]) for n in range(6))
    found = sections(select(pages, START, [listed]))
    assert list(found.items()) == [
        ("Overview", ["", "9"]),
        ("Guides", ["0", "1"]),
        ("Reference", ["2", "3"]),
        ("Help", ["4", "5"]),
    ]


def test_contents_that_list_few_pages_give_no_order() -> None:
    pages = [page(f"{folder}/{n}", title=f"{folder}{n}") for folder in "abc" for n in range(2)]
    assert list(sections(select(pages, START, [((f"{START}c/0", ""), (f"{START}b/0", ""))]))) == ["A", "B", "C"]


def test_months_and_days_name_no_section() -> None:
    days = ["2023/11/02", "2023/11/09", "2024/03/05", "2024/04"]
    pages = [page("", title="Home"), *(page(f"{day}/p{at}/", title=f"P{at}") for at, day in enumerate(days))]
    assert [name for name in sections(select(pages, START)) if name != "Overview"] == ["2024", "2023"]
    other = [page(f"mills/{number}/p{at}/", title=f"P{number}{at}") for number in ("03", "2023a") for at in range(2)]
    assert {"03", "2023a"} <= sections(select([page("", title="Home"), *other], START)).keys()


def test_years_are_in_order_the_newest_first() -> None:
    paths = ["", "2015/a", "2015/b", "2017/a", "2017/b", "about/a", "about/b", "2014/a", "2014/b"]
    found = sections(select([page(path, title=path) for path in paths], START))
    assert list(found) == ["Overview", "2017", "2015", "About", "2014"]
    assert found["2015"] == ["2015/a", "2015/b"]


def test_the_pages_that_a_page_lists_belong_to_its_group() -> None:
    listed = tuple((f"{START}g/{n}", "") for n in range(3))
    pages = [page("", title="Home", contents=((f"{START}g/", ""), (f"{START}a", ""))), page("a", title="A")]
    pages += [page("g/", title="Guides", contents=listed), *(page(f"g/{n}", title=f"G{n}") for n in range(3))]
    assert sections(select(pages, START))["Guides"] == ["g/", "g/0", "g/1", "g/2"]


def test_a_folder_with_nothing_but_another_one_is_no_section() -> None:
    paths = ["", *(f"org/thing/lang/{n}" for n in range(5)), *(f"org/thing/lang/{p}/{n}" for p in "ab" for n in "12")]
    found = sections(select([page(path, title=path) for path in paths], START))
    assert [name for name in found if name != "Overview"] == ["Lang", "A", "B"]


def test_a_folder_that_several_hold_alone_is_no_section_but_these_are() -> None:
    names = [f"{part}/html/{n}.html" for part in ("guide", "plugin", "tools") for n in range(2)]
    pages = [page(name, title=f"T {name}") for name in names]
    assert list(sections(select(pages, START))) == ["Guide", "Plugin", "Tools"]


@pytest.mark.parametrize("made", ["generated", "_autosummary"])
def test_a_folder_that_says_what_made_its_pages_is_no_section_but_the_one_around_it_is(made: str) -> None:
    names = [f"reference/{made}", f"reference/classes/{made}", "reference/algorithms"]
    pages = [page(f"{name}/{at}", title=f"P{name}{at}") for name in names for at in range(8)]
    pages += [page(f"{name}/{at}", title=f"{name}{at}") for name in ("reference", "guide") for at in range(2)]
    assert set(sections(select(pages, START))) == {"Reference", "Classes", "Algorithms", "Guide"}


def test_without_navigation_folders_are_the_sections() -> None:
    pages = [page(path, title=path) for path in ("", "get-started/a", "get-started/b", "api/a", "api/b", "lone/x", "y")]
    assert sections(select(pages, START)) == {
        "Overview": ["", "lone/x", "y"],
        "Get Started": ["get-started/a", "get-started/b"],
        "API": ["api/a", "api/b"],
    }


def test_the_folder_of_the_sites_only_language_is_no_section() -> None:
    paths = ["", "en/", "en/a", "en/b", "en/items/a", "en/items/b", "en/api/a", "en/api/b"]
    found = sections(select([page(path, title=path) for path in paths], START))
    assert found == {"Overview": paths[:4], "Items": paths[4:6], "API": paths[6:]}


def test_folders_of_languages_are_sections_where_there_are_several() -> None:
    paths = ["", "en/a", "en/b", "de/a", "de/b", "x/a", "x/b"]
    options = CrawlOptions(languages="all")
    pages = wanted_pages([page(path, title=path) for path in paths], START, options)
    assert list(sections(select(pages, START))) == ["Overview", "En", "De", "X"]


@pytest.mark.parametrize(("language", "expected"), [("no", "Overview"), ("en", "No"), ("", "No")])
def test_a_folder_called_like_a_language_is_one_where_its_pages_say_so(language: str, expected: str) -> None:
    pages = [page(path, title=path, language=language) for path in ("no/a", "no/b", "api/a", "api/b", "x/a", "x/b")]
    assert next(iter(sections(select(pages, START)))) == expected


def test_a_flat_site_is_one_section_and_not_one_a_page() -> None:
    pages = [page(f"p{number}.html", title=f"P{number}") for number in range(127)]
    assert list(sections(select(pages, START))) == ["Pages"]


def test_too_many_groups_become_few() -> None:
    pages = [page(f"{group}/{number}", title="T") for group in range(40) for number in range(3)]
    assert 3 <= len(select(pages, START).sections) <= 12


def test_pages_alone_in_their_group_do_not_share_a_section_with_the_smallest_groups() -> None:
    pages = [page(f"{group}/{number}", title="T") for group in range(40) for number in range(3)]
    lone = [page(f"lone-{group}/a", title="T") for group in range(3)]
    assert sections(select([*pages, *lone], START))["Overview"] == ["lone-0/a", "lone-1/a", "lone-2/a"]


@pytest.mark.parametrize(
    "path",
    [
        "changelog.html",
        "legal/privacy",
        "tags/x",
        "docs/v1.2/a",
        "release-notes/1",
        "_modules/a.html",
        "py-modindex.html",
        "index-all.html",
        "src/mill/wheel.rs.html",
        "wheel_8h_source.html",
        "src/Data-Wheel-Spoke.html",
        "thing/src/Data.Wheel.html",
        "doc-index.html",
        "doc-index-A.html",
        "doc-index-%2B.html",
        "index/index-a.html",
        "index/index-_.html",
        "deprecated-list.html",
        "releaselog/3_1.html",
        "2024/05/",
        "blog/page/2/",
    ],
)
def test_what_an_agent_can_do_without_is_optional_and_last(path: str) -> None:
    pages = [page(path, title="T"), page("a", title="A"), page("b", title="B"), page("c", title="C")]
    assert list(sections(select(pages, START)).items())[-1] == ("Optional", [path])


def test_a_site_of_nothing_but_news_is_not_optional() -> None:
    assert list(sections(select([page(f"news/{n}", title="T") for n in range(5)], START))) == ["News"]


def test_listings_of_code_are_optional_also_where_they_are_most_of_the_site() -> None:
    listings = [f"_modules/m{number}.html" for number in range(9)]
    pages = [page(path, title="T") for path in ("", "a", "changelog", *listings)]
    assert sections(select(pages, START))["Optional"] == ["changelog", *listings]


def test_a_site_of_nothing_but_listings_is_not_optional() -> None:
    pages = [page(f"_modules/m{number}.html", title="T") for number in range(3)]
    assert "Optional" not in sections(select(pages, START))


@pytest.mark.parametrize(
    "path",
    [
        "functions.html",
        "guide/search-engine.html",
        "src/main.html",
        "src/Data/Wheel.html",
        "2024/opening.html",
        "doc-indexes.html",
        "index/index-trees.html",
        "index/index-2.html",
    ],
)
def test_a_name_that_is_only_like_a_listings_is_a_pages(path: str) -> None:
    pages = [page(path, title="T"), page("a", title="A"), page("b", title="B"), page("c", title="C")]
    assert "Optional" not in sections(select(pages, START))


def test_a_site_cannot_name_a_section_optional() -> None:
    pages = [page(f"{n}", title=f"P{n}", section=("Optional", "B", "C")[n % 3]) for n in range(9)]
    assert "Optional" not in sections(select(pages, START))


def test_the_folder_of_the_only_version_is_no_section() -> None:
    paths = ["", "a", "docs/3.12/lib/a", "docs/3.12/lib/b", "docs/3.12/howto/a", "docs/3.12/howto/b", "x/a", "x/b"]
    found = sections(select([page(path, title=path) for path in paths], START))
    assert list(found) == ["Overview", "Docs", "X"]


def test_no_section_is_called_by_the_only_version_of_a_part() -> None:
    parts = {"grinder": "2.0", "sifter": "v1.5"}
    paths = ["", *(f"{part}/{version}/{name}" for part, version in parts.items() for name in ("", "a", "b", "c"))]
    found = sections(select([page(path, title=path or "Mill") for path in [*paths, "baker/a", "baker/b"]], START))
    assert list(found) == ["Overview", "Grinder", "Sifter", "Baker"]
    paths = ["", "2.0/en/", *(f"2.0/en/{part}/{name}" for part in ("guide", "lib") for name in "abc")]
    found = sections(select([page(path, title=path or "Mill", language="en") for path in paths], START))
    assert list(found) == ["Overview", "Guide", "Lib"]


def test_no_section_is_called_by_the_only_release_but_by_what_is_called_so() -> None:
    paths = ["", *(f"pages/manual/current/{name}" for name in "abcd"), *(f"baker/latest/{name}" for name in ("", "a"))]
    found = sections(select([page(path, title=path or "Mill") for path in paths], START))
    assert list(found) == ["Overview", "Manual", "Baker"]
    paths = ["", *(f"wire/{part}/{name}" for part in ("current", "voltage") for name in "abc")]
    found = sections(select([page(path, title=path or "Mill") for path in paths], START))
    assert list(found) == ["Overview", "Current", "Voltage"]


@pytest.mark.parametrize("posts", [3, 30])
def test_what_is_in_no_sidebar_keeps_its_folder_beside_what_is_in_one(posts: int) -> None:
    docs = [page(f"docs/{name}", title=name, section="Guides" if name < "d" else "Reference") for name in "abcdef"]
    blog = [page(f"blog/{number}", title=f"Post {number}") for number in range(posts)]
    index = select([page("", title="Mill"), page("about", title="About"), *docs, *blog], START)
    assert {name: len(members) for name, members in sections(index).items()} == {
        "Overview": 2,
        "Guides": 3,
        "Reference": 3,
        "Blog": posts,
    }


def test_a_page_that_a_folders_sidebar_does_not_list_is_in_no_section_of_its_own() -> None:
    docs = [page(f"docs/{name}", title=name, section="Guides" if name < "d" else "Reference") for name in "abcdef"]
    beside = [page(f"docs/{name}", title=name) for name in "xyz"]
    index = select([page("", title="Mill"), *docs, *beside], START)
    assert list(sections(index)) == ["Overview", "Guides", "Reference"]


def test_a_label_is_without_the_marks_around_it() -> None:
    labels = ["Basics:", "\u25b8 Tools", "C++", "基本\uff1a", "Why?"]
    pages = [page(f"{at}/{n}", title=f"P{at}{n}", section=label) for at, label in enumerate(labels) for n in range(2)]
    assert list(sections(select(pages, START))) == ["Basics", "Tools", "C++", "基本", "Why?"]


def test_a_start_page_that_shows_some_pages_first_does_not_change_the_navigations_order() -> None:
    names = {"Guides": "abc", "Reference": "xyz"}
    places = [(section, name) for section, each in names.items() for name in each]
    docs = {
        name: page(f"docs/{name}", title=name, section=section, rank=10 * number)
        for number, (section, name) in enumerate(places, 1)
    }
    blog = [page(f"blog/{number}", title=f"Post {number}") for number in range(3)]
    met = [page("", title="Mill"), docs["z"], blog[0], docs["b"], *(docs[name] for name in "acxy"), *blog[1:]]
    assert sections(select(met, START)) == {
        "Overview": [""],
        "Guides": ["docs/a", "docs/b", "docs/c"],
        "Blog": ["blog/0", "blog/1", "blog/2"],
        "Reference": ["docs/x", "docs/y", "docs/z"],
    }


def test_the_groups_of_a_navigation_that_opens_only_its_own_are_in_order() -> None:
    # Of each group the navigation shows no more than the link, but for the page's own.
    ranks = {"Guides": (2, 3, 4), "Reference": (3, 4, 5), "Help": (4, 5, 6)}
    pages = [
        page(f"{section}/{rank}", title=f"{section} {rank}", section=section, rank=rank)
        for section, each in reversed(ranks.items())
        for rank in reversed(each)
    ]
    found = sections(select([page("", title="Mill"), *pages], START))
    assert found == {
        "Overview": [""],
        **{section: [f"{section}/{rank}" for rank in each] for section, each in ranks.items()},
    }
