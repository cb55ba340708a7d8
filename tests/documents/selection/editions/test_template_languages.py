from __future__ import annotations

import pytest
from tests.documents.pages import START, page

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.editions.languages import other_languages
from llmstxt_sched.documents.selection.editions.template_languages import with_own_languages

GERMAN = "Die M\u00fchle wird durch einen Fluss angetrieben, und das Korn ist nicht nass."
ENGLISH = "The mill is driven by a river, and the grain is not wet."
NAMES = ["", "gear.html", "sack.html", "river.html"]


def edition(pattern: str, lead: str, language: str) -> list[Page]:
    return [page(pattern.format(name), lead=lead, title=name, language=language) for name in NAMES]


def left_out(pages: list[Page], start: str = START) -> set[str]:
    return other_languages(pages, start, "start")


def urls(pages: list[Page]) -> set[str]:
    return {each.url for each in pages}


@pytest.mark.parametrize("template", ["en", "en-US", "de"])
def test_folders_of_two_languages_tell_them_apart_where_all_pages_declare_one(template: str) -> None:
    english, german = edition("en/{}", ENGLISH, template), edition("de/{}", GERMAN, template)
    assert left_out([*english, *german], english[0].url) == urls(german)
    assert left_out([*english, *german], german[0].url) == urls(english)


def test_what_all_declare_may_be_the_language_beside_the_folder_of_the_other() -> None:
    german, english = edition("{}", GERMAN, "de"), edition("en/{}", ENGLISH, "de")
    assert left_out([*german, *english]) == urls(english)


def test_pages_without_a_translation_follow_the_folder_of_most_and_countries_are_no_languages() -> None:
    english = [*edition("{}", ENGLISH, "en"), page("us.html", lead=ENGLISH, language="en-US")]
    german = edition("de/{}", GERMAN, "en")
    few, many = ([page(f"de/{at}.html", lead=ENGLISH, language="en") for at in range(count)] for count in (4, 5))
    assert {each.language for each in with_own_languages([*english, *german, *few])[len(english) :]} == {"de"}
    pages = [*english, *german, *many]
    assert with_own_languages(pages) == pages


def test_a_folder_is_not_english_for_having_no_words_where_those_beside_it_are_no_others() -> None:
    pages = [*edition("{}", "", "de"), *edition("en/{}", "", "de")]
    assert with_own_languages(pages) == pages


@pytest.mark.parametrize("pattern", ["de/{}", "{}?lang=de", "docs/de/{}"])
def test_a_folder_or_a_query_tells_them_apart_from_what_is_beside_it(pattern: str) -> None:
    english = edition(pattern.replace("de/", "").removesuffix("?lang=de"), ENGLISH, "en")
    german = edition(pattern, GERMAN, "en")
    assert left_out([*english, *german], english[0].url) == urls(german)


def test_a_name_or_one_page_alone_changes_no_language() -> None:
    english = edition("{}", ENGLISH, "en")
    pages = [*english, *edition("de/{}", ENGLISH, "en")]
    assert with_own_languages(pages) == pages
    pages = [*english, page("de/gear.html", lead=GERMAN, language="en")]
    assert with_own_languages(pages) == pages
    pages = [*edition("{}", GERMAN, "de"), *edition("en/{}", GERMAN, "de")]
    assert with_own_languages(pages) == pages
    pages = [*english, *edition("de/{}", GERMAN, "de")]
    assert with_own_languages(pages) is pages


@pytest.mark.parametrize(
    ("template", "lead"),
    [
        ("en", "This lesson is about the words der, die, das and ist, and how to use them with a noun."),
        ("fr", "Cette le\u00e7on est pour vous : les mots der, die, das et ist, avec une image."),
    ],
)
def test_a_lesson_on_another_language_is_in_that_of_the_template(template: str, lead: str) -> None:
    pages = [*edition("de/{}", lead, template), *edition("fi/{}", f"{lead} Ja, on, ei.", template)]
    assert with_own_languages(pages) == pages
