from __future__ import annotations

from itertools import permutations

import pytest
from msgspec.structs import replace
from tests.documents.pages import START

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.documents.selection.editions.languages import (
    other_languages,
    start_language,
    unwanted_links,
    unwanted_listed,
)
from llmstxt_sched.domain.project import Languages

HOME = "https://s.example/"


def page(path: str, language: str = "", **translations: str) -> Page:
    links = tuple((tag.replace("_", "-"), START + target) for tag, target in translations.items())
    return Page(START + path, "x.md", Extract(), "0", language, links)


def left_out(pages: list[Page], wanted: Languages = "start", start: str = START) -> set[str]:
    return {url.removeprefix(START) for url in other_languages(pages, start, wanted)}


LINKED = [
    page("", "en", en="", de="de/", x_default=""),
    page("guide", "en", en="guide", de="de/guide"),
    page("de/", "de", en="", de="de/"),
    page("de/guide", "de", en="guide", de="de/guide"),
    page("de/nur-hier", "de"),
]


def test_what_hreflang_links_and_what_is_beside_it_in_a_languages_folder_is_a_translation() -> None:
    assert left_out(LINKED) == {"de/", "de/guide", "de/nur-hier"}
    assert left_out(LINKED, start=START + "de/") == {"", "guide"}
    assert left_out(LINKED, "all") == set()
    assert left_out(LINKED, ("de",)) == {"", "guide"}
    assert left_out(LINKED, ("de", "en-GB")) == set()


def test_the_order_of_the_pages_does_not_matter() -> None:
    assert {frozenset(left_out(list(order))) for order in permutations(LINKED)} == {
        frozenset({"de/", "de/guide", "de/nur-hier"})
    }


def test_folders_named_by_a_language_that_hold_the_same_pages_are_translations() -> None:
    pages = [page(f"{tag}/{name}", tag) for tag in ("en", "fr") for name in ("", "start", "use")]
    assert left_out(pages, start=START + "en/") == {"fr/", "fr/start", "fr/use"}
    silent = [page(f"{tag}/{name}") for tag in ("en", "pt-br", "zh_CN") for name in ("", "start")]
    assert left_out([*silent, page("", "en")]) == {"pt-br/", "pt-br/start", "zh_CN/", "zh_CN/start"}


def test_a_folder_by_the_country_holds_the_language_that_its_pages_declare() -> None:
    pages = [page("", "en"), page("use", "en"), page("jp/", "ja"), page("jp/use", "ja")]
    assert left_out(pages) == {"jp/", "jp/use"}


NONE = [
    [page("", "en"), page("go/tour", "en"), page("is/it", "en")],
    # SDKs: `cs` and `ts` are languages as well, but these pages say that they are in English.
    [page("", "en"), *(page(f"{sdk}/start", "en") for sdk in ("cs", "ts", "py"))],
    [page("", "en"), page("de", "de"), page("to/start", "en")],
    # A page that links to nobody but itself.
    [page("", "en", en=""), page("impressum", "de", de="impressum")],
    # Every language at one address, by a cookie.
    [page("", "en", en="", de="", fr=""), page("a", "en", en="a", de="a")],
]


@pytest.mark.parametrize("pages", NONE)
def test_without_siblings_that_prove_it_nothing_is_a_translation(pages: list[Page]) -> None:
    assert left_out(pages) == set()


def test_a_wider_tag_stands_for_a_narrower_one_unless_that_is_there_itself() -> None:
    pages = [page("", "en-US"), page("en/a", "en"), page("en/b", "en"), page("de/a", "de"), page("de/b", "de")]
    assert left_out(pages) == {"de/a", "de/b"}
    both = [page("", "en", en="", en_gb="gb/"), page("gb/", "en-GB", en="", en_gb="gb/")]
    assert left_out(both) == {"gb/"}


def behind_choice(*tags: str, lead: str = "", **translations: str) -> list[Page]:
    choice = replace(page("", **translations), extract=Extract(lead=lead))
    return [choice, *(page(f"{tag}/{name}", tag) for tag in tags for name in ("", "start", "use"))]


@pytest.mark.parametrize(
    ("pages", "kept"),
    [
        (behind_choice("fr", "en"), "en"),
        (behind_choice("fr", "en-GB"), "en-GB"),
        (behind_choice("pt", "de"), "pt"),
        (behind_choice("en", "de", lead="Die Mühle und das Korn, auch wenn es nicht nass ist."), "de"),
        (behind_choice("en", "fr", x_default="fr/"), "fr"),
        (behind_choice("en", "fr", en="en/", fr="fr/", x_default="fr/"), "fr"),
    ],
)
def test_a_start_page_of_no_language_leads_to_one_of_those_below_it(pages: list[Page], kept: str) -> None:
    assert {each.url for each in pages} - {START + path for path in left_out(pages)} == {
        START,
        *(f"{START}{kept}/{name}" for name in ("", "start", "use")),
    }
    assert left_out(pages, "all") == set()


def test_pages_beside_a_choice_leave_it_one() -> None:
    pages = [*behind_choice("fr", "en"), page("blog/a"), page("imprint")]
    assert left_out(pages) == {f"fr/{name}" for name in ("", "start", "use")}
    both = [*behind_choice("fr", "en-US", "en-GB"), page("imprint")]
    assert left_out(both) == {f"{tag}/{name}" for tag in ("fr", "en-GB") for name in ("", "start", "use")}


def test_what_lies_beside_the_folders_of_its_translations_is_in_a_language_of_its_own() -> None:
    pages = [page(""), page("start"), page("use"), *behind_choice("fr", "de")[1:]]
    assert left_out(pages) == {f"{tag}/{name}" for tag in ("fr", "de") for name in ("", "start", "use")}


def test_what_lies_beside_them_may_be_in_the_language_of_one_of_them() -> None:
    home = replace(page(""), extract=Extract(lead="Die Mühle und das Korn, auch wenn es nicht nass ist."))
    pages = [home, page("start"), page("use"), *behind_choice("fr", "de")[1:]]
    assert left_out(pages) == {f"fr/{name}" for name in ("", "start", "use")}


def test_a_choice_that_says_a_language_of_none_below_it_is_one_nevertheless() -> None:
    choice, *below = behind_choice("fr", "de")
    assert left_out([replace(choice, language="en"), *below]) == {f"de/{name}" for name in ("", "start", "use")}
    beside = [page("use", "en"), page("start", "en")]
    assert left_out([replace(choice, language="en"), *beside, *below]) == {
        each.url.removeprefix(START) for each in below
    }


def test_a_language_with_mostly_pages_of_its_own_is_out_as_well() -> None:
    names = [f"p{number}" for number in range(20)]
    german = [page(f"de/{name}", "de") for name in ("", *names[:5], *(f"n{number}" for number in range(20)))]
    pages = [page("", "en"), *(page(name, "en") for name in names), *german]
    pages += [page(f"fr/{name}", "fr") for name in ("", *names)]
    assert left_out(pages) == {each.url.removeprefix(START) for each in pages if each.language != "en"}


def test_of_the_countries_of_one_language_a_choice_leads_to_the_first() -> None:
    choice, *below = behind_choice("en-gb", "en-us", "fr-fr")
    out = {f"{tag}/{name}" for tag in ("en-us", "fr-fr") for name in ("", "start", "use")}
    assert left_out([replace(choice, language="en"), *below]) == out
    named = replace(choice, language="en", translations=(("x-default", f"{START}en-us/"),))
    assert left_out([named, *below]) == {path.replace("en-us", "en-gb") for path in out}
    blog = page("blog/a", "en")
    assert left_out([replace(choice, language="en"), blog, *below]) == out
    assert left_out([replace(choice, language="en"), *below], ("en",)) == {path for path in out if "fr" in path}


def test_folders_of_departments_are_no_languages_below_a_start_page_of_none() -> None:
    pages = [page(""), *(page(f"{tag}/{name}") for tag in ("it", "hr") for name in ("", "start", "use"))]
    assert left_out(pages) == set()


def test_the_start_pages_language_stands_once_where_it_has_a_folder_as_well() -> None:
    def both(path: str, language: str) -> Page:
        return replace(page(path, language), extract=Extract(lead=f"What {path.rpartition('/')[2]} is in {language}."))

    english = [both(f"{above}{name}", "en") for above in ("", "en/") for name in ("", "start", "use")]
    french = [both(f"fr/{name}", "fr") for name in ("", "start", "use")]
    news = [both("en/news", "en"), replace(page("en/use", "en"), extract=Extract(lead="It is another one."))]
    others = {"fr/", "fr/start", "fr/use"}
    assert left_out([*english, *french, news[0]]) == {"en/", "en/start", "en/use"} | others
    assert left_out([*english[:-1], *french, *news]) == {"en/", "en/start"} | others


def test_a_language_that_the_site_does_not_have_empties_no_document() -> None:
    assert left_out(LINKED, ("ja",)) == set()


def test_a_crawl_leaves_out_the_links_of_a_page_to_other_languages_and_their_folders() -> None:
    translations = (("x-default", HOME), ("en", HOME), ("de", HOME + "de/"), ("fr", HOME + "index.fr.html"))
    assert start_language(HOME, "en-US", translations) == "en"
    assert unwanted_links(HOME, "en", translations, ("en",)) == ({HOME + "de/", HOME + "index.fr.html"}, {"/de/"})
    assert unwanted_links(HOME, "en", translations, ("ja",)) == (set(), set())
    unnamed = (("x-default", HOME), ("de", HOME + "de/"))
    assert unwanted_links(HOME, "en", unnamed, ("en",)) == ({HOME + "de/"}, {"/de/"})


def test_of_pages_listed_in_all_their_languages_the_others_are_left_out() -> None:
    about = (("en", "/about"), ("de", "/ueber-uns"), ("x-default", "/about"))
    only_german = (("de", "/impressum"), ("fr", "/mentions"))
    one_address = (("en", "/cookie"), ("de", "/cookie"))
    listed = {"/about": about, "/ueber-uns": about, "/impressum": only_german, "/cookie": one_address}
    assert unwanted_listed(listed, ("en",)) == ({"/ueber-uns"}, set())
    assert unwanted_listed(listed, ("de",)) == ({"/mentions"}, set())


@pytest.mark.parametrize("urls", [["/en", "/de"], ["/de", "/en"]])
def test_a_page_that_is_asked_for_by_its_own_entry_stays_whatever_others_say(urls: list[str]) -> None:
    others = (("de", "/de"), ("fr", "/fr"))
    assert unwanted_listed(dict.fromkeys(urls, others), ("en",)) == ({"/de", "/fr"}, set())
    wrong = {"/b": (("en", "/b"), ("de", "/a")), "/a": (("en", "/a"), ("de", "/c"))}
    assert unwanted_listed(wrong, ("en",)) == ({"/c"}, set())


def test_the_folder_of_a_language_in_which_no_page_is_asked_for_is_left_out() -> None:
    gate = (("en", "https://x.example/gate"), ("de", "https://x.example/de/gate"))
    listed = dict.fromkeys(("https://x.example/gate", "https://x.example/de/gate"), gate)
    assert unwanted_listed(listed, ("en",)) == ({"https://x.example/de/gate"}, {"/de/"})
    assert unwanted_listed(listed, ("de",)) == ({"https://x.example/gate"}, set())
    elsewhere = (("en", "https://x.example/a"), ("de", "https://x.de.example/de/a"))
    assert unwanted_listed({"https://x.example/a": elsewhere}, ("en",))[1] == set()
    press = (("en", "https://x.example/news/a"), ("de", "https://x.example/presse/a"))
    assert unwanted_listed({"https://x.example/news/a": press}, ("en",))[1] == set()
    rail = (("en", "https://x.example/de/rail"), ("fr", "https://x.example/fr/rail"))
    listed["https://x.example/de/rail"] = rail
    assert unwanted_listed(listed, ("en",))[1] == {"/fr/"}


def test_a_page_listed_with_its_other_languages_alone_stays() -> None:
    listed = {"/hello": (("de", "/hallo"), ("fr", "/salut"))}
    assert unwanted_listed(listed, ("en",)) == ({"/hallo", "/salut"}, set())
    assert unwanted_listed(listed, ("de",)) == ({"/salut"}, set())


def test_what_is_on_another_host_tells_nothing_of_this_ones_folders() -> None:
    own = (("en", HOME + "a"), ("de", HOME + "de/a"))
    pages = {url: (*own, ("x-default", "https://other.example/de/home")) for _, url in own}
    assert unwanted_listed(pages, ["en"]) == ({HOME + "de/a"}, {"/de/"})
    foreign = "https://de.example/de/a"
    assert unwanted_links(HOME + "a", "en", (("en", HOME + "a"), ("de", foreign)), ["en"]) == ({foreign}, set())


def test_a_folder_that_is_not_named_as_a_language_is_none_of_one() -> None:
    links = (("en", HOME + "news/a"), ("de", HOME + "presse/a"))
    assert unwanted_links(HOME + "news/a", "en", links, ["en"]) == ({HOME + "presse/a"}, set())
