from __future__ import annotations

from tests.documents.pages import START, page

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.select import select


def titles(*pages: Page) -> dict[str, str]:
    return {
        entry.url.removeprefix(START): entry.title
        for section in select(pages, START).sections
        for entry in section.entries
    }


def test_pages_of_one_title_are_told_apart_by_their_place_in_the_navigation() -> None:
    found = titles(
        page("a", h1="Overview", section="Guides \u203a Storage", lead="Of a."),
        page("b", h1="Overview", section="Guides \u203a Network", lead="Of b."),
    )
    assert found == {"a": "Overview (Storage)", "b": "Overview (Network)"}


def test_without_a_place_the_part_of_the_path_that_differs_tells_them_apart() -> None:
    found = titles(*(page(path, title="API") for path in ("x/client/api.html", "x/http-server/api.html", "x/api?v=2")))
    assert found == {
        "x/client/api.html": "API (Client / API)",
        "x/http-server/api.html": "API (HTTP Server / API)",
        "x/api?v=2": "API (API / v=2)",
    }


def test_a_part_of_the_path_that_is_the_title_is_not_said_again() -> None:
    found = titles(page("introduction.html", h1="Introduction"), page("introduction-old.html", h1="Introduction"))
    assert found == {"introduction.html": "Introduction", "introduction-old.html": "Introduction (Introduction Old)"}


def test_a_place_that_is_called_like_the_title_is_not_said_again() -> None:
    found = titles(
        page("a", h1="Getting started", section="Guides \u203a Getting Started"),
        page("b", h1="Getting started", section="Reference \u203a Getting Started"),
    )
    assert found == {"a": "Getting started (Guides)", "b": "Getting started (Reference)"}


def test_pages_of_one_title_in_two_sections_keep_it_where_their_notes_differ() -> None:
    pages = [page(f"{name}/{n}", h1=f"{name} {n}", section=name) for name in ("Guides", "Reference") for n in range(3)]
    both = [page(f"{name}/start", h1="Start", section=name, lead=f"Of {name}.") for name in ("Guides", "Reference")]
    found = titles(*pages, *both)
    assert (found["Guides/start"], found["Reference/start"]) == ("Start", "Start")


def test_no_two_entries_are_alike_however_a_site_names_its_pages() -> None:
    pages = [page(f"{n}/{'x' * 200}/end", h1="T" * 300) for n in range(3)]
    pages += [page("y", h1="A (B)"), page("a/b", h1="A", section="B"), page("a/c", h1="A", section="C")]
    found = titles(*pages)
    assert len(set(found.values())) == len(pages)
    assert max(map(len, found.values())) <= 200
