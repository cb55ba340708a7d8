from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, id_of_main_content, markdown
from tests.support.growth import assert_linear

UNDECLARED = {
    "the element whose paragraphs weigh most": (
        f"<div><p>Short.</p></div><div id=here><p>{PROSE}</p><p>{PROSE}</p></div><div>By us</div>"
    ),
    "the element around two that weigh alike": (
        f"<p>Short.</p><div id=here><div><p>{PROSE}</p></div><div><p>{PROSE}</p></div></div><p>Short.</p>"
    ),
    "the element that holds the only title too": (
        f"<div><p>By us</p></div><div id=here><h1>Title</h1><div><p>{PROSE}</p><p>{PROSE}</p></div></div>"
    ),
    "prose before links": (
        f"<div><p><a href=/>{PROSE}</a></p><p><a href=/>{PROSE}</a></p></div><div id=here><p>{PROSE}</p></div>"
    ),
}


def test_the_main_content_is_found_without_any_landmark() -> None:
    side = "<td><a href=/a>SIDE</a><br><a href=/b>SIDE</a><br><a href=/c>SIDE</a></td>"
    page = f"<center>Bob's page</center><table><tr>{side}<td><h2>Widgets</h2><p>{PROSE}<p>{PROSE}</td></tr></table>"
    text = markdown(page)
    assert f"## Widgets\n\n{PROSE}\n\n{PROSE}" in text
    assert "SIDE" not in text


@pytest.mark.parametrize("case", UNDECLARED)
def test_where_nothing_is_declared_the_prose_tells(case: str) -> None:
    assert id_of_main_content(UNDECLARED[case]) == "here"


def test_where_nothing_stands_out_it_is_the_whole_page() -> None:
    assert id_of_main_content("<div>One</div><div>Two</div>") == "whole-page"


def test_where_what_is_declared_is_empty_its_surroundings_are_no_content() -> None:
    site, links = (
        "<header><div><h1>Mill</h1></div><div><h1>Docs</h1></div></header>",
        "<div><a href=/a>Guide</a><a href=/b>API</a></div>",
    )
    for tag in ("main", "div role=main"):
        assert id_of_main_content(f"{site}<{tag} id=here><div></div></{tag.split()[0]}>{links}") == "here"
    assert "# Mill\n\nIt grinds." in markdown("<div class=top><h1>Mill</h1>It grinds.</div><main></main>")
    for text in (f"<p>{PROSE}</p>", f"<div>{PROSE * 3}</div>"):
        assert PROSE in markdown(f"<main></main><div>{text}</div>")


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>Gate</td><td>open</td></tr><tr><td>Sluice</td><td>shut</td></tr></table>",
        "<dl><dt>Gate</dt><dd>Lets the water in.</dd></dl>",
        "<p>Moved to the gate.</p>",
        f"<ul>{'<li><a href=/gate>The gate of the mill</a></li>' * 12}</ul>",
    ],
)
def test_a_brief_text_beside_what_is_declared_and_empty_stays(text: str) -> None:
    assert "gate" in markdown(f"<header>Mill</header><main id=top></main><div>{text}</div>").lower()


def test_a_page_without_an_h1_is_read_from_the_heading_that_its_title_begins_with() -> None:
    page = f"<p>It grinds.</p><pre>mill(a)</pre><div><div><h3>F</h3><p>{PROSE}</p><p>{PROSE}, {PROSE}</p></div></div>"
    head = "<title>mill: grinds corn</title>"
    assert markdown(f"{head}<body><h2>mill</h2>{page}</body>").startswith("## mill\n\nIt grinds.\n\n```\nmill(a)")
    for other in ("<h2><a href=/>mill</a></h2>", "<h2>mills</h2>"):
        assert "It grinds." not in markdown(f"{head}<body>{other}{page}</body>")


def test_a_menu_beside_a_page_without_an_h1_is_none_of_it_though_the_title_begins_with_the_sites_name() -> None:
    menu = "".join(f"<li><a href={at}.html>Chapter {at} of the manual</a></li>" for at in range(9))
    name, text = "<div><h2>Mill</h2> Grinds corn</div>", f"<p>{PROSE}</p>" * 5
    for above in (f"{name}<div><b>Guides</b><ul>{menu}</ul></div>", f"{name}<div><h4>Guides</h4></div>"):
        page = f"<title>Mill: Install</title><body>{above}<div><h3>Install</h3>{text}</div></body>"
        assert "Guides" not in markdown(page)
    page = f"<title>Mill: Install</title><body>{name}<div><b>Guides</b><ul>{menu}</ul></div><div>{text}</div></body>"
    assert "Chapter" not in markdown(page)
    assert "Chapter" in markdown(page.replace(".html>", "#at>"))
    beside = f"<div><h5>Docs</h5><ul>{menu}</ul></div>"
    page = f"<title>Docs - Mill</title><body>{beside}<div><h2>A</h2>{text * 3}</div></body>"
    assert "Chapter" not in markdown(page)


def test_a_page_without_landmarks_begins_with_the_headings_above_its_longest_text() -> None:
    page = f"<h2>Mill</h2><div>It grinds.<h3>Use</h3><div>mill(corn)<div><p>{PROSE * 9}</p></div></div></div>"
    written = markdown(f"<body><div>{page}</div></body>")
    assert written.startswith("## Mill\n\nIt grinds.\n\n### Use\n\nmill(corn)")
    code = f"<h2>mill(a)</h2><p>It grinds.</p><div><h3>Source</h3><div><pre>{'mill(a) ' * 99}</pre></div></div>"
    menu = "".join(f"<a href={at}.html>Page {at} of the site</a>" for at in range(9))
    written = markdown(f"<body><div><h3>Site</h3><div>{menu}</div><div>{code}</div></div></body>")
    assert written.startswith("## mill(a)\n\nIt grinds.\n\n### Source\n\n```")


def test_of_sections_of_one_name_beside_each_other_none_is_the_page() -> None:
    first = f"<section class=part><div><h1>Mill</h1><p>{PROSE}, {PROSE}</p><p>{PROSE}</p></div></section>"
    others = f"<section class=part><div><p>{PROSE}</p></div></section>" * 2
    assert markdown(f"<body>{first}{others}</body>").count(PROSE) == 5
    menu = "<section class=part><a href=a>A page of the site</a> <a href=b>Another page of it</a></section>" * 2
    assert "Another" not in markdown(f"<body>{first}{menu}</body>")
    assert markdown(f"<body>{first}<section class=more><p>{PROSE}</p></section></body>").count(PROSE) == 3


def test_a_font_that_is_never_closed_is_not_the_page_but_what_stands_before_it_is_part_of_it() -> None:
    long = f"<h3>Use</h3><p>{PROSE * 12}</p><p>{PROSE * 12}</p>"
    before = f"<font color=blue><h2>Mill</h2></font><center>{PROSE} {PROSE}<p>{PROSE} {PROSE}</center>"
    for begin in ("<font color=black>", "<ul><li><font color=black>", "<font color=black><i>"):
        written = markdown(f"<body>{before}{begin}{long}</body>")
        assert written.startswith("## Mill")
        assert written.count(PROSE) == 28
    menu = "<table><tr><td><a href=a>A page of the site</a> <a href=b>Another page of it</a></td></tr></table>"
    assert "Another" not in markdown(f"<body>{menu}<font face=serif>{long}</font><p>By us, 1999</p></body>")


@pytest.mark.slow
def test_lists_in_one_another_take_linear_time() -> None:
    def read(depth: int) -> None:
        lists = f"{'<ul><li>' * depth}<a href=x>x</a>{'<span></span>' * (75 * depth)}{'</ul>' * depth}"
        assert PROSE in markdown(f"<p>{PROSE}</p>{lists}")

    assert_linear(read, 200)
