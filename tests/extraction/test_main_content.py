from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.extraction.reading import PROSE, markdown

from llmstxt_sched.extraction.main_content import find_main_content

# Prose that weighs more than the content below, and is none of it.
RIVAL = f"<div><p>{PROSE}, {PROSE}</p><p>{PROSE}, {PROSE}</p></div>"

# In each the content is the element with this id; what is beside it has no name that tells it apart.
DOCBOOK = {
    "a chapter whose section holds nearly all of its text": (
        "<div id=here class=chapter><div class=titlepage><h1>Chapter</h1></div><p>Short.</p>"
        f"<div class=section><p>{PROSE}</p><p>{PROSE}</p></div></div>"
    ),
    "an article that has a main element in it": (
        "<div id=here class=article><div class=titlepage><h1>Article</h1></div><p>Short.</p>"
        f"<div class=main><p>{PROSE}</p></div></div>"
    ),
}
DECLARED = {
    "the article's body, within a main element": (
        f"<main><p>{PROSE}</p><div id=here itemprop=articleBody><p>{PROSE}</p></div></main>"
    ),
    "a generator's container, within a main element": (
        f"<main><p>{PROSE}</p><div id=here class=vp-doc><p>{PROSE}</p></div></main>"
    ),
    "a main element": f"<main id=here><p>{PROSE}</p></main>",
    "the role of a main element": f"<div role=main id=here><p>{PROSE}</p></div>",
    "a main element before what themes call content": (
        f"<div class=content><p>{PROSE}</p><main id=here><p>{PROSE}</p></main></div>"
    ),
    "what themes call content": f"<div class=content id=here><p>{PROSE}</p></div>",
    "the longer of two": f"<article><p>Short.</p></article><article id=here><p>{PROSE}</p></article>",
    "the outer of two": f"<div class=post id=here><p>{PROSE}</p><div class=post><p>{PROSE}</p></div></div>",
}
UNDECLARED = {
    "the element whose paragraphs weigh most": (
        f"<div><p>Short.</p></div><div id=here><p>{PROSE}</p><p>{PROSE}</p></div><div>By us</div>"
    ),
    "the element around two that weigh alike": (
        f"<p>Short.</p><div id=here><div><p>{PROSE}</p></div><div><p>{PROSE}</p></div></div><p>Short.</p>"
    ),
    "prose before links": (
        f"<div><p><a href=/>{PROSE}</a></p><p><a href=/>{PROSE}</a></p></div><div id=here><p>{PROSE}</p></div>"
    ),
}


def id_of_main_content(html: str) -> str | None:
    body = LexborHTMLParser(f"<body id=whole-page>{html}</body>").body
    assert body
    return find_main_content(body).attributes.get("id")


def test_the_main_content_is_found_without_any_landmark() -> None:
    side = "<td><a href=/a>SIDE</a><br><a href=/b>SIDE</a><br><a href=/c>SIDE</a></td>"
    page = f"<center>Bob's page</center><table><tr>{side}<td><h2>Widgets</h2><p>{PROSE}<p>{PROSE}</td></tr></table>"
    text = markdown(page)
    assert f"## Widgets\n\n{PROSE}\n\n{PROSE}" in text
    assert "SIDE" not in text


def test_of_many_articles_none_is_the_page() -> None:
    articles = "".join(f"<article><h2>Post {number}</h2><p>{PROSE}</p></article>" for number in range(5))
    text = markdown(f"<nav>JUNK</nav><main>{articles}</main>")
    assert text.count(PROSE) == 5


@pytest.mark.parametrize("case", DOCBOOK)
def test_of_docbook_it_is_the_element_that_the_title_page_stands_in(case: str) -> None:
    assert id_of_main_content(DOCBOOK[case] + RIVAL) == "here"


@pytest.mark.parametrize("case", DECLARED)
def test_what_the_page_declares_goes_before_what_its_prose_weighs(case: str) -> None:
    assert id_of_main_content(RIVAL + DECLARED[case]) == "here"


@pytest.mark.parametrize("case", UNDECLARED)
def test_where_nothing_is_declared_the_prose_tells(case: str) -> None:
    assert id_of_main_content(UNDECLARED[case]) == "here"


def test_where_nothing_stands_out_it_is_the_whole_page() -> None:
    assert id_of_main_content("<div>One</div><div>Two</div>") == "whole-page"
