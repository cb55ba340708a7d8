from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

ROW = " ".join(
    f"<a href={name}.html><img src={name}.png alt={name}></a>" for name in ("Home", "Map", "Previous", "Next")
)
PAGE = f"<h2>Gears</h2><p>{PROSE} {PROSE}</p><p>{PROSE}</p>"


def test_a_row_of_pictures_that_lead_to_the_pages_around_is_left_out() -> None:
    for row in (f"<div>{ROW}</div>", f"{ROW}<br>", f"<p><span>{ROW}</span></p>"):
        assert markdown(f"<body>{row}{PAGE}{row}</body>").startswith("## Gears\n")
        assert ".png" not in markdown(f"<body>{row}{PAGE}{row}</body>")


def test_an_arrow_alone_that_leads_to_a_page_around_is_left_out() -> None:
    arrow = "<div class=up><a href=./><img src=left.gif alt='<-'></a></div>"
    assert markdown(f"<body>{arrow}{PAGE}</body>").startswith("## Gears\n")
    for other in (arrow.replace("<-", "Up"), arrow.replace("./", "#gears"), f"<p>Turn {arrow[14:-6]} once.</p>"):
        assert "left.gif" in markdown(f"<body>{other}{PAGE}</body>")


def test_an_arrow_that_a_list_or_table_explains_stays() -> None:
    arrow = "<a href=/less><img src=left.gif alt='<'></a>"
    for signs in (f"<dl><dt>{arrow}<dd>is less than</dl>", f"<table><tr><td>{arrow}<td>is less than</table>"):
        assert "(https://docs.example/less)" in markdown(f"<body>{PAGE}{signs}{PAGE}</body>")


def test_the_names_of_the_pages_below_that_row_are_left_out_with_it() -> None:
    names = "<b>Next:</b> <a href=b>Wheels</a> <b>Up:</b> <a href=u>Mill</a> &nbsp; <b><a href=c>Contents</a></b>"
    text = markdown(f"<body><img src=p.png alt=previous> {ROW}<br>{names}<br><br>{PAGE}</body>")
    assert text.startswith("## Gears\n")
    assert "Mill" not in text
    assert "Wheels" in of_main(f"<p>{PROSE}</p><p>{names}</p>")


def test_pictures_that_a_text_is_about_stay() -> None:
    keys = ROW.replace("href=", "name=")
    for row in (f"<p>Press {ROW} to go on.</p>", f"<p>Press <span>{ROW}</span>.</p>", f"<p>{keys}</p>"):
        assert of_main(f"<h1>T</h1><p>{PROSE}</p>{row}").count(".png") == 4
    others = ROW.replace("alt=Home", "alt=Gear").replace("alt=Previous", "alt=Sieve")
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><p>{others}</p>").count(".png") == 4


def test_a_list_of_the_ways_to_the_pages_around_is_left_out() -> None:
    ways = (
        "<ul><li><a href=t>Table of Contents</a><li><a href=p>Previous Chapter</a><li><a href=n>Next Chapter</a></ul>"
    )
    written = markdown(f"<body><hr>{ways}<hr>{PAGE}<hr>{ways}</body>")
    assert written.startswith("## Gears\n")
    assert "Chapter" not in written
    for other in (ways.replace("Next Chapter", "Next of kin"), ways.replace("href=", "href=#"), "<ul><li>Next</ul>"):
        assert "Next" in of_main(f"<h1>T</h1><p>{PROSE}</p>{other}")


def test_a_list_of_what_is_called_like_the_ways_to_the_pages_around_stays_where_the_text_says_what_it_is() -> None:
    calls = "<ul><li><a href=next.html>{0}next{1}</a><li><a href=prev.html>{0}prev{1}</a></ul>"
    names = calls.format("", "")
    for listed in (
        calls.format("", "()"),
        calls.format(".", ""),
        calls.format("<code>", "</code>"),
        f"<p>These go from one gear to another:</p>{names}",
        f"<h2>See also</h2>{names}",
        f"<dl><dt>See also</dt><dd>{names}</dd></dl>",
    ):
        assert "prev.html" in of_main(f"<h1>T</h1><p>{PROSE}</p>{listed}")
    assert "prev.html" not in of_main(f"<h2>T</h2>{names}<p>{PROSE}</p>{names}")


def test_pictures_between_those_to_the_pages_around_that_are_no_buttons_stay() -> None:
    ends = [f"<a href={name}.html><img src={name}.png alt={name}></a>" for name in ("Previous", "Next")]
    photo = "<img src=mill.jpg alt='The mill at dusk'>"
    for row in (f"<p>{ends[0]} {photo} {ends[1]}</p>", f"<p>{ends[0]} <a href=mill.html>{photo}</a> {ends[1]}</p>"):
        assert "mill.jpg" in of_main(f"<h1>T</h1><p>{PROSE}</p>{row}")
    assert "Previous" in of_main(f"<h1>T</h1><p>{PROSE}</p><p>The buttons are:</p><p>{ends[0]} {ends[1]}</p>")
    assert "Next" in of_main(f"<h1>T</h1><p>{PROSE}</p><p>{ROW.replace('.html', '.svg')}</p>")


@pytest.mark.slow
def test_a_long_text_before_thousands_of_bars_is_read_once() -> None:
    row = "<p><a href=a><img src=a.png alt=Next></a><a href=b><img src=b.png alt=Up></a></p>"

    def read(bars: int) -> None:
        markdown(f"<body><div><p>{'w <b>x</b> ' * (4 * bars)}.</p><div>{row * bars}</div></div>")

    assert_linear(read, 1000)


@pytest.mark.slow
def test_lists_in_one_another_around_very_many_elements_take_linear_time() -> None:
    def read(depth: int) -> None:
        of_main(f"<p>{PROSE}</p>{'<ul><li>' * depth}<a href=a>x</a>{'<u></u>' * (100 * depth)}")

    assert_linear(read, 200)


def test_a_row_of_links_in_brackets_above_each_section_is_left_out() -> None:
    names = ("&lt;&lt;", "&lt;", "Up", "&gt;", "&gt;&gt;", "Top", "Contents", "Index", "?")
    cells = "".join(f'<td>[<a href="a.html#a"> {name} </a>]</td><td>&nbsp;</td>' for name in names)
    row = f"<table class=header><tr>{cells}</tr></table>"
    page = f"<div id=a>{row}<h1>T</h1><p>{PROSE}</p><hr><div id=b>{row}<h2>Gears</h2><p>{PROSE} {PROSE}</p></div></div>"
    text = markdown(f"<body>{page}</body>")
    assert text.startswith("# T\n")
    assert "Contents" not in text
    for other in (
        f"<p>Its bar is:</p>{row}",
        f"<table><tr>{cells}</tr><tr>{cells}</tr></table>",
        "<table><tr><td><a href=a>Up</a></td><td><a href=b>Next</a></td></tr></table>",
        f"<table><tr>{cells}<td>Stone</td></tr></table>",
    ):
        assert "Up" in of_main(f"<h1>T</h1><p>{PROSE}</p>{other}<p>{PROSE}</p>")


def test_a_table_of_texi2htmls_signs_is_left_out() -> None:
    steps = "<td>[<a href=a.html> &lt;&lt; </a>]</td><td>[<a href=c.html> &gt;&gt; </a>]</td><td> &nbsp; </td>"
    others = "<td>[<a href=m.html#Top>Top</a>]</td><td>[<a href=i.html>Index</a>]</td><td>[<a href=b.html> ? </a>]</td>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><hr><table><tr>{steps}{others}</tr></table>") == f"# T\n\n{PROSE}"
    shifts = (
        "<table><tr><td>Sign</td><td>&lt;&lt;</td><td>Top</td></tr><tr><td>Is</td><td>left</td><td>up</td></tr></table>"
    )
    assert "<<" in of_main(f"<h1>T</h1><p>{PROSE}</p>{shifts}")
