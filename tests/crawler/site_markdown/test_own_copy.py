from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.support.contents import content

from llmstxt_sched.crawler.site_markdown.own_copy import as_markdown, may_be_copy, own_address, with_site_markdown
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.domain.urls import parse

PAGE = parse("https://docs.example/guide")
TEXT = "To install the server, run the following command as root and wait until it says that it is ready for you.\n"


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("", None),
        ("https://docs.example/raw/guide.md", "https://docs.example/raw/guide.md"),
        ("https://www.docs.example/guide.md", "https://www.docs.example/guide.md"),
        ("https://elsewhere.example/guide.md", None),
        ("http://docs.example/guide.md", None),
    ],
)
def test_a_copy_is_where_the_page_says_on_its_own_host(named: str, address: str | None) -> None:
    found = own_address(PAGE, content(TEXT, markdown_url=named), frozenset())
    assert (str(found) if found else None) == address


def test_a_copy_is_where_llms_txt_lists_it() -> None:
    listed = {parse("https://docs.example/guide.md"), parse("https://docs.example/other.md")}
    assert own_address(PAGE, content(TEXT), listed) == parse("https://docs.example/guide.md")
    assert own_address(parse("https://docs.example/more"), content(TEXT), listed) is None


@pytest.mark.parametrize("named", ["https://docs.example/llms.txt", "https://docs.example/docs/llms-full.txt"])
def test_a_file_about_the_whole_site_is_no_copy_of_a_page(named: str) -> None:
    page = content(TEXT, markdown_url=named)
    assert own_address(PAGE, page, frozenset()) is None
    own = parse("https://docs.example/guide.md")
    assert own_address(PAGE, page, {own}) == own
    assert own_address(PAGE, replace(page, needs_scripts=True), frozenset()) == parse(named)


def test_what_the_start_page_names_is_no_copy_of_another_page() -> None:
    named = "https://docs.example/index.md"
    assert own_address(PAGE, content(TEXT, markdown_url=named), frozenset(), named) is None
    index = parse("https://docs.example/index.html")
    assert own_address(index, content(TEXT, markdown_url=named), frozenset(), named) == parse(named)


@pytest.mark.parametrize(
    ("copy", "is_sound"),
    [
        ("# Install\n\n" + TEXT, True),
        ("<!DOCTYPE html><html><body>" + TEXT, False),
        (" \n", False),
        ("# Page not found\n\nWe looked everywhere.\n", False),
    ],
)
def test_a_copy_is_taken_if_it_says_what_the_page_says(copy: str, is_sound: bool) -> None:
    assert may_be_copy(content(copy), content(TEXT)) is is_sound


def test_a_page_that_says_nothing_takes_any_copy() -> None:
    assert may_be_copy(content(TEXT), content("Loading\n"))


def test_links_and_title_are_those_of_the_page_where_it_has_any() -> None:
    page = content(TEXT, Extract(h1="Guide", lead="To install"), links=("https://docs.example/",))
    copy = content("# Own\n", Extract(h1="guide.md", first_heading="First"), links=("https://docs.example/a.md",))
    taken = with_site_markdown(page, copy)
    assert (taken.markdown, taken.sha256, taken.links) == ("# Own\n", copy.sha256, page.links)
    assert taken.extract == Extract(h1="Guide", first_heading="First", lead="To install")


def test_a_type_of_text_is_read_as_markdown() -> None:
    assert as_markdown("text/plain; charset=koi8-r") == "text/markdown; charset=koi8-r"
