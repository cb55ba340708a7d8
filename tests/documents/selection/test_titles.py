from __future__ import annotations

from typing import Any

import pytest
from tests.documents.pages import START, page

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.select import select
from llmstxt_sched.documents.selection.titles import Affix, page_titles, title_from_segment


def title(**said: Any) -> str:
    others = [page(f"{number}", title=f"Page {number} | Site") for number in range(9)]
    index = select([*others, page("get-started.html", **said)], START)
    return next(entry.title for section in index.sections for entry in section.entries if "get-started" in entry.url)


def test_the_title_is_the_h1_then_the_title_without_the_site_then_a_heading_then_the_path() -> None:
    assert title(h1="Heading", title="Title | Site", first_heading="First") == "Heading"
    assert title(title="Title | Site", first_heading="First") == "Title"
    assert title(title="Title | Other", first_heading="First") == "Title | Other"
    assert title(first_heading="First") == "First"
    assert title() == "get-started.html"
    assert title(title="\u200b", h1="\u200b") == "get-started.html"
    assert title(title="<no title> | Site", first_heading="First") == "First"
    assert title(title="Untitled Document") == "get-started.html"
    assert title(title="| Site", first_heading="First") == "First"
    assert title(title="| Site") == "get-started.html"


def test_a_prefix_that_pages_share_is_dropped() -> None:
    pages = [page(f"{number}", title=f"Proj: Class {number}") for number in range(5)]
    index = select(pages, START)
    assert index.name == "Proj"
    assert index.sections[0].entries[0].title == "Class 0"
    without = select([*pages, page("empty.html", title="Proj:")], START)
    assert without.sections[0].entries[-1].title == "empty.html"


def test_a_name_in_brackets_that_pages_share_is_the_sites() -> None:
    index = select([page(f"{number}", title=f"Option {number} (GNU sed)") for number in range(5)], START)
    assert index.name == "GNU sed"
    assert index.sections[0].entries[0].title == "Option 0"
    assert title(title="print (function)") == "print (function)"


@pytest.mark.parametrize(
    "template",
    [
        *(
            "{}｜{}",
            "{} ｜ {}",
            "{}丨{}",
            "{}-{}",
            "{}_{}",
            "{} _ {}",
            "{}——{}",
            "{}·{}",
            "{}・{}",
            "{}：{}",
            "{}～{}",
            "{}/{}",
        ),
        *("{}「{}」", "{}【{}】", "{}《{}》", "{}（{}）"),
        *("{} / {}", "{} › {}", "{} → {}", "{} ⋅ {}", "{} – «{}»", "{} « {} »", "{} ― {}"),
    ],
)
@pytest.mark.parametrize(
    ("titles", "site"),
    [
        (["安装指南", "常见-问题", "路由・一覧", "命令行（CLI）"], "米尔文档"),
        (["インストール", "ルーター・一覧", "よくある質問", "設定：基本"], "ミルの説明書"),
    ],
)
def test_a_name_is_told_from_titles_by_the_signs_of_scripts_without_spaces(
    template: str, titles: list[str], site: str
) -> None:
    affix = Affix([template.format(each, site) for each in titles])
    assert [affix.cut(template.format(each, site)) for each in titles] == titles
    assert affix.name == site


@pytest.mark.parametrize("template", ["【{}】{}", "《{}》{}", "{}：{}", "{}｜{}", "«{}» — {}", "{} › {}"])
def test_a_name_before_titles_is_told_by_the_same_signs(template: str) -> None:
    titles = ["安装指南", "常见-问题", "路由・一覧", "命令行"]
    affix = Affix([template.format("米尔文档", each) for each in titles])
    assert [affix.cut(template.format("米尔文档", each)) for each in titles] == titles
    assert affix.name == "米尔文档"


def test_a_sign_within_words_is_no_separator() -> None:
    titles = ["read-only", "write-only", "Foo/Bar", "a_b", "Café-only"]
    assert not Affix(titles).suffix
    assert not Affix(["ユーザー・ガイド", "管理者・ガイドライン", "設定・一覧"]).suffix


def test_an_h1_that_most_pages_share_is_the_banners() -> None:
    pages = [page(f"{number}", title=f"Page {number}", h1="Site") for number in range(5)]
    assert select(pages, START).sections[0].entries[3].title == "Page 3"


def test_an_h1_that_is_the_sites_name_gives_way_to_a_title_that_says_more() -> None:
    assert title(h1="Site", title="Get started | Site") == "Get started"
    assert title(h1="Site", title="Site") == "Site"


def test_a_title_that_many_pages_share_gives_way_to_a_first_heading_that_few_do() -> None:
    pages = [page(f"{number}", title="Thing Documentation", first_heading=f"Chapter {number}") for number in range(5)]
    pages += [page(f"s{number}", title="Thing Documentation", first_heading="Synopsis") for number in range(5)]
    home = page("", title="Thing Documentation", first_heading="Getting started")
    titles = [entry.title for section in select([home, *pages], START).sections for entry in section.entries]
    assert titles[0] == "Thing Documentation"
    assert [text for text in titles if text.startswith("Chapter")] == [f"Chapter {number}" for number in range(5)]
    assert len([text for text in titles if text.startswith("Thing Documentation")]) == 6


def test_a_segment_becomes_words_and_a_version_keeps_its_dots() -> None:
    segments = ["getting-started.html", "3.12", "v1.2", "1.x", "python-3.12", "my.file_name.md", "v.1"]
    titles = ["Getting Started", "3.12", "v1.2", "1.x", "Python 3.12", "My File Name", "V 1"]
    assert [title_from_segment(segment) for segment in segments] == titles


def test_a_segment_is_spelt_as_its_words_are() -> None:
    spelt = {"api": "API", "faqs.html": "FAQs", "rest-apis": "Rest APIs", "js-sdk": "JS SDK", "oauth2": "Oauth2"}
    spelt |= {"graphql": "GraphQL", "apiary": "Apiary", "ios_and_macos": "iOS And macOS"}
    assert {segment: title_from_segment(segment) for segment in spelt} == spelt


def test_an_h1_that_some_pages_share_is_a_title_where_more_share_the_other_one() -> None:
    pages = [page(f"{folder}/install", title="Thing", h1="Installation") for folder in "abc"]
    pages += [page(f"{number}", title="Thing", h1=f"P{number}") for number in range(7)]
    titles = [entry.title for section in select(pages, START).sections for entry in section.entries]
    assert titles[0].startswith("Installation")
    assert not any(title.startswith("Thing") for title in titles)


def test_a_name_that_all_pages_have_for_their_h1_and_title_is_none_of_theirs() -> None:
    def alike(path: str, second: str, title: str = "Mill Reference") -> Page:
        return page(path, title=title, h1="Mill Reference", first_heading="Mill Reference", second_heading=second)

    pages = [alike("", "About the mill"), *(alike(f"{number}", f"{number}. Gears") for number in range(5))]
    # Where many pages have the next heading as well, it names none of them.
    pages += [alike(f"s{number}", "Synopsis") for number in range(5)]
    found = [entry.title for section in select(pages, START).sections for entry in section.entries]
    assert found[:6] == ["Mill Reference", *(f"{number}. Gears" for number in range(5))]
    assert found[6] == "Mill Reference (S0)"
    # With titles of their own they need no other.
    pages = [page(f"{at}", title="Help", first_heading="Mill Help", second_heading=f"Gear {at}") for at in range(5)]
    # The first is the home page.
    found = [entry.title for entry in select(pages, START).sections[0].entries]
    assert found == ["Help", *(f"Gear {at}" for at in range(1, 5))]
    pages = [alike(f"{number}", "Use", f"Gear {number}") for number in range(5)]
    found = [entry.title for entry in select(pages, START).sections[0].entries]
    assert found == [f"Gear {number}" for number in range(5)]


def titles_of(*titles: str) -> list[str]:
    index = select([page(f"{at}", title=title) for at, title in enumerate(titles)], START)
    return [entry.title for section in index.sections for entry in section.entries]


def test_the_sites_name_may_have_another_version_or_spelling_on_some_pages() -> None:
    suffixes = ["Mill 1.2.3 documentation"] * 6 + ["Mill 1.3.0rc1 documentation", "mill v1.2 Docs", "Mill docs latest"]
    found = titles_of(*(f"Page {at} \u2014 {suffix}" for at, suffix in enumerate(suffixes)))
    assert found == [f"Page {at}" for at in range(len(suffixes))]


def test_another_name_or_version_at_the_end_of_a_title_stays() -> None:
    for suffix in ("Mill 1.2 docs", "Mill documentation"):
        shared = [f"Page {at} - {suffix}" for at in range(6)]
        own = ["News: Mill 2.0 docs", "Gears - Wheel 1.2 docs", "Moving - Mill 2 docs", "New - Mill 2.0", "About - 1.2"]
        assert titles_of(*shared, *own)[6:] == own
    assert titles_of(*(f"Page {at} - 1.2" for at in range(6)), "Notes - 1.3")[6:] == ["Notes - 1.3"]


def test_each_title_may_have_the_name_with_the_version_of_its_folder() -> None:
    for suffix in ("Mill v{0}.{0}.0", "Mill {0}.1 docs", "mill-{0}.2"):
        found = titles_of(*(f"Page {at} - {suffix.format(at % 4)}" for at in range(12)))
        assert [title.partition(" (")[0] for title in found] == [f"Page {at}" for at in range(12)]
    several = [f"Page {at} - {name} 1.{at}" for at, name in enumerate(["Mill", "Sail", "Gear", "Sack"] * 2)]
    assert titles_of(*several) == several


def test_a_heading_that_ends_with_the_sites_name_in_brackets_is_a_title_without_it() -> None:
    things = ["Mill", "Sail", "grind()", "sack ()"]
    said = [page(each, title=f"{each} \u2014 mill v1.2.3", h1=f"{each} (mill v1.2.3)") for each in things]
    assert [entry.title for section in select(said, START).sections for entry in section.entries] == things
    plain = [page(each, title=f"T {each}", h1=each) for each in things]
    assert [entry.title for section in select(plain, START).sections for entry in section.entries] == things


def test_what_titles_share_within_brackets_is_no_affix_of_them() -> None:
    found = titles_of("mill-1.0: Grinds", *(f"mill-1.0: Grinds (Index - {letter})" for letter in "ABCDE"), "Mill")
    assert found[1:6] == [f"Grinds (Index - {letter})" for letter in "ABCDE"]
    found = titles_of(*(f"Gear {at} (of mills - small)" for at in range(6)))
    assert found == [f"Gear {at}" for at in range(6)]
    assert titles_of(*(f"{at}) Gear - Site" for at in range(6))) == [f"{at}) Gear" for at in range(6)]


def test_a_title_that_only_counts_gives_way_to_the_heading() -> None:
    pages = [
        page(str(at), title=f"Mill 9.0 Manual: Section {at}.{at}", first_heading=f"{at}.{at} Gears {at}")
        for at in range(1, 6)
    ]
    index = select([page("", title="Mill 9.0 Manual"), *pages], START)
    assert index.name == "Mill Manual"
    assert index.sections[0].entries[1].title == "1.1 Gears 1"


def test_a_title_that_says_which_part_it_is_counts_nothing() -> None:
    counted = [
        "Section 4.5",
        "Unix Section 3",
        "Chapter IV",
        "APPENDIX B.1",
        "part 2",
        "Kapitel 3",
        "Глава 2",
        "第 3 章",
        "第十二章",
        "제 4장",
    ]
    said = [
        "Part Design",
        "Section headers",
        "Part numbers",
        "Chapter CSS",
        "Kapitel über Mühlen",
        "第三章 水车",
        "章节",
    ]
    pages = [page(title, title=title, first_heading=f"Gears of {title}") for title in (*counted, *said)]
    titles = page_titles(pages, Affix([]), None)
    assert titles == [*(f"Gears of {title}" for title in counted), *said]


def test_a_place_in_a_part_of_a_manual_is_a_title_where_pages_share_their_headings() -> None:
    pages = [page(f"{at}", title=f"Exercises Chapter {at}", first_heading="Exercise 1") for at in (1, 2)]
    pages += [page("u", title="Unix Section 3", first_heading="Mill", second_heading="3. Gears")]
    pages += [page(f"m{at}", title=f"Sack {at}", first_heading="Mill") for at in (1, 2)]
    titles = ["Exercises Chapter 1", "Exercises Chapter 2", "3. Gears", "Sack 1", "Sack 2"]
    assert page_titles(pages, Affix([]), None) == titles


def test_a_title_that_counts_the_chapters_gives_way_to_a_heading_that_says_their_names() -> None:
    names = ["about mills", "their gears", "their sails", "their sacks"]
    pages = [
        page(f"{at}", title=f"Mill Manual {at}", first_heading=f"Mill chapter {at}: {name}")
        for at, name in enumerate(names, 1)
    ]
    assert page_titles(pages, Affix([]), None) == [f"Mill chapter {at}: {name}" for at, name in enumerate(names, 1)]
    # Releases are called by their numbers.
    pages = [page(f"{at}", title=f"Mill {at}", first_heading=f"What is new {'!' * at}") for at in range(1, 5)]
    assert page_titles(pages, Affix([]), None) == [f"Mill {at}" for at in range(1, 5)]


def test_the_number_of_a_pages_first_section_is_no_title_where_the_head_says_what_the_page_is() -> None:
    said = {"INSERT": "1. Overview", "Syntax of mills": "1. Syntax", "": "1. Gears"}
    pages = [page(f"{at}.html", title=title, h1=h1) for at, (title, h1) in enumerate(said.items())]
    assert page_titles(pages, Affix([]), None) == ["INSERT", "1. Syntax", "1. Gears"]
    chapters = [*pages, page("b.html", title="grinding", h1="2. How to grind")]
    assert page_titles(chapters, Affix([]), None)[0] == "1. Overview"


def test_the_first_page_of_a_manual_is_not_called_top() -> None:
    pages = [page("", title="Top (Mill)", first_heading="Mill"), page("top", title="Top (Mill)", first_heading="NAME")]
    affix = Affix([each.extract.title for each in pages])
    assert page_titles(pages, affix, 0) == ["Mill", "Top"]
    assert page_titles([page("", title="Top (Mill)", h1="Mill"), *pages], affix, 0)[0] == "Mill"


def test_the_home_pages_title_is_cut_off_where_few_titles_begin_with_it() -> None:
    guides = [page(f"{name}.html", title=f"Mill \u2013 4.0: {name}") for name in ("Actions", "Gears", "Use")]
    classes = [page(f"class.C{n}.html", title=f"Mill.C{n}") for n in range(20)]
    index = select([page("", title="Mill \u2013 4.0"), *guides, *classes], START)
    assert [entry.title for entry in index.sections[0].entries][:4] == ["Mill \u2013 4.0", "Actions", "Gears", "Use"]


def test_a_page_that_odoc_calls_as_its_file_is_called_without_its_package_or_as_its_heading() -> None:
    pages = [
        page("", title="index", first_heading="OCaml package documentation"),
        page("a", title="good-practices (mill.good-practices)", first_heading="Sails"),
        page("b", title="index (mill.index)", first_heading="The mill"),
        page("c", title="Grinding (how to)", first_heading="Corn"),
    ]
    assert page_titles(pages, Affix([each.extract.title for each in pages]), 0) == [
        "OCaml package documentation",
        "good-practices",
        "The mill",
        "Grinding (how to)",
    ]


def test_the_name_of_the_site_goes_however_it_is_joined_but_not_behind_a_colon() -> None:
    titles = [*(f"P{n} :: Mill" for n in range(9)), "Use - Mill", "Home | Mill", "To compare: Mill", "Windmill"]
    affix = Affix(titles)
    assert [affix.cut(title) for title in titles[8:]] == ["P8", "Use", "Home", "To compare: Mill", "Windmill"]


@pytest.mark.parametrize("title", ["Wind & Mill", "Grain + Mill", "Baker / Mill", "From Farm → Mill", "Sail × Mill"])
def test_the_name_of_the_site_stays_where_a_title_joins_it_to_another_word(title: str) -> None:
    affix = Affix([*(f"P{n} - Mill" for n in range(9)), title], "Mill")
    assert [affix.cut("P8 - Mill"), affix.cut(title)] == ["P8", title]


def test_each_of_several_javadocs_has_a_name_of_its_own_that_is_no_part_of_titles() -> None:
    titles = [f"{name} ({api} API)" for api in ("Mill Core 4.1", "Mill Tool 4.1") for name in "abc"]
    titles += ["Calls (REST API)", "Home", *(f"Page {number}" for number in range(9))]
    affix = Affix(titles)
    assert [affix.cut(title) for title in titles[:8]] == ["a", "b", "c", "a", "b", "c", "Calls (REST API)", "Home"]
