from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown

LONG = f"<p>{PROSE}, {PROSE}</p>" * 4
BRIEF = f"<p>{PROSE}</p>"
SECTIONS = {
    "in boxes below their headings": (
        f"<div class=sect1><h2>A</h2><div class=sectionbody>{BRIEF}</div></div>"
        f"<div class=sect1><h2>B</h2><div class=sectionbody>{LONG}</div></div>"
        f"<div class=sect1><h2>C</h2><div class=sectionbody>{BRIEF}</div></div>"
    ),
    "in boxes with their headings, with a class more": (
        f"<div class='pad first'><div class=box><div><h2>A</h2></div><div>{LONG}</div></div></div>"
        f"<div class=pad><div class=box><div><h2>B</h2></div><div>{BRIEF}</div></div></div>"
        f"<div class=pad><div class=box><div><h2>C</h2></div><div>{BRIEF}</div></div></div>"
    ),
    "without a word between the headings and the boxes": (
        f"<section class=part><header><h2>A</h2></header><div>{LONG}</div></section>"
        f"<section class=part><header><h2>B</h2></header><div>{BRIEF}</div></section>"
        f"<section class=part><header><h2>C</h2></header><div>{BRIEF}</div></section>"
    ),
}
BESIDE = {
    "teasers": f"<div class=post><h2><a href=/b>B</a></h2>{BRIEF}</div>",
    "menus": "<div class=post><h2>B</h2><ul>" + "<li><a href=/b>What is said elsewhere</a>" * 9 + "</ul></div>",
    "what is called otherwise": f"<div class=about><h2>B</h2>{BRIEF}</div>",
}


@pytest.mark.parametrize("page", SECTIONS.values(), ids=SECTIONS)
def test_sections_of_one_kind_are_all_of_the_page(page: str) -> None:
    written = markdown(f"<body><div><div>{page}</div></div></body>")
    assert written.count(PROSE) == 10
    assert [line for line in written.splitlines() if line.startswith("#")] == ["## A", "## B", "## C"]


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_a_section_and_is_none_is_none_of_the_page(beside: str) -> None:
    written = markdown(f"<body><div><div class=post><h2>A</h2><div>{LONG * 3}</div></div>{beside}</div></body>")
    assert written.count(PROSE) == 24


LISTS = [
    f"<div class=section><h2>{name}</h2><ul>"
    f"<li><a href=/{name}1>On {name}, and on all of its parts, one by one</a><li><a href=/{name}2>More</a></ul></div>"
    for name in "BCD"
]


def test_lists_below_an_introduction_are_of_the_page() -> None:
    top = f"<div id=top><h1>All pages</h1><p>{PROSE}</p></div>"
    menu = "<div class=menu><a href=/>Home</a> <a href=/new>New</a></div>"
    written = markdown(f"<body>{menu}<div id=all>{top}{''.join(LISTS)}</div></body>")
    assert [line for line in written.splitlines() if line.startswith("#")] == ["# All pages", "## B", "## C", "## D"]
    assert written.count("[More](") == 3
    # Each may have an id of its own.
    named = "".join(part.replace("<div", f"<div id=part-{at}") for at, part in enumerate(LISTS))
    assert markdown(f"<body>{menu}<div id=all>{top}{named}</div></body>").count("[More](") == 3
    # Of which the page has headings itself, others are beside it.
    own = top.replace("</h1>", "</h1><h2>What they are</h2>")
    assert "## B" not in markdown(f"<body>{menu}<div id=all>{own}{''.join(LISTS)}</div></body>")
    # Boxes beside a page are less than that.
    longer = top.replace("</p>", f" {PROSE}</p><p>{PROSE} {PROSE}</p>")
    assert "## B" not in markdown(f"<body>{menu}<div id=all>{longer}{''.join(LISTS)}</div></body>")
    # One may be a menu below a page.
    assert "## B" not in markdown(f"<body>{menu}<div id=all>{top}{LISTS[0]}</div></body>")
