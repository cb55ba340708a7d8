from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main

NOTE = "Miller, Wheels, 1990"
NOTES = {
    "by a role": f"<footer role=doc-endnotes><ol><li>{NOTE}</ol></footer>",
    "by a class": f"<footer class=notes><p>{NOTE}</p></footer>",
    "by a heading": f"<footer><h2>Footnotes</h2><p>{NOTE}</p></footer>",
    "by a number": f"<div class=part><p>{PROSE}</p><footer>1. {NOTE}</footer></div>",
    "by a mark": f"<div class=part><p>{PROSE}</p><footer>* {NOTE}</footer></div>",
    "by a word": f"<div><p>{PROSE}</p><footer>Source: <a href=/m>{NOTE}</a>, whose wheel is round</footer></div>",
    "in a note": f"<aside class=note><p>{PROSE}</p><footer>{NOTE}</footer></aside>",
    "in an item": f"<ul><li>A wheel<footer>{NOTE}</footer></ul>",
    "in a cell": f"<table><tr><th>A<th>B<tr><td>A wheel<footer>{NOTE}</footer><td>round</table>",
    "in details": f"<details><summary>A wheel</summary>{PROSE}<footer>{NOTE}</footer></details>",
}
FEET = {
    "in the main content": "<footer>JUNK of the site</footer>",
    "with a heading": "<footer><h2>JUNK</h2><p>1. A wheel</p></footer>",
    "in a wrapper": f"<div><p>{PROSE}</p><footer>Contact us. JUNK</footer></div>",
    "with links": "<footer>Source: <a href=/edit>JUNK.md in the repository</a></footer>",
    "with a copyright in details": f"<details><summary>A wheel</summary>{PROSE}<footer>© JUNK</footer></details>",
    "of a table that lays out the page": f"<table><tr><td><p>{PROSE * 4}</p><footer>JUNK of the site</footer></table>",
}


@pytest.mark.parametrize("name", NOTES)
def test_a_footer_of_notes_or_of_a_part_stays(name: str) -> None:
    assert NOTE in of_main(f"<h1>Wheels</h1><p>{PROSE * 3}</p>{NOTES[name]}")


@pytest.mark.parametrize("name", FEET)
def test_the_foot_of_the_page_goes(name: str) -> None:
    text = of_main(f"<h1>Wheels</h1><p>{PROSE}</p>{FEET[name]}")
    assert PROSE in text
    assert "JUNK" not in text


def test_a_header_with_the_title_and_a_list_that_is_no_menu_stays() -> None:
    since = "<ul><li>available since <a href=v2>2</a>.0</li></ul>"
    header = f"<header><h1>Module Mill</h1><p>It grinds.</p>{since}</header>"
    text = markdown(f"<body>{header}<div><div>val a</div><div>val b</div><p>{PROSE}</p></div></body>")
    assert text.startswith(
        "# Module Mill\n\nIt grinds.\n\n- available since [2](https://docs.example/guide/v2).0\n\nval a"
    )
    menu = '<ul><li><a href="/a">Guides</a></li><li><a href="/b">Reference</a></li></ul>'
    assert "Guides" not in markdown(f"<body><header><h1>Mill</h1>{menu}</header><div><p>{PROSE}</p></div></body>")
