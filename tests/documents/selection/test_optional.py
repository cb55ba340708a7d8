from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.documents.pages import START, page

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.optional import optional_pages

OTHERS = [page(path, title=f"T {path}") for path in ("", "a", "b", "guide/a", "guide/b", "reference/a")]


def optional(*pages: Page, start: str = START) -> list[str]:
    given = [*pages, *OTHERS]
    return [given[at].url.removeprefix(START) for at in sorted(optional_pages(given, titles_of(given), start))]


def titles_of(pages: list[Page]) -> list[str]:
    return [each.extract.title for each in pages]


LEAD = "These are the words that this manual uses, and what each of them means."


@pytest.mark.parametrize(
    "own",
    [
        page("glossary/terms", title="Terms"),
        page("terms", title="Terms", lead=LEAD),
        page("reference/aggregations/bucket/terms.html", title="Terms"),
        page("terms.html", title="Terms", section="Concepts"),
        page("automation", title="Release notes automation"),
        page("api/release-notes-api", title="Release Notes API"),
        page("sql/index.html", title="Index", lead="An index makes a query faster, and each write slower."),
        page("Clustered-Index.html", title="Clustered Index", lead="A clustered index holds the rows themselves."),
        page("manual/indexes", title="Index", section="Manual \u203a Objects"),
        page("commands/history", title="history"),
        page("rest/search", title="Search"),
        page("sys/search.html", title="search", lead="Looks for a value in a list and gives its place."),
        page("std/list/search/", title="search", lead="Looks for a value in a list and gives its place."),
        page("std/file_list.html", title="file_list"),
        page("manual/functions.html", title="Functions"),
        page("manual/classes.html", title="Classes"),
        page("gym-members.html", title="Members of the gym"),
        page("tour/class-members.html", title="Class members"),
        page("help/board-members.html", title="The member list"),
        page("tour/functions.html", title="Method list"),
        page("api/tags/create", title="Create a tag"),
        page("docs/tags", title="Tags", section="Features"),
        page("reference/license", title="License"),
        page("api/shop/license", title="License"),
        page("cli/project/releases/", title="releases"),
        page("features/releases/", title="Releases"),
        page("guides/404-handling", title="404 handling"),
        page("en/rest/releases/releases/", title="REST API endpoints for releases"),
        page("en/rest/licenses/licenses/", title="REST API endpoints for licenses"),
        page("guides/releases/", title="Deploying with releases"),
        page("docs/help-doc/", title="How to write help"),
        page("guides/history/", title="Undo and history"),
        page("how-to/releases/", title="How to publish a release"),
        page("examples/news/", title="Example: a news reader"),
        page("tools/archive.html", title="archive: pack files"),
        page("files/backup.html", title="Backup"),
        page("sys/history", title="sys.history"),
        page("shell/history/", title="history(1)"),
        page("ui/tags", title="ui-tags"),
        page("db/releases.html", title="Db::releases"),
        page("net/search", title="search()"),
        page("tutorial/search.html", title="4.4. Ways to search", lead="A condition is written as in JavaScript."),
        page("guide/files/php.html", title="Files of PHP"),
        page("wiki/syntax", title="Syntax", lead="A mill is written as a word and a number."),
        page("doku.php?id=mill:syntax", title="Syntax"),
        page("doku.php?id=start&do=show", title="Start"),
        page("login", title="Log in", section="Guides"),
        page("guides/login", title="Log in"),
        page("login", title="Login", lead="A client sends its name and secret, and gets a token for an hour."),
        page("register.html", title="Register", lead="Registers a device and returns its key."),
        page("sign-up", title="Sign up", lead="How a user comes to be.", part_leads=("The method takes a name.",)),
        page("reference/disclaimer", title="Disclaimer"),
        page("http/cookies", title="Cookies"),
    ],
)
def test_a_subject_of_a_manual_may_have_the_name_of_what_one_can_do_without(own: Page) -> None:
    assert optional(own) == []


@pytest.mark.parametrize(
    "own",
    [
        page("terms", title="Terms", lead="By using this site you agree to these conditions."),
        page("terms", title="Terms"),
        page("tags/mills", title="Mills"),
        page("docs/tags/mills", title="Mills", section="Tags"),
        page("search", title="Search"),
        page("search.html", title="Search", lead="Looks for a value in a list and gives its place."),
        page("en/search.html", title="Search", lead="Searching for multiple words only shows matches of all of them."),
        page("api/search.html", title="Search", lead="The help page tells the scope and syntax of JavaDoc search."),
        page("de/search/", title="Suche", lead="Durchsucht alle Seiten nach einem Begriff."),
        page("lib/class_list.html", title="Class List"),
        page("api/functions.html", title="Class Members"),
        page("ref/functions.html", title="Mill: Class Members", first_heading="- a -"),
        page("globals.html", title="File Members"),
        page("classes.html", title="Class Index"),
        page("files.html", title="File List"),
        page("zh/files.html", title="文件列表"),
        page("ja/classes.html", title="クラス索引"),
        page("de/files.html", title="Auflistung der Dateien"),
        page("ru/functions.html", title="Члены классов"),
        page("zh/classMill_1_1Gear-members.html", title="Mill::Gear 成员列表"),
        page("fr/classMill_1_1Gear-members.html", title="Liste des membres de Mill::Gear"),
        page("html/classMill_1_1Gear-members.html", title="Mill::Gear Member List"),
        page("html/classMill_1_1Sack-members.html", title="Mill::Sack< T, U > Member List"),
        page("_index.html", title="Documentation by YARD 0.9.36"),
        page("indices/files.html", title="Files"),
        page("reports/markers.html", title="Markers", lead="No markers elements have been found in this project."),
        page("reports/errors.html", title="Errors", lead="No errors have been found in this project."),
        page("about/history", title="History"),
        page("shell/license", title="License-1.2"),
        page("project/news", title="News: 3.1"),
        page("files/src-gear.html", title="Gear.php"),
        page("doku.php?id=wiki:syntax", title="Formatting Syntax"),
        page("wiki:syntax", title="Formatting Syntax"),
        page("wiki/syntax", title="Formatting Syntax", lead="DokuWiki supports some simple markup language, which"),
        page("doku.php?id=playground:playground", title="PlayGround"),
        page("doku.php/playground/playground", title="PlayGround"),
        page("doku.php?do=index&id=start", title="Sitemap"),
        page("doku.php?id=start&do=recent", title="Recent changes"),
        page("whats-new-in-3", title="What's new in 3"),
        page("upgrade.html", title="What has changed in Mill"),
        page("n", title="Release notes for 3.1"),
        page("n", title="Release Notes: 2026"),
        page("n", title="Release Notes 3.1"),
        page("n", title="Mill 3.1 release notes"),
        page("n", title="What\u2019s new"),
        page("n", title="Archives: May 2026"),
        page("n", title="Tag: mills"),
        page("n", title="Posts tagged \u201cmills\u201d"),
        page("n", title="Previous versions"),
        page("ix01.html", title="Index"),
        page("Concept-Index.html", title="Concept Index"),
        page("Command-and-Function-Index.html", title="A.2 Command and Function Index"),
        page("Indices.html", title="Index of Commands"),
        page("Indices.html", title="Indices", section="Indices"),
        page("Concept-index.html", title="Concept index", section="Indices"),
        page("mill_toc.html", title="Table of Contents", lead=LEAD),
        page("node90.html", title="About this document ...", lead=LEAD),
        page("mill_abt.html", title="About This Document", lead=LEAD),
        page("project/history", title="History", section="Project", lead="Version 3 came in May."),
        page("x", title="License", section="About"),
        page("docs/releases/3.1", title="3.1"),
        *(page(f"guide/{name}", title=name.title()) for name in ("history", "license", "authors", "credits", "news")),
        page("packages/millr/LICENSE.html", title="MIT License"),
        page("packages/millr/news/", title="All releases"),
        page("packages/millr/news/index.html", title="All releases", lead=LEAD),
        page("tutorials/tags/linux/", title="Linux"),
        page("resources/categories/ops/", title="Operations"),
        page("404", title="404"),
        page("api/help-doc.html", title="API Help"),
        page("guides/history/", title="The history of the project"),
        page("resources/news/", title="Press releases and updates"),
        page("packages/core/changes", title="Changes of core from 1.x to 2.x"),
        page("guide/releases", title="Ver\u00f6ffentlichungen"),
        page("resources/news/mill-3/", title="Mill 3 is out"),
        page("resources/license/", title="MIT License"),
        page("login", title="Log in", lead="Log in with your name to go on."),
        page("login", title="Login", lead="Log in to your account to see your tokens."),
        page(
            "register", title="Register", lead="Make requests in minutes.", more_leads=("Already have a name? Log in.",)
        ),
        page("de/agb", title="AGB"),
        page("datenschutz", title="Was wir wissen"),
        page("rechtliches", title="Widerrufsbelehrung", section="Rechtliche Hinweise"),
        page("company/dpa", title="Data Processing Agreement"),
        page("log", title="更新日志"),
    ],
)
def test_what_is_said_of_the_project_and_lists_are_optional(own: Page) -> None:
    assert optional(own) == [own.url.removeprefix(START)]


def test_the_page_of_a_group_in_the_navigation_is_no_category_of_posts() -> None:
    group = page("docs/category/guides", title="Guides")
    assert optional(group, page("docs/grind", title="Grind", section="Guides")) == []
    assert optional(group) == ["docs/category/guides"]


def test_the_syntax_of_dokuwiki_is_no_small_matter_on_its_own_site() -> None:
    pages = [page(path, title=path) for path in ("wiki:syntax", "a", "b", "c")]
    own = [replace(each, url=each.url.replace("s.example", "www.dokuwiki.example")) for each in pages]
    assert optional_pages(own, titles_of(own), "https://www.dokuwiki.example/") == set()


def test_a_file_of_navigation_is_optional() -> None:
    contents = ((f"{START}a", "Basics"), (f"{START}b", "Basics"))
    assert optional(page("nav.html", contents)) == ["nav.html"]
    assert optional(page("basics.html", contents, title="Basics")) == []
    assert optional(page("nav.html")) == []


def test_the_start_page_is_never_optional() -> None:
    assert (
        optional_pages(
            [page("", title="Index"), page("a", title="A"), page("b", title="B")], ["Index", "A", "B"], START
        )
        == set()
    )


def test_the_newest_version_of_a_manual_stands_where_other_pages_have_none() -> None:
    pages = [page(f"docs/3.12/{name}", title=name) for name in "pqr"]
    assert optional(*pages) == []
    older = [page(f"docs/3.9/{name}", title=name) for name in "pq"]
    assert optional(*pages, *older) == ["docs/3.9/p", "docs/3.9/q"]
    assert optional(*pages, *older, start=START + "docs/3.9/p") == [each.url.removeprefix(START) for each in pages]


def test_a_number_is_an_older_version_beside_pages_that_have_none() -> None:
    current = [page(f"docs/{name}/", title=name) for name in ("install", "run", "test", "deploy", "tune")]
    names = ("install", "run", "macros")
    older = [page(f"docs/{number}/{name}/", title=name) for number in ("2.x", "1.x") for name in names]
    assert optional(*current, *older, *(page(f"g/{n}", title=f"G{n}") for n in range(9))) == [
        each.url.removeprefix(START) for each in older
    ]
    numbered = [page(f"docs/{number}/p{n}/", title=f"P{n}") for number in ("1.0", "2.0") for n in range(8)]
    faqs = [page(path, title="FAQ") for path in ("docs/faq/", "docs/2.0/faq/")]
    assert optional(*numbered, *faqs, *(page(f"g/{n}", title=f"G{n}") for n in range(9))) == [
        each.url.removeprefix(START) for each in numbered[:8]
    ]
    alone = [page(path, title=path) for path in ("docs/p1/", "docs/p2/")]
    assert optional(*(page(f"docs/2.0/p{n}/", title=f"P{n}") for n in range(9)), *alone) == []
    others = [page(f"docs/2.0/p{n}/", title=f"P{n}") for n in range(8)]
    assert optional(*current, *others, page("docs/2.0/run/", title="run")) == []


def test_a_version_that_repeats_what_is_beside_it_is_optional() -> None:
    assert optional(*(page(f"1.x/{name}", title=name) for name in ("a", "b"))) == ["1.x/a", "1.x/b"]


def test_the_start_page_goes_on_with_no_list() -> None:
    pages = [page("manual/1.html", title="Manual"), page("manual/", title="Manual")]
    assert optional(*pages, start=START + "manual/1.html") == []


def test_further_pages_do_not_make_what_one_can_do_without_the_most() -> None:
    lists = [page(f"{name}/?page={n}", title=name, is_list=True) for name in ("mills", "gates") for n in range(2, 9)]
    given = [page("changelog", title="Changelog"), page("mills/", title="mills"), page("gates/", title="gates"), *lists]
    assert optional(*given) == ["changelog", *(each.url.removeprefix(START) for each in lists)]


def test_a_further_page_of_a_list_is_optional() -> None:
    assert optional(page("blog/", title="Blog"), page("blog/?page=2", title="Blog", is_list=True)) == ["blog/?page=2"]


def test_what_the_software_calls_a_list_of_posts_is_optional_in_any_language_and_at_any_place() -> None:
    lists = [
        page("allgemein/", title="Kategorie: Allgemein", is_secondary=True),
        page("schlagwort/mehl/", title="Schlagwort: Mehl", section="Schlagw\u00f6rter", is_secondary=True),
    ]
    assert optional(*lists) == ["allgemein/", "schlagwort/mehl/"]
    start = page("blog/", title="Blog", is_secondary=True)
    assert optional(start, start=START + "blog/") == []
    of_users = [page(f"user/{at}", title=f"User {at}", is_secondary=True) for at in range(9)]
    assert optional(*of_users, start=START + "user/0") == []
    assert len(optional(*of_users)) == len(of_users)


@pytest.mark.parametrize("title", ["What is new in this way to mill", "What has changed in the mill since 1850"])
def test_a_text_on_what_is_new_in_its_subject_is_no_list_of_changes(title: str) -> None:
    assert optional(page("mills/essay", title=title)) == []
    assert optional(page("mills/essay", title="What has changed in the latest mill")) != []


@pytest.mark.parametrize(
    "path",
    [
        "xref/org/mill/Wheel.html",
        "xref-test/org/mill/package-summary.html",
        "xref/index.html",
        "_downloads/4f/mill.html",
        "_static/demo.html",
        "jacoco/org.mill/Wheel.html",
        "jacoco-aggregate/index.html",
        "api/source-interface-Mill.Wheel.html",
        "manual/_static/demo/index.html",
    ],
)
def test_a_listing_of_sources_by_maven_and_files_of_a_theme_or_for_download_are_optional(path: str) -> None:
    assert optional(page(path, title="Wheel xref")) == [path]


def test_a_guide_to_cross_references_is_no_listing_of_sources() -> None:
    assert optional(page("guide/xref.html", title="Xrefs"), page("xref/", title="Xref"), page("xref/use.html")) == []


SUBJECT = "The file in the folder of templates takes the place of the usual one."


def test_a_manual_of_what_makes_sites_has_pages_that_are_called_as_those_of_any_site() -> None:
    names = ("templates/404/", "templates/sitemap/", "templates/archive/", "content/search/")
    titles = ("404 error page", "Sitemap", "Archive", "Search")
    of_manual = [
        page(f"docs/{name}", title=title, section="Use", rank=9, lead=SUBJECT)
        for name, title in zip(names, titles, strict=True)
    ]
    assert optional(*of_manual) == []
    of_site = [page(name, title="Page", section="Use") for name in ("404.html", "sitemap/", "search.html")]
    assert optional(*of_site) == ["404.html", "sitemap/", "search.html"]


def test_lists_by_what_somebody_calls_their_entries_are_optional() -> None:
    about = "All about the site, as on each page of it."
    lists = [page(f"theme-tags/{name}/", title=f"T in {name}", description=about) for name in ("dark", "light")]
    subjects = [page(f"template-tags/{name}/", title=name, lead=SUBJECT) for name in ("include", "extends")]
    assert optional(*lists, *subjects) == ["theme-tags/dark/", "theme-tags/light/"]


def test_a_manual_has_topics_and_folders_that_are_called_as_reports_are() -> None:
    assert optional(page("advanced-topics/caching.html", title="Caching")) == []
    paths = ("docs/jacoco/setup.html", "docs/xref/index.html")
    assert optional(*(page(path, title="Set it up", section="Use", rank=9, lead=LEAD) for path in paths)) == []
    assert optional(*(page(path, title="Set it up") for path in paths)) == [*paths]


def test_old_release_notes_are_release_notes() -> None:
    assert optional(page("notes_1-9.html", title="Old Release Notes")) == ["notes_1-9.html"]


def test_a_file_of_navigation_is_optional_though_its_links_are_headings() -> None:
    listed = ((f"{START}a", ""), (f"{START}b", "A"))
    assert optional(page("nav.html", contents=listed, first_heading="T a")) == ["nav.html"]
    assert optional(page("nav.html", contents=listed, first_heading="T a", title="Contents of it")) == []


def test_pages_that_the_sites_contents_have_among_lists_of_changes_are_optional() -> None:
    pages = [page("n2.html", title="Release 2.0"), page("n1.html", title="Release 1.0"), *OTHERS]
    listed = {f"{START}n{n}.html": ("Manual", "Release notes") for n in (1, 2)} | {f"{START}a": ("Manual",)}
    assert optional_pages(pages, titles_of(pages), START, listed) == {0, 1}
