from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.content.own_contents import find_own_contents
from llmstxt_sched.extraction.dom.parse import parse
from llmstxt_sched.extraction.extract import extract

TEXT = (
    f"<h2 id=one>One</h2><p>{PROSE}</p><h2><a name=two></a>1.2 Two</h2><p>{PROSE}</p><h3 id=more>More</h3><p>Text.</p>"
)
READ = f"## One\n\n{PROSE}\n\n## 1.2 Two\n\n{PROSE}\n\n### More\n\nText."
LIST = "<ul><li><a href=#one>One</a><li><a href=#two>1.2 Two</a><ul><li><a href=#more>More</a></ul></ul>"
OTHERS = [
    # What leads elsewhere, says something else or more, is a single link, leads nowhere, or is below a part's heading.
    "<ul><li><a href=#one>One</a><li><a href=/two>Two</a></ul>",
    "<ul><li><a href=#one>One</a><li><a href=#two>Why two is better</a></ul>",
    "<ul><li><a href=#one>One</a>: where all begins<li><a href=#two>Two</a></ul>",
    "<ul><li><a href=#one>One</a></ul>",
    "<ul><li><a href=#one>One</a><li><a href=#nowhere>Two</a></ul>",
    f"<h2>Parts</h2>{LIST}",
]


@pytest.mark.parametrize("before", ["", "<h1>T</h1>", f"<h1>T</h1><p>{PROSE}</p>", "<a name=top></a>"])
def test_a_pages_list_of_its_own_headings_is_left_out(before: str) -> None:
    assert of_main(f"{before}{LIST}{TEXT}") == of_main(f"{before}{TEXT}")
    assert of_main(f"{before}{LIST}{TEXT}").endswith(READ)


def test_pod_and_halibut_write_their_contents_so() -> None:
    pod = "<ul id=index><li><a href='#NAME'>NAME</a></li><li><a href='#USE'>USE</a></li></ul><h1 id=NAME>NAME</h1>"
    assert markdown(f"<body>{pod}<p>{PROSE}</p><h1 id=USE>USE</h1><p>{PROSE}</p></body>").count("USE") == 1
    halibut = (
        "<h1><a name='C1'></a>Chapter 1: All</h1><ul><li><a href='#S1.1'>1.1 A</a><li><a href='#S1.2'>1.2 B</a></ul>"
    )
    text = f"<h2><a name='S1.1'></a>1.1 A</h2><p>{PROSE}</p><h2><a name='S1.2'></a>1.2 B</h2><p>{PROSE}</p>"
    assert "[1.1 A]" not in markdown(f"<body>{halibut}{text}</body>")


def test_a_long_page_and_texinfos_menus_before_its_headings_leave_the_list_out_as_well() -> None:
    assert "[1.2 Two]" not in of_main(f"{LIST}<h1>T</h1>{TEXT}" + "<p>More.</p>" * 1_000)
    menu = "<div class=header><p>Next: <a href=#two rel=next accesskey=n>Two</a>, Up: <a href=/ rel=up>T</a></p></div>"
    parts = "".join(
        f"<div id={name}>{menu}<span id=index-{name}></span><h3>1.1 {name.title()}</h3><p>{PROSE}</p></div>"
        for name in ("one", "two")
    )
    listed = "<ul class=section-toc><li><a href=#one accesskey=1>One</a></li><li><a href=#two>Two</a></li></ul>"
    assert of_main(f"<h2>1 T</h2><p>{PROSE}</p>{listed}{parts}").count("Two") == 1


def test_links_to_the_page_by_its_own_address_are_links_to_itself() -> None:
    listed = LIST.replace("#one", "page.html#one").replace("#two", "page.html#two")
    body = f"<body><h1>T</h1>{listed}{TEXT}</body>".encode()
    assert "[One]" not in extract(body, "https://docs.example/page.html", "text/html").markdown
    assert "- [One]" in extract(body, "https://docs.example/other.html", "text/html").markdown


def test_texinfos_short_contents_which_lead_to_those_in_full_are_left_out() -> None:
    full = "<ul><li><a id=toc-One href=One.html>1 One</a></li><li><a id=toc-Two href=Two.html>2 Two</a></li></ul>"
    short = (
        "<div class=shortcontents><ul><li><a href=#toc-One>1 One</a></li><li><a href=#toc-Two>2 Two</a></li></ul></div>"
    )
    written = of_main(f"<h1>T</h1><p>{PROSE}</p><h2>Contents</h2>{full}<h2>Short Table of Contents</h2>{short}")
    assert written.count("One](") == written.count("ontents") == 1


LINKS = "<a href=#one>One</a> <a href=#two>Two</a> <a href=#more>More</a>"


@pytest.mark.parametrize(
    "beside",
    [
        f"<div id=toc><div><p>On This Page</p>{LINKS}</div></div>",
        f"<div><div><p>On This Page</p></div><div>{LINKS}</div></div>",
        f"<p><strong>Table of Contents</strong></p>{LIST}",
        f"<h4>Table of content</h4>{LIST}",
        "<div><p>On this page</p><a href=#one>One</a></div>",
    ],
)
def test_contents_with_a_label_are_left_out_wherever_they_stand(beside: str) -> None:
    for content in (f"<h1>T</h1>{TEXT}{beside}", f"<h1>T</h1>{beside}{TEXT}"):
        assert of_main(content) == f"# T\n\n{READ}"


@pytest.mark.parametrize(
    "beside",
    [
        "<div><p>On this page</p><a href=#one>One</a> <a href=/two>Two</a></div>",
        "<div><p>Contents</p><a href=#one>Why one comes first</a></div>",
        "<p>Contents</p><p>See <a href=#one>One</a></p>",
        "<p>One, two and more</p><div><a href=#one>One</a> <a href=#two>Two</a></div>",
    ],
)
def test_other_links_below_a_label_stay(beside: str) -> None:
    assert "](https://docs.example/" in of_main(f"<h1>T</h1>{TEXT}{beside}<p>{PROSE}</p>")


def test_the_heading_above_such_a_list_goes_with_it() -> None:
    assert of_main(f"<h1>T</h1><h2>Contents</h2>{LIST}{TEXT}") == f"# T\n\n{READ}"


@pytest.mark.parametrize("listed", OTHERS)
def test_any_other_list_of_links_stays(listed: str) -> None:
    assert of_main(f"<h1>T</h1>{listed}{TEXT}").count("One") == 2


@pytest.mark.parametrize(
    "text", ["<p>It takes these steps:</p>", "It takes these <b>steps</b>:", "<p>You can do one of the following</p>"]
)
def test_a_list_that_a_sentence_announces_stays(text: str) -> None:
    assert "- [One]" in of_main(f"<h1>T</h1>{text}{LIST}{TEXT}")
    assert "- [One]" in of_main(f"<h1>T</h1>{text}<a id=steps></a><div>\n<div>{LIST}</div></div>{TEXT}")
    assert "[One]" not in of_main(f"<h1>T</h1><p>It has (few) steps.</p><div>{LIST}</div>{TEXT}")
    assert "[One]" not in of_main(f"<h1>T</h1><p>On this page:</p>{LIST}{TEXT}")


def test_a_list_that_leads_to_what_is_before_it_stays() -> None:
    assert "- [One]" in of_main(f"<h1>T</h1><p id=one>{PROSE}</p>{LIST}{TEXT}")


def assert_found_in_linear_time(page: Callable[[int], str], size: int) -> None:
    trees = {each: parse(page(each), as_xml=False) for each in (size // 10, size)}
    assert_linear(lambda each: find_own_contents(trees[each], frozenset()), size)


@pytest.mark.parametrize("listed", [LIST, LIST.replace("Two", "Other"), LIST.replace("#two", "#one")])
def test_very_many_lists_take_linear_time(listed: str) -> None:
    assert_found_in_linear_time(lambda lists: f"<main>{listed * lists}<h1>T</h1>{TEXT}</main>", 600)


def test_very_many_lists_that_lead_to_places_in_one_heading_take_linear_time() -> None:
    def page(size: int) -> str:
        lists = "".join(f"<ul><li><a href=#b{at}>A</a><li><a href=#b{at}>B</a></ul>" for at in range(size))
        places = "".join(f"<b id=b{at}>x</b>" for at in range(size))
        return f"<main>{lists}<h1>{places}</h1>{TEXT}</main>"

    assert_found_in_linear_time(page, 600)


def test_lists_in_one_another_take_linear_time() -> None:
    def page(depth: int) -> str:
        item = "<li><a href=#a>A</a>" + "<span></span>" * (75 * depth)
        return f"<main>{'<ul>' * depth}{item}{'</ul>' * depth}<h1>T</h1>{TEXT}</main>"

    assert_found_in_linear_time(page, 200)


def test_very_many_labels_of_contents_take_linear_time() -> None:
    labelled = f"<p>Contents</p>{LIST}" + "<div>" * 4 + f"<p>Contents</p>{LINKS}</div>" + "</div>" * 3
    assert_found_in_linear_time(lambda labels: f"<main>{labelled * labels}{TEXT}</main>", 600)


def test_links_below_a_label_in_boxes_around_one_another_take_linear_time() -> None:
    def page(depth: int) -> str:
        return f"<main>{'<div>' * depth}<p>Contents</p>{LINKS * (20 * depth)}{'</div>' * depth}{TEXT}</main>"

    assert_found_in_linear_time(page, 150)


def test_an_index_of_the_members_that_follow_is_left_out_and_one_of_other_pages_stays() -> None:
    link = "<a href={}><span>turn</span></a>"
    index = "<section class=tsd-index-group><h5>Index</h5><h3>Methods</h3><div>" + link + "</div></section>"
    page = (
        f"<h1>Class Wheel</h1><p>{PROSE}</p>{{}}<section><h2>Methods</h2><h3 id=turn>turn</h3><p>{PROSE}</p></section>"
    )
    assert of_main(page.format(index.format("#turn"))).count("turn") == 1
    assert of_main(page.format(index.format("turn.html"))).count("turn") == 3


def test_the_index_of_headings_at_the_end_of_a_manual_page_is_left_out() -> None:
    text = f"<a name=a>&nbsp;</a><h2>NAME</h2><p>{PROSE}</p><a name=b>&nbsp;</a><h2>NOTES</h2><p>{PROSE}</p>"
    index = (
        "<hr><a name=index>&nbsp;</a><h2>Index</h2><dl><dt><a href='#a'>NAME</a><dd><dt><a href='#b'>NOTES</a><dd></dl>"
    )
    page = f"<h1>mill</h1>Section: User Commands (1)<br><a href='#index'>Index</a><hr>{text}{index}"
    written = markdown(f"<body>{page}</body>")
    assert "ndex" not in written
    assert written.count("NOTES") == 1
    assert "Section: User" in written
    assert "Index" in markdown(f"<body>{page.replace('>NOTES</a>', '>Teeth</a>')}</body>")


@pytest.mark.slow
def test_thousands_of_empty_lists_in_a_heading_take_linear_time() -> None:
    assert_linear(lambda lists: markdown(f"<body><h2>Index{'<dl></dl>' * lists}</h2><p>{PROSE}</p></body>"), 4000)
