from __future__ import annotations

from typing import Any

import pytest
from tests.documents.pages import START, page

from llmstxt_sched.documents.selection.select import select

LEAD = "Each block below is copied by readers as it stands."


def note(**said: Any) -> str:
    others = [page(f"{number}", title=f"Page {number}") for number in range(9)]
    index = select([*others, page("it", **{"h1": "Code that must survive", "lead": LEAD, **said})], START)
    return next(entry.note for section in index.sections for entry in section.entries if entry.url.endswith("/it"))


REPEATED = [
    "Code that must survive# Each block below is copied by readers. pip install thing",
    "Code that must survive",
    "CODE THAT MUST SURVIVE: pip install thing thing --version Write the file",
    "Each block below is copied by readers as it stands. pip install thing thing --version",
    "Description will go into a meta tag in <head />",
    "API documentation for the Rust `Client` struct in crate `thing`.",
    "declaration: package: org.thing, class: Client",
    "source: package: org.thing, class: Client",
    "Documentation for thing",
    "Reference for Thing.Client",
    "Reference for Thing-3.0: Client",
    "package index",
    "Command line",
]


@pytest.mark.parametrize("description", REPEATED)
def test_a_description_that_repeats_the_page_or_that_nobody_wrote_loses_to_the_lead(description: str) -> None:
    assert note(description=description) == LEAD


@pytest.mark.parametrize("title", ["Litestar", "Lite"])
def test_a_sentence_about_the_title_is_a_description(title: str) -> None:
    description = "Litestar is a framework for services."
    assert note(h1=title, description=description) == description


@pytest.mark.parametrize("address", ["https://thing.example/", "www.thing.example", "<https://thing.example/docs>"])
def test_an_address_alone_is_no_note(address: str) -> None:
    assert note(description=address) == LEAD
    assert note(description=address, lead="", outline="1. Start") == "1. Start"
    assert note(description=address, lead="") == ""
    written = f"{address} is where the thing is."
    assert note(description=written) == written
    assert select([page("", title="Thing", description=address, lead=LEAD)], START).summary == LEAD
    assert address not in select([page("", title="Thing", description=address)], START).summary


@pytest.mark.parametrize(
    "sample",
    [
        "No description available.",
        "No documentation was provided",
        "5 minutes to learn the most important Docusaurus concepts.",
        "Eureka is a elegant and powerful theme for Hugo.",
        "Failed to get your location.",
        "Please activate JavaScript to enable the search functionality.",
        "Choose your language.",
        "Please select your country or region",
        "Choose a language: English \u00b7 Deutsch",
        "Select a version to continue\u2026",
    ],
)
def test_what_a_sample_left_is_no_note_wherever_it_stands(sample: str) -> None:
    assert note(description=sample) == LEAD
    assert note(lead=sample, more_leads=(LEAD,)) == LEAD
    assert note(lead=sample, part_leads=(sample, LEAD)) == LEAD
    assert note(description=sample, lead=sample) == ""


@pytest.mark.parametrize(
    "text", ["Select a region for your server.", "Choose a version to install.", "Pick a language for the labels."]
)
def test_what_a_reader_chooses_for_a_thing_is_a_note(text: str) -> None:
    assert note(description=text) == text


def test_what_repeats_the_page_is_better_than_nothing() -> None:
    assert note(description="Code that must survive: a page of many blocks.", lead="") == "a page of many blocks."
    assert note(description="Code that must survive", lead="") == ""


def test_a_description_in_which_only_the_title_differs_is_the_generators() -> None:
    pages = [
        page(f"{n}", h1=f"Class {n}", description=f"Reference of Class {n} here", lead=f"It does {n}.")
        for n in range(4)
    ]
    notes = [entry.note for section in select(pages, START).sections for entry in section.entries]
    assert notes == [f"It does {n}." for n in range(4)]


def test_a_page_that_begins_as_another_does_is_told_by_what_comes_next() -> None:
    begin = "A new edition of the book is out."
    pages = [page(f"{n}", title=f"Chapter {n}", lead=begin, more_leads=(f"It says {n}.",)) for n in range(3)]
    notes = [entry.note for section in select(pages, START).sections for entry in section.entries]
    assert notes == [f"It says {n}." for n in range(3)]


BEGIN, PART = "Finds cycles in a tree of links.", "Makes a new finder of cycles."


def shared(pages: int, *titles: str, others: int = 20, **said: Any) -> list[str]:
    """The notes of so many pages that begin alike, beside others."""
    alike = [
        page(f"{n}", h1=title, lead=BEGIN, part_leads=(f"{PART} {n}",), **said)
        for n, title in zip(range(pages), titles or [f"Class {n}" for n in range(pages)], strict=True)
    ]
    rest = [page(f"other-{n}", h1=f"Other {n}", lead=f"It does {n}.") for n in range(others)]
    entries = [entry for section in select([*alike, *rest], START).sections for entry in section.entries]
    return [entry.note for entry in entries if "other" not in entry.url]


def test_what_a_few_pages_begin_with_goes_before_what_is_said_of_a_part() -> None:
    assert shared(2) == [BEGIN] * 2
    assert shared(3) == [BEGIN] * 3
    assert shared(2, others=4) == [BEGIN] * 2
    assert shared(1, others=1) == [BEGIN]


def test_pages_that_begin_as_many_others_do_or_as_their_namesakes_are_told_by_their_parts() -> None:
    parts = [f"{PART} {n}" for n in range(4)]
    assert shared(4, others=60) == parts
    assert shared(2, others=1) == parts[:2]
    assert shared(2, "Class", "Class") == parts[:2]


def test_a_page_that_lists_another_ones_words_does_not_take_them_away() -> None:
    own = page("own", h1="Finder", lead=BEGIN, more_leads=("It is fast.",))
    lists = page("all", h1="All", lead="All classes.", part_leads=(BEGIN,))
    rest = [page(f"{n}", h1=f"Other {n}", lead=f"It does {n}.") for n in range(20)]
    entries = [entry for section in select([own, lists, *rest], START).sections for entry in section.entries]
    assert {entry.note for entry in entries if entry.url.endswith(("own", "all"))} == {BEGIN, "All classes."}


def test_the_summary_is_the_home_pages_description_though_every_page_has_it() -> None:
    pages = [page(f"{n}" if n else "", title=f"P{n}", description="Of the site.", lead=f"Lead {n}.") for n in range(5)]
    assert select(pages, START).summary == "Of the site."
    assert select([page("", title="Home", lead="Its one sentence.")], START).summary == "Its one sentence."
    assert select([page("", title="Soup", description="Reference for Soup")], START).summary == "Reference for Soup"


def test_the_home_pages_entry_has_the_summary_where_it_has_no_note_of_its_own() -> None:
    pages = [page(f"{n}" if n else "", title=f"P{n}", description="Of the site.") for n in range(5)]
    assert select(pages, START).sections[0].entries[0].note == "Of the site."


def test_what_a_page_lists_is_its_note_where_it_says_nothing() -> None:
    listed = "1. Start · 2. Use"
    assert note(lead="", outline=listed) == listed
    assert (
        note(lead="", outline=listed, description="Code that must survive: a page of many blocks.")
        == "a page of many blocks."
    )


def test_the_summary_is_what_the_home_page_lists_where_nobody_wrote_one() -> None:
    listed, written = "1. Start · 2. Use", "Documentation for thing"
    assert select([page("", title="Thing", outline=listed)], START).summary == listed
    assert select([page("", title="Thing", outline=listed, description=written)], START).summary == written


@pytest.mark.parametrize("said", ["No description available.", "Undocumented", "No description"])
def test_that_nothing_is_said_is_no_note(said: str) -> None:
    pages = [page("", title="Mill", lead="It grinds."), page("a", title="A", lead=said), page("b", title="B")]
    assert [entry.note for entry in select(pages, START).sections[0].entries][1:] == ["", ""]


@pytest.mark.parametrize("sign", ["：", "｜", " — ", ": "])
def test_a_note_does_not_begin_with_the_title_that_a_sign_of_any_script_ends(sign: str) -> None:
    said = "介绍如何在各种系统上安装米尔与水车。"
    assert note(h1="安装指南", description=f"安装指南{sign}{said}", lead="") == said


def test_a_description_in_which_a_heading_runs_into_the_text_is_none() -> None:
    run = "Get a Scaffoldmill.scaffold.get(name); Set a Scaffoldmill.scaffold.set(name, content);"
    assert note(first_heading="Get a Scaffold", description=run, lead="", outline="Get a Scaffold") == "Get a Scaffold"
    apart = "Get a Scaffold or set one, by its name and its content."
    assert note(first_heading="Get a Scaffold", description=apart) == apart
    assert note(first_heading="Config", description="Configuration of the mill and its tools.") != ""


def test_where_a_reader_finds_the_samples_is_no_note() -> None:
    # Widdershins', at the beginning of each page.
    hint = "Scroll down for code samples, example requests and responses."
    pages = [page("", title="Mill", lead=hint, more_leads=("The mill grinds corn for whoever brings it.",))]
    assert select(pages, START).summary == "The mill grinds corn for whoever brings it."


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Custom element", "Custom elements are what a page adds to those of its browser, by a name with a dash."),
        ("설치 방법", "설치 방법을 단계별로 설명하고, 설치한 뒤에 무엇을 확인해야 하는지 알려 줍니다."),
        ("Docker Compose", "Docker Composen avulla palvelut voidaan käynnistää yhdellä komennolla paikallisesti."),
    ],
)
def test_a_heading_with_an_ending_is_a_word_of_a_description(heading: str, said: str) -> None:
    assert note(first_heading=heading, description=said, lead="It is something else that is said first here.") == said
