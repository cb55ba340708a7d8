from __future__ import annotations

import gc

import pytest
from tests.extraction.reading import PROSE, URL, read
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.dom.tree import Element
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.garbage_collection import without_collector


def test_canonical_is_absolute() -> None:
    assert read("<link rel=canonical href='../real.html#top'>").canonical == "https://docs.example/real.html"


def test_no_element_of_a_page_is_left_to_the_collector() -> None:
    gc.collect()
    with without_collector():
        read(f"<main><h1>T</h1><a href=/x><p>{PROSE}</p></a><ul><li>1</ul></main>")
        assert not [thing for thing in gc.get_objects() if isinstance(thing, Element)]


def test_links_without_a_title_are_a_menu_that_other_pages_show() -> None:
    menu = "<div class=toc><ul><li><a href=/a>Gates</a><ul><li><a href=/b>Valves</a></ul></ul></div>"
    assert read(menu).extract.is_secondary
    assert not read(f"<title>All</title>{menu}").extract.is_secondary
    assert not read(f"<p>{PROSE}</p>{menu}").extract.is_secondary
    assert not read(f"<h1>All</h1>{menu}").extract.is_secondary


def test_the_same_page_gives_the_same_content() -> None:
    html = f"<main><h1>T</h1><p>{PROSE}</p><pre>x</pre><a href=/b>b</a><a href=/a>a</a></main>"
    assert read(html) == read(html)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<", b"<!--", b"<html><frameset><frame src=/a>", b"\0" * 99])
def test_no_bytes_make_it_fail(body: bytes) -> None:
    assert extract(body, URL, "text/html; charset=utf-8").extract.h1 == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "each", "between", "part"),
    [
        ("", "", "", '<meta charset="'),
        ("<nav>", "", "", "<a href=/guide/page.html aria-current=page>x</a>"),
        ("", "<div class=math>", "", "<p>a b c</p>"),
        ("", "<div class='share related'>", "", "<p>x, y</p>"),
        ("<div class=nav id=sidebar>" * 400, "", "", "<a href=/x>y</a> words "),
        ("<p>", "", "", "x<a>Copy</a>"),
        ("", "<a href=page.html>y</a>" * 50, "", "<h1><a href=x>x</a></h1>"),
        ("<x-a><template shadowrootmode=open>", "<slot name=a></slot>" * 25, "</template>", "<p slot=a>x</p>"),
        ("", '<template id="B:{0}"></template><div hidden id="S:{0}">x</div>' * 10, "", "<p>x</p>"),
    ],
)
def test_long_hostile_html_is_read_in_linear_time(before: str, each: str, between: str, part: str) -> None:
    """Of `each` there are four hundred at most, because they may stand in one another."""

    def read(size: int) -> None:
        several = "".join(each.format(number) for number in range(size // 750))
        extract((before + several + between + part * (size // len(part))).encode(), URL, "text/html")

    assert_linear(read, 300_000)
