from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.documents.pages import START, page

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.select import select


def test_a_generators_name_is_not_the_sites() -> None:
    pages = [page("", title="Preface \u00b7 GitBook", h1="Mills"), page("a", title="A \u00b7 GitBook")]
    assert select(pages, START).name == "Mills"
    assert [entry.title for entry in select(pages, START).sections[0].entries] == ["Mills", "A"]
    yard = [page("", title="File: README \u2014 Documentation by YARD 0.9.36", h1="Mill")]
    yard += [page(name, title=f"Class: {name} \u2014 Documentation by YARD 0.9.36") for name in "abc"]
    assert select(yard, START).name == "Mill"
    said = [page(name, title=f"T {name}", site_name="My New Hugo Site") for name in ("", "a")]
    assert select(said, START).name == "T"


@pytest.mark.parametrize(
    ("home", "shared", "name"),
    [
        ("Mill \u2013 About", "Mill API", "Mill"),
        ("Mill 3 | Introduction \u2013 mill", "Mill 3.6.0 API", "Mill"),
        ("Introduction", "Mill API", "Mill API"),
        ("Mill API", "Mill API", "Mill API"),
        ("Millstones \u2013 About", "Mill API", "Mill API"),
        ("Mill | Home", "Mill", "Mill"),
    ],
)
def test_the_name_of_a_part_of_the_site_is_not_the_sites(home: str, shared: str, name: str) -> None:
    pages = [page("", title=home, h1="About"), *(page(f"api/{n}", title=f"{n} ({shared})", h1=n) for n in "abcdefgh")]
    assert select(pages, START).name == name


def test_pages_beside_a_part_of_the_site_lose_the_sites_name_from_their_titles() -> None:
    beside = [page(name, title=f"Mill \u2013 {name}") for name in ("About", "Faq", "Team", "Cookbook")]
    beside = [replace(beside[0], url=START), *beside[1:]]
    pages = [*beside, *(page(f"api/{n}", title=f"{n} (Mill API)", h1=n) for n in "abcdefgh"), page("x", title="To: x")]
    titles = {entry.title for section in select(pages, START).sections for entry in section.entries}
    assert {"Faq", "Team", "Cookbook", "To: x", "a"} <= titles


def test_the_sites_name_in_a_banner_is_no_title_beside_a_part_of_the_site() -> None:
    beside = [page(name, title=f"{name or 'About'} \u2013 mill", h1="Mill") for name in ("", "Faq", "Team")]
    pages = [*beside, *(page(f"api/{n}", title=f"{n} (mill API)", h1=n) for n in "abcdefgh")]
    titles = {entry.title for section in select(pages, START).sections for entry in section.entries}
    assert {"About", "Faq", "Team", "a"} <= titles


def test_the_file_of_the_home_page_is_no_name() -> None:
    pages = [page("", title="index", h1="index"), page("a/", title="a index", h1="a index"), page("b/", title="B")]
    assert select(pages, START).name == "s.example"


def test_a_version_that_all_titles_end_with_is_no_name() -> None:
    things = [page(f"p{n}", title=f"Thing {n} [1.2]") for n in range(6)]
    pages = [page("", title="Mill Handbook", h1="Welcome"), *things]
    index = select(pages, START)
    assert index.name == "Mill Handbook"
    assert "Thing 0" in [entry.title for section in index.sections for entry in section.entries]


@pytest.mark.parametrize(
    ("shared", "name"),
    [
        ("mill v1.2.3", "mill"),
        ("Mill 1.2.3 documentation", "Mill documentation"),
        ("Mill (v2.0-rc.1)", "Mill"),
        ("mill-1.0.2", "mill"),
        ("Mill Version 2.4", "Mill"),
        ("Mill \u2013 Apache Mill 3.0.0-beta2", "Mill \u2013 Apache Mill"),
        ("Mill 9 9.18.49-1~deb12u3-Debian documentation", "Mill 9 documentation"),
        ("Mill Documentation, Release 1.2", "Mill Documentation"),
        ("Mill version 1.2.3", "Mill"),
        ("Mill 5.4 LTS Manual", "Mill Manual"),
        ("Mill 3.2.1 (stable)", "Mill"),
        ("Mill 3.2.x", "Mill"),
        ("Mill 1.2.3.dev4+gabc123 documentation", "Mill documentation"),
        ("Mill 1.2.3.post1 documentation", "Mill documentation"),
        ("Mill 1.2.3: API", "Mill: API"),
        ("Mill latest documentation", "Mill documentation"),
        ("Version 1.2 documentation", "Version 1.2 documentation"),
        ("OAuth 2.0 Handbook", "OAuth 2.0 Handbook"),
        ("CSS 2.1 Tests", "CSS 2.1 Tests"),
        ("Web 2.0 Mill 1.4", "Web 2.0 Mill"),
        ("JSON-RPC 2.0", "JSON-RPC 2.0"),
        ("Python 3", "Python 3"),
        ("Mill API v2", "Mill API v2"),
        ("Mill 2.x", "Mill 2.x"),
        ("1.2", "T"),
    ],
)
def test_the_name_that_titles_share_loses_its_version(shared: str, name: str) -> None:
    pages = [page(path, title=f"{path or 'T'} \u2014 {shared}", h1=path or "T") for path in ("", "a", "b")]
    assert select(pages, START).name == name
    assert select([*pages, page("c", title="C", site_name=shared)], START).name == name


def test_a_generators_own_site_keeps_its_name() -> None:
    extracts = [page(name, title=f"{name} | Hexo").extract for name in "ab"]
    pages = [Page(f"https://hexo.example/{n}", f"{n}.md", extract, "0") for n, extract in enumerate(extracts)]
    assert select(pages, "https://hexo.example/0").name == "Hexo"


@pytest.mark.parametrize(
    ("title", "h1", "name"),
    [
        ("Mill: Grinding for Everyone", "The quick way to flour", "Mill"),
        ("Home | Mill", "The quick way to flour", "Mill"),
        ("Mill", "The quick way to flour", "Mill"),
        ("Home", "The quick way to flour", "The quick way to flour"),
        ("Introduction - The Mill Handbook", "The Mill Handbook", "The Mill Handbook"),
        ("mill(1)", "mill(1) Manual Page", "mill(1) Manual Page"),
    ],
)
def test_a_slogan_on_the_home_page_is_not_the_sites_name(title: str, h1: str, name: str) -> None:
    pages = [page("", title=title, h1=h1), *(page(each, title=f"About {each}") for each in "abc")]
    assert select(pages, START).name == name


@pytest.mark.parametrize("home", ["首页", "Startseite", "Главная", "ホーム", "Página principal", "الرئيسية"])
def test_what_a_home_page_is_called_in_any_language_is_not_the_sites_name(home: str) -> None:
    pages = [page("", title=f"Mill | {home}", h1="Turn it"), *(page(each, title=f"About {each}") for each in "abc")]
    assert select(pages, START).name == "Mill"
    pages = [page("", title=f"{home} > Gears"), *(page(each, title=f"{home} > About {each}") for each in "abc")]
    assert select(pages, START).name != home


def test_a_crate_is_named_as_its_pages_say_and_not_as_the_generator_does() -> None:
    pages = [page("", title="mill - Rust", h1="Crate mill"), page("a", title="Sail in mill - Rust", h1="Struct Sail")]
    pages += [page(path, title=f"{path} in mill - Rust", h1=f"Struct {path}") for path in "bcd"]
    assert select(pages, START).name == "mill"


def test_a_name_that_the_first_part_of_what_titles_share_says_is_not_said_twice() -> None:
    pages = [page(path, title=f"P{path} | Mill documentation | Mill") for path in ("", "a", "b")]
    assert select(pages, START).name == "Mill documentation"
    pages = [page(path, title=f"P{path} | Docs | Mill") for path in ("", "a", "b")]
    assert select(pages, START).name == "Docs | Mill"


def test_a_name_may_stand_in_brackets() -> None:
    pages = [page(name, title=f"{name} [Mill Wiki]", h1=name) for name in ("start", "sails", "array[i] use")]
    index = select(pages, START + "start")
    assert index.name == "Mill Wiki"
    assert (
        select([page(name, title=f"{name} [Mill Wiki]") for name in ("a", "b[i]")], START).sections[0].entries[1].title
        == "b(i)"
    )


def test_a_name_that_stands_in_no_other_title_loses_its_version_as_well() -> None:
    assert select([page("", h1="Mill 3.2.1 documentation")], START).name == "Mill documentation"
    assert select([page("", h1="Mill", site_name="Mill Docs v3.2.1")], START).name == "Mill Docs"
    pages = [page(name, h1=name or "Home", site_name=f"Mill 3.{at}") for at, name in enumerate(["", "a", "b"])]
    assert select(pages, START).name == "Mill"
    assert select([page("", h1="Release 3.2.1")], START).name == "Release 3.2.1"
    assert select([page("", h1="Gears: how they turn (for Mill version 3.2)")], START).name.endswith("(for Mill)")
    assert select([page("", h1="Python 3")], START).name == "Python 3"
    # That of a day, as FontForge counts.
    for day in ("20230101", "v20230101", "(20231231)"):
        assert select([page("", h1=f"Mill {day} documentation")], START).name == "Mill documentation"
    assert select([page("", h1="Mill 20456789 documentation")], START).name == "Mill 20456789 documentation"


def test_a_greeting_is_no_part_of_a_name() -> None:
    greeted = {"Welcome to Mill\u2019s documentation!": "Mill\u2019s documentation", "Welcome to the Mill": "Mill"}
    greeted |= {
        "Welcome": "Welcome",
        "Welcome to !": "Welcome to !",
        "A warm welcome to Mill": "A warm welcome to Mill",
    }
    assert {h1: select([page("", h1=h1)], START).name for h1 in greeted} == greeted


def test_a_greeting_that_the_site_is_called_by_is_its_name() -> None:
    name = "Welcome to the Mill"
    home, other = page("", h1=name), page("a", title="Sails")
    assert select([home, other], START).name == "Mill"
    assert select([home, page("a", title=f"Work at {name}")], START).name == name
    assert select([home, page("a", h1=f"Work at {name}")], START).name == name
    for title in (f"{name}!", f"Introduction | {name}", f"1. {name}", f"Hello and {name}", f"Work at {name}ers"):
        assert select([home, page("a", title=title)], START).name == "Mill"
        assert select([home, page("a", h1=title)], START).name == "Mill"
    assert select([page("", h1=name, lead=f"{name} is a band of millers."), other], START).name == name
    assert (
        select([page("", h1=f"{name}!", description=f"{name} is a band of millers."), other], START).name == f"{name}!"
    )
    assert select([page("", h1=name, lead=f"{name}, which grinds."), other], START).name == "Mill"
    for host in ("www.welcometothemill.example", "welcome-to-the-mill.example"):
        start = f"https://{host}/"
        assert select([Page(start, "index.md", home.extract, "0")], start).name == name


def test_a_part_of_the_site_that_most_titles_name_is_not_the_sites_name() -> None:
    name = "Mill - the fast grinder"
    pages = [page("", title=name), page("install", title=f"Install - {name}"), page("use", title=f"Use - {name}")]
    pages += [page(f"use/p{n}", title=f"Part {n} - Use - {name}") for n in range(6)]
    index = select(pages, START)
    assert index.name == name
    titles = [entry.title for section in index.sections for entry in section.entries]
    assert titles[:4] == [name, "Install", "Use", "Part 0"]


def test_a_name_in_brackets_may_have_its_version_in_brackets() -> None:
    pages = [page("", title="Top (Mill (version 7.3.0))", h1="Mill (version 7.3.0)")]
    pages += [page(name, title=f"{name} (Mill (version 7.3.0))") for name in ("Gears", "Wheels")]
    index = select(pages, START)
    assert index.name == "Mill"
    assert [entry.title for entry in index.sections[0].entries][1:] == ["Gears", "Wheels"]


@pytest.mark.parametrize("title", ["index.rst", "index (mill.index)", "index (index)", "index"])
def test_the_file_of_the_home_page_is_not_the_sites_name(title: str) -> None:
    assert select([page("", title=title, h1="Mill - the fast grinder")], START).name == "Mill - the fast grinder"


def test_what_any_home_page_is_called_is_not_the_sites_name() -> None:
    gears = [page(f"gear{n}", title=f"Gear {n}") for n in range(9)]
    crumbs = [page(f"part{n}", title=f"Home > Part {n}") for n in range(3)]
    index = select([page("", title="Home", h1="Mill"), *crumbs, *gears], START)
    assert (index.name, index.sections[0].entries[1].title) == ("Mill", "Part 0")
    parts = [page(f"part{n}", title=f"Part {n} | Mill | Docs") for n in range(3)]
    assert select([page("", title="Docs", h1="Mill"), *parts], START).name == "Mill | Docs"
    assert (
        select(
            [page("", title="Docs", h1="Start"), page("a", title="A | Docs"), page("b", title="B | Docs")], START
        ).name
        == "Docs"
    )


@pytest.mark.parametrize("generator", ["GitBook", "HonKit"])
def test_the_name_of_a_generator_of_books_is_not_the_sites(generator: str) -> None:
    pages = [page(name, title=f"{name} \u00b7 {generator}", h1=name) for name in ("Gears", "Wheels", "Sails")]
    assert select([page("", title=f"Introduction \u00b7 {generator}", h1="Mill"), *pages], START).name == "Mill"


def test_what_the_home_pages_title_ends_with_may_be_that_of_a_manual_beside_an_api() -> None:
    manual = [page(f"m{n}", title=f"M{n} - Mill") for n in range(4)]
    pages = [page("", title="Introduction - Mill", h1="Introduction"), *manual]
    api = [page(f"api/{n}", title=f"mill/{n}") for n in range(10)]
    assert select([*pages, *api], START).name == "Mill"
    # One beside it is none, nor are a few of many.
    assert select([*pages[:2], *api], START).name == "Introduction"
    assert select([*pages, *(page(f"api/{n}", title=f"mill/{n}") for n in range(40))], START).name == "Introduction"


def test_what_stood_between_a_name_and_what_is_not_there_is_no_part_of_it() -> None:
    untitled = [page(name, title="Mill \u2013", h1=f"T{name}") for name in ("", "a", "b")]
    assert select(untitled, START).name == "Mill"
    pages = [page(name, title=f"{name or 'T'} (Mill - 3.0.0-beta2)", h1=name or "T") for name in ("", "a", "b")]
    assert select(pages, START).name == "Mill"


@pytest.mark.parametrize(("home", "name"), [("mill", "mill"), ("Grinding", "mill main")])
def test_a_branch_behind_the_name_that_the_home_page_has_is_no_part_of_it(home: str, name: str) -> None:
    pages = [page(path, title=f"{path or 'README'} - mill main", h1=path or home) for path in ("", "a", "b")]
    assert select(pages, START).name == name
