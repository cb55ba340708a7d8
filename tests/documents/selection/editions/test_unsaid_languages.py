from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.documents.pages import START, page

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.editions.languages import other_languages

GERMAN = "Die Mühle wird durch einen Fluss angetrieben, und das Korn ist nicht nass."
ENGLISH = "The mill is driven by a river, and the grain is not wet."
NAMES = ["gear", "sack", "river"]


def translated(pattern: str, lead: str = GERMAN, language: str = "") -> list[Page]:
    return [page(pattern.format(name), lead=lead, title=name, language=language) for name in NAMES]


def originals(language: str = "") -> list[Page]:
    return [page("", lead=ENGLISH, language=language), *translated("{}.html", ENGLISH, language)]


def left_out(pages: list[Page], start: str = START) -> list[str]:
    out = other_languages(pages, start, "start")
    return sorted(url.removeprefix(START) for url in out)


@pytest.mark.parametrize(
    "pattern", ["de/{}.html", "{}.de.html", "{}_de.html", "{}-de.html", "{}.html.de", "{}-de-AT.html"]
)
def test_pages_in_a_language_beside_those_of_the_address_without_it_are_translations(pattern: str) -> None:
    others = translated(pattern)
    assert left_out([*originals(), *others]) == sorted(each.path.removesuffix(".md") for each in others)


@pytest.mark.parametrize("language", ["", "de"])
@pytest.mark.parametrize("query", ["lang=de", "uselang=de-AT", "Locale=de_DE"])
def test_a_query_may_choose_the_language(query: str, language: str) -> None:
    others = translated(f"{{}}.html?{query}", GERMAN, language)
    pages = [*originals("en" if language else ""), *others]
    assert left_out(pages) == sorted(each.path.removesuffix(".md") for each in others)


@pytest.mark.parametrize("query", ["lang=cs", "lang=go", "tab=de", "lang=de&hl=fr"])
def test_a_query_alone_chooses_none(query: str) -> None:
    assert left_out([*originals(), *translated(f"{{}}.html?{query}", ENGLISH)]) == []


def test_what_is_in_their_folder_and_has_no_original_goes_with_them() -> None:
    alone = page("de/nur-hier.html", title="Nur hier")
    assert alone.path.removesuffix(".md") in left_out([*originals(), *translated("de/{}.html"), alone])


def test_files_may_declare_their_language() -> None:
    others = translated("{}.de.html", "", "de")
    assert len(left_out([*originals("en"), *others])) == len(others)
    # A template that says "en" of every page.
    assert left_out([*originals("en"), *translated("{}.de.html", language="en")]) == []


@pytest.mark.parametrize("language", ["", "de"])
@pytest.mark.parametrize("start", ["", "index.en.html"])
def test_all_files_may_be_named_by_their_language(start: str, language: str) -> None:
    english, others = (
        translated("{}.en.html", ENGLISH, "en" * bool(language)),
        translated("{}.de.html", GERMAN, language),
    )
    home = page(start, title="Mill", language="en" * bool(start and language))
    assert left_out([home, *others, *english], home.url) == sorted(each.path.removesuffix(".md") for each in others)
    if language:
        german = page("index.de.html", lead=GERMAN, language="de")
        assert left_out([german, *others, *english], german.url) == sorted(
            each.path.removesuffix(".md") for each in english
        )


@pytest.mark.parametrize("pattern", ["cs/{}.html", "{}_is.html", "de/{}.html", "no/{}.html"])
def test_a_name_alone_is_nothing(pattern: str) -> None:
    assert left_out([*originals(), *translated(pattern, ENGLISH)]) == []


def test_a_single_page_or_one_without_an_original_is_no_translation() -> None:
    assert left_out([*originals(), *translated("de/{}.html")[:1]]) == []
    assert left_out([page("", lead=ENGLISH), *translated("de/{}.html")]) == []


def test_where_the_crawl_starts_in_a_translation_nothing_is_left_out() -> None:
    others = translated("{}.de.html")
    assert left_out([*originals(), *others], others[0].url) == []


def test_originals_in_the_same_language_are_none() -> None:
    pages = [replace(each, extract=replace(each.extract, lead=GERMAN)) for each in originals()]
    assert left_out([*pages, *translated("de/{}.html")]) == []


def test_a_folder_that_has_mostly_pages_of_its_own_loses_only_its_translations() -> None:
    own = [page(f"de/eigenes/{at}.html", lead=GERMAN, title=f"Teil {at}") for at in range(4)]
    others = translated("de/{}.html")
    assert left_out([*originals(), *others, *own]) == sorted(each.path.removesuffix(".md") for each in others)


def test_a_name_that_is_joined_in_another_way_is_no_languages() -> None:
    connected = page("gear_de.html", lead=ENGLISH, title="How the gear is connected to DE")
    assert connected.path.removesuffix(".md") not in left_out([*originals(), *translated("{}.de.html"), connected])
