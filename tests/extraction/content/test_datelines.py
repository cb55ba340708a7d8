from __future__ import annotations

import re

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

TEXT = f"<p>{PROSE}</p><pre>{'x = 1 ' * 40}</pre>"
DATE = "<time datetime=2024-03-01>March 1, 2024</time>"
LINES = [
    DATE,
    f"{DATE}<span> - 2 minutes read</span><span> - 254 words</span>",
    f"<span>{DATE} · One minute read</span>",
    f"<p class=post-meta>{DATE} • 5 min read</p>",
    f"<div>Published on {DATE} | Reading time: 4 minutes</div>",
]
OTHERS = [
    f"<p>It was {DATE} when it began.</p>",
    f"<p>{DATE} by Ann</p>",
    f"<p>{DATE} <a href=/tags/x>x</a></p>",
    f"<ul><li>{DATE}</li></ul>",
    f"<dl><dt>Created</dt><dd>{DATE}</dd></dl>",
    f"<table><tr><th>Valid from</th><td>{DATE}</td></tr></table>",
    f"<h2>{DATE}</h2>",
    f"<div><div>Effective date</div><div>{DATE}</div></div>",
    f"<p><b>Deadline:</b></p>\n<div><p>{DATE}</p></div>",
    f"From<p>{DATE}</p>",
    f"<p>{DATE}</p><p><time>March 3, 2024</time></p>",
    DATE.replace("time ", "time itemprop=startDate "),
    "<p><time>Monday</time></p>",
    "<p><time datetime=2024-03-01></time>On Monday</p>",
]


def page(line: str, before: str = "") -> str:
    return markdown(f"<main><article><header>{before}<h1>T</h1>{line}</header><div>{TEXT}</div></article></main>")


@pytest.mark.parametrize("line", LINES)
def test_what_says_when_an_article_appeared_is_left_out(line: str) -> None:
    assert page(line) == page("")
    assert page(f"{line}<p>What it is about, in brief.</p>") == page("<p>What it is about, in brief.</p>")


@pytest.mark.parametrize(
    "before", ["<div><h1>T</h1>\n</div>", "<h1>T</h1><p>It is about mills.</p>", "<h1>T</h1><p>By Ann</p>"]
)
def test_what_stands_before_such_a_line_is_no_name_of_it(before: str) -> None:
    text = "<main><article><header>{}</header><div>{}</div></article></main>"
    assert markdown(text.format(f"{before}<p>{DATE}</p>", TEXT)) == markdown(text.format(before, TEXT))


def test_one_of_several_dates_may_say_that_it_is_the_articles() -> None:
    written = page(f"<p>Published {DATE}</p><p><time>March 3, 2024</time></p>")
    assert "March 1" not in written
    assert "March 3" in written


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_that_says_more_than_a_date_stays(line: str) -> None:
    assert "March 1, 2024" in page(line) or "Monday" in page(line)


def test_a_date_elsewhere_than_in_the_header_of_an_article_stays() -> None:
    for text in (f"<h1>T</h1><p>{DATE}</p>{TEXT}", f"<header><h2>T</h2><p>{DATE}</p></header>{TEXT}"):
        assert "March 1, 2024" in markdown(f"<main><article>{text}</article></main>")
    assert "March 1, 2024" in markdown(f"<main><header><h1>T</h1><p>{DATE}</p></header>{TEXT}</main>")
    assert "March 1, 2024" in page("", before=f"<p>{DATE}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "<p>By <a rel=author href=/ann>Ann Miller</a></p>",
        f"<div><p>Written by <b itemprop=author>Ann Miller</b> on {DATE}</p></div>",
        "<ul><li><a rel=tag href=/tags/pumps>pumps</a></li><li><a rel=tag href=/tags/quays>quays</a></li></ul>",
        f"<div>{DATE} · 2 min read · Tags: <a rel='category tag' href=/tags/pumps>pumps</a></div>",
    ],
)
def test_what_is_marked_as_an_articles_author_or_tag_is_left_out(line: str) -> None:
    assert page(line) == page("")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Ann Miller</p>",
        "<p>By <a href=/ann>Ann Miller</a></p>",
        "<p>What <a rel=author href=/ann>Ann Miller</a> learned in ten years</p>",
        "<p>For <a rel=tag href=/tags/pumps>pumps</a></p>",
    ],
)
def test_a_line_that_says_more_than_whose_an_article_is_stays(line: str) -> None:
    assert page(line) != page("")


def test_the_label_above_the_title_of_an_article_is_left_out() -> None:
    assert page("", before="<aside class='instapaper_ignoref b'>Posts</aside>") == page("")
    assert "Deprecated" in page("", before="<aside>Deprecated</aside>")


def test_bylines_elsewhere_than_in_the_header_of_an_article_stay() -> None:
    byline = "<p>By <a rel=author href=/ann>Ann Miller</a></p>"
    assert "Ann" in markdown(f"<main><article><header><h1>T</h1></header>{byline}{TEXT}</article></main>")
    assert "Ann" in markdown(f"<main><header><h1>T</h1>{byline}</header>{TEXT}</main>")


def test_the_name_of_a_section_above_a_title_goes_also_where_the_page_is_no_article() -> None:
    head = "<header><div class=eyebrow>Guides</div><h1>Stones</h1><p class=lead>All on stones</p></header>"
    page = f"<main>{head}<p>{PROSE}</p><div class=eyebrow>Kept</div></main>"
    assert markdown(page) == f"# Stones\n\nAll on stones\n\n{PROSE}\n\nKept\n"


DATA = [
    "<footer class=meta><div class=node__submitted>Submitted by <span>Ann</span> on Tue, 03/03/2026</div></footer>",
    "<div class=post-meta>By <a href=/ann>Ann Moor</a> | March 3, 2026 | 3 min read</div>",
    "<ul class=elementor-post-info><li itemprop=author><span>Ann</span></li><li><time>March 3</time></li></ul>",
    "<p class=byline>Written by Ann Moor</p>",
]
NO_DATA = [
    "<div class=post-meta>Applies to version 4</div>",
    "<div class=article-meta>By default the mill is off. Turn it on.</div>",
    "<p>Written by Ann Moor</p>",
    "<td class=byline>By Ann</td>",
]


@pytest.mark.parametrize("data", DATA)
def test_the_data_of_a_post_are_left_out_wherever_they_stand(data: str) -> None:
    assert of_main(f"<h1>T</h1>{data}<p>{PROSE}</p>") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize("line", NO_DATA)
def test_other_lines_that_are_called_so_or_say_so_stay(line: str) -> None:
    table = f"<table><tr><th>Who</th></tr><tr>{line}</tr></table>" if line.startswith("<td") else line
    assert re.sub("<.*?>", "", line)[:6] in of_main(f"<h1>T</h1><p>{PROSE}</p>{table}<p>{PROSE}</p>")


def test_the_name_and_the_picture_of_an_author_in_the_header_of_an_article_are_left_out() -> None:
    author = "<a href=/a><img class=author-image src=/a.png alt=Ann></a><h4 class=x-author-name><a href=/a>Ann</a></h4>"
    assert of_main(f"<article><header><h1>T</h1>{author}</header><p>{PROSE}</p></article>") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize(
    "line",
    [
        "<div class=reading-time><p>Estimated reading: 2 minutes</p> <p>1,234 views</p></div>",
        "<div class=betterdocs-doc-meta><div class=betterdocs-doc-meta-start>3 min read</div></div>",
        "<div class=eckb-article-content-author-container><span>By</span> <span>anna</span></div>",
        "<div class=eckb-article-content-article-views-counter-container><span>Views</span> <span>32</span></div>",
        "<div class=kb-updated-date-container><i class=kb__article-meta__text>Updated On</i> <b>May 3, 2024</b></div>",
        "<div class=article-info><span>Author</span> <span>Anna Moor</span> <i>Views: 1,300</i> 2 min read</div>",
        "<div class=kb__articleInfo><i>Last Updated: 12 Dec, 2023</i> <i>Created by: Anna</i> <i>Views: 3</i></div>",
    ],
)
def test_what_a_knowledge_base_says_of_an_article_below_its_title_is_left_out(line: str) -> None:
    assert of_main(f"<article><h1>T</h1>{line}<p>{PROSE}</p></article>") == f"# T\n\n{PROSE}"
    # A text may be in what is called so.
    said = line.partition(">")[0] + ">It takes 2 minutes to read, and views of the stones by 30 people.</div>"
    assert "2 minutes" in of_main(f"<article><h1>T</h1>{said}<p>{PROSE}</p></article>")


@pytest.mark.slow
def test_who_an_author_is_asked_of_stays_and_many_of_them_take_no_time() -> None:
    said = "Authors of the stones are asked to reply"
    assert said in of_main(f"<h1>T</h1><p>{PROSE}</p><p class=article-info>{said}</p>")

    assert "author b" in of_main(f"<h1>T</h1><p>{PROSE}</p><p class=post-info>{'author ' * 18}. author b</p>")

    def read(authors: int) -> None:
        lines = f"<p class=post-info>{'author ' * authors}. They say</p>" * 20
        assert of_main(f"<h1>T</h1><p>{PROSE}</p>{lines}").count("They say") == 20

    assert_linear(read, 10)


def test_a_label_alone_is_no_line_with_data() -> None:
    line = "<p><span class=article-meta>Updated on</span> the machine by the miller</p>"
    assert "Updated on the machine" in of_main(f"<h1>T</h1><p>{PROSE}</p>{line}")
