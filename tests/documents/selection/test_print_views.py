from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.documents.pages import START, page

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.print_views import views_for_printing
from llmstxt_sched.documents.selection.select import wanted_pages
from llmstxt_sched.domain.project import CrawlOptions

GATE, RAIL = "A gate lets carts through and keeps sheep in.", "A rail keeps what the gate lets through."


def at(path: str, title: str = "", lead: str = "", more: tuple[str, ...] = (), sha256: str = "") -> Page:
    return replace(page(path, title=title, lead=lead, more_leads=more), content_sha256=sha256 or path)


PAGES = [at("", "Fences"), at("docs/gate", "Gate", GATE, (RAIL,)), at("docs/rail", "Rail", RAIL)]


@pytest.mark.parametrize(
    "path",
    [
        "print/docs/gate",
        "docs/print/gate",
        "docs/gate-print.html",
        "docs/print_gate.html",
        "docs/gate/print/",
        "docs/gate/print.html",
        "printable/docs/gate",
        "docs/gate/printer-friendly",
        "docs/gate?tmpl=component&print=1",
        "docs/gate?view=print",
        "docs/gate?print=pdf",
        "docs/print.php?page=gate",
        "docs/gate/amp/",
        "docs/gate?replytocom=7",
        "docs/gate/comment-page-1/",
        "docs/gate?cpage=2",
    ],
)
def test_a_page_has_one_entry_whichever_of_it_and_its_view_for_printing_was_met_first(path: str) -> None:
    for view in (
        at(path, "Gate", GATE, (RAIL,)),
        at(path, "Gate (print version)", "Printed on Monday from Fences.", (GATE, RAIL)),
    ):
        for pages in ([*PAGES, view], [PAGES[0], view, *PAGES[1:]]):
            left = wanted_pages(pages, START, CrawlOptions())
            assert [each.url.removeprefix(START) for each in left] == ["", "docs/gate", "docs/rail"]


def test_a_view_without_a_title_is_known_by_its_address_or_its_text() -> None:
    views = [at("print/docs/gate", "", GATE), at("docs/p/print/7", "", GATE), at("print/1", "", sha256="docs/rail")]
    assert views_for_printing([*PAGES, *views], START) == {START + "print/docs/gate", START + "print/1"}


@pytest.mark.parametrize(
    ("path", "title", "h1"),
    [
        ("docs/gate/print/", "Gate | Fences", ""),
        ("docs/gate/print/", "Gate | Fences", "Fences manual"),
        ("docs/gate/print/", "Print - Gate | Fences", ""),
        ("print.php?id=15", "Gate | Fences", "Gate"),
        ("print.php?id=15", "Gate (print)", ""),
    ],
)
def test_a_view_that_is_called_otherwise_is_known_by_what_it_says(path: str, title: str, h1: str) -> None:
    shown = replace(page("docs/gate/", title="Gate | Fences", h1="Gate", lead=GATE, more_leads=(RAIL,)))
    view = replace(page(path, title=title, h1=h1, lead=GATE, more_leads=(RAIL,)), content_sha256="v")
    assert views_for_printing([PAGES[0], shown, view], START) == {view.url}
    other = replace(page("print.php?id=16", title="Rail", lead=GATE, more_leads=(RAIL,)), content_sha256="o")
    assert not views_for_printing([PAGES[0], shown, other], START)


@pytest.mark.parametrize(
    ("path", "title", "lead"),
    [
        ("print", "Print", "How what the fence looks like is brought to paper."),
        ("docs/gate/print", "print()", "Prints the gate to the standard output."),
        ("docs/print/", "Printing", GATE),
        ("docs/printing-a-gate", "Gate", GATE),
        ("docs/blueprint/gate", "Gate", GATE),
    ],
)
def test_a_page_about_printing_stays(path: str, title: str, lead: str) -> None:
    assert not views_for_printing([*PAGES, at(path, title, lead)], START)


@pytest.mark.parametrize("more", [(), (RAIL,), (RAIL, "A post holds what the rail keeps.")])
def test_a_page_that_goes_on_otherwise_stays(more: tuple[str, ...]) -> None:
    own = tuple(f"How to print it: {text}" for text in more)
    shown = replace(page("api/labels", h1="Labels", lead=GATE, more_leads=more), content_sha256="a")
    view = replace(page("api/labels/print", h1="Print labels", lead=GATE, more_leads=own), content_sha256="b")
    assert not views_for_printing([shown, view], START)


def test_a_page_whose_third_text_is_its_own_stays() -> None:
    shown = replace(page("api/labels", h1="Labels", lead=GATE, more_leads=(RAIL, "Lists labels.")), content_sha256="a")
    own = replace(page("api/labels/print", h1="Print labels", lead=GATE, more_leads=(RAIL, "Prints labels.")))
    assert not views_for_printing([shown, replace(own, content_sha256="b")], START)


def test_pages_that_begin_alike_have_views_at_their_own_addresses() -> None:
    given = [named(f"pkg/{name}", name) for name in "abcde"]
    views = [named(f"pkg/{name}?print=1", name) for name in "abcde"]
    assert views_for_printing([*given, *views], START) == {view.url for view in views}


def test_a_site_of_which_all_is_for_printing_stays() -> None:
    pages = [at("print/gate", "Gate", GATE), at("print/rail", "Rail", RAIL)]
    assert not views_for_printing(pages, START + "print/gate")
    assert not views_for_printing([pages[0], at("gate", "Gate", GATE)], START + "print/gate")


def named(path: str, h1: str, title: str = "Lua reference") -> Page:
    return replace(page(path, title=title, h1=h1, lead=GATE), content_sha256=path)


@pytest.mark.parametrize(
    ("path", "h1", "view", "its_h1"),
    [
        ("write", "write", "print", "print"),
        ("api/p", "p", "api/print", "print"),
        ("fmt/int", "int", "fmt/print", "print"),
        ("effects/am", "am", "effects/amp", "amp"),
        ("write", "", "print", ""),
    ],
)
def test_a_subject_that_is_called_print_stays_beside_one_that_begins_alike(
    path: str, h1: str, view: str, its_h1: str
) -> None:
    assert not views_for_printing([*PAGES, named(path, h1), named(view, its_h1)], START)


GATES = [page(f"docs/{name}", h1=name.title(), lead=f"A {name} lets the carts of a farm through.") for name in "abc"]


def whole(path: str, *chapters: tuple[str, str]) -> Page:
    return page(path, title="Print Site", h1="Print Site", lead="All pages of it.", chapters=chapters)


@pytest.mark.parametrize(
    "path", ["print_page/", "book/print.html", "singlehtml/", "html-single/index.html", "one-page.html"]
)
def test_a_page_with_the_pages_of_the_site_as_its_parts_is_one_for_printing(path: str) -> None:
    view = whole(path, *((name, f"a{name}letsthecartsofafarmthrough") for name in "abz"))
    assert views_for_printing([view, *GATES], START) == {view.url}
    assert views_for_printing([view, *GATES], view.url) == set()


def test_a_page_named_print_with_parts_of_its_own_stays() -> None:
    texts = [f"a{name}letsthecartsofafarmthrough" for name in "abc"]
    for chapters in (
        [("a", texts[0]), ("b", "abcarriesnocartsofafarm"), ("c", "accarriesnocartsofafarm")],
        [("gate", texts[0]), ("rail", texts[1])],
        [("a", ""), ("b", "")],
    ):
        view = whole("cmd/print", *chapters)
        assert views_for_printing([view, *GATES], START) == set()
    alike = [page(f"docs/{name}", h1=name, lead="Carts of all farms use this.") for name in "ab"]
    view = whole("print/", *((name, "cartsofallfarmsusethis") for name in "ab"))
    assert views_for_printing([view, *alike], START) == set()


@pytest.mark.parametrize("path", ["docs/print/", "docs/print/index.html", "docs/print.html", "docs/print"])
def test_a_page_named_print_that_tells_in_brief_what_is_below_it_stays(path: str) -> None:
    below = [page(f"docs/print/{name}", h1=name, lead=f"A {name} lets the carts of a farm through.") for name in "abc"]
    view = whole(path, *((name, f"a{name}letsthecartsofafarmthrough") for name in "abc"))
    assert views_for_printing([view, *below], START) == set()
