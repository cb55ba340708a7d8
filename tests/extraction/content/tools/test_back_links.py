from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

TEXT = f"<p>{PROSE}<sup><a id=r1 href=#n1>1</a></sup></p><p>{PROSE}<a href=#n2><sup id=r2>2</sup></a></p>"
NOTES = [
    "<ol><li id=n1>First. <a href=#r1>^</a><li id=n2><a href=#r2>^</a> Second.</ol>",
    "<ol><li id=n1><p>First. <a href=#r1>Jump to note 1 in the text</a></p><li id=n2>Second. [<a href=#r2>x</a>]</ol>",
    "<ol><li id=n1>First. (<a href=#r1>back</a>)<li id=n2>Second. <small>[ <a href=#r2>x</a> ]</small></ol>",
    "<ol><li id=n1>First. <a href=#r1>Zur\u00fcck</a>.<li id=n2>Second.</ol>",
    "<dl><dt id=n1>1<dd>First. <a href=#r1>back</a><dt id=n2>2<dd>Second. <a href=#r2>back</a></dl>",
]
KEPT = {
    "the mark that a note begins with": "<p id=n1><a href=#r1>[1]</a> First.</p>",
    "what a note says of another place": "<p id=n1>First, as in <a href=#r1>the wheel</a> above.</p>",
    "a link that is all of its block": "<div id=n1><p>First.</p><p><a href=#r1>The wheel</a></p></div>",
    "a heading that leads to the contents": (
        "<ul><li><a id=t href=#h>A wheel</a></ul><h2 id=h><a href=#t>A wheel</a></h2>"
    ),
    "the end of a sentence": (
        "<dl><dt id=a>Axle<dd>See <a id=to href=#b>Bearing</a><dt id=b>Bearing<dd>Holds what turns, as in "
        "<a href=#to>the axle</a>.<dt>Cog<dd>A tooth.</dl>"
    ),
    "a link to another part": (
        "<h2 id=x>One</h2><p>See <a href=#y>Two</a></p><h2 id=y>Two</h2><p>See <a href=#x>One</a></p>"
    ),
}


@pytest.mark.parametrize("notes", NOTES)
def test_a_link_back_to_the_reference_is_left_out_whatever_it_says(notes: str) -> None:
    written = markdown(f"<main>{TEXT}{notes}</main>")
    assert "First." in written
    assert "Second." in written
    assert "#r" not in written
    assert not any(left in written for left in ("[]", "()", ". ."))
    assert written.count("](") == 2


@pytest.mark.parametrize("case", KEPT)
def test_other_links_to_places_in_the_page_stay(case: str) -> None:
    written = of_main(f"{TEXT}{KEPT[case]}")
    words = {
        "the end of a sentence": "turns, as in [the axle]",
        "a heading that leads to the contents": "## A wheel",
        "a link to another part": "See [One]",
    }
    assert words.get(case, "](https://docs.example/guide/page.html#r1)") in written


def test_a_reference_in_brackets_is_a_mark() -> None:
    book = "<dl><dt id=k>Knuth 84<dd>The book, 1984 <a href=#c>back</a></dl>"
    assert "back" not in of_main(f"<p>{PROSE} <a id=c href=#k>[Knuth 84]</a></p>{book}")


@pytest.mark.slow
def test_many_notes_and_links_in_one_block_are_read_in_linear_time() -> None:
    def read(size: int) -> None:
        notes = "".join(f"<a id=r{n} href=#n{n}>{n}</a> " for n in range(size))
        backs = "".join(f"<dt id=n{n}>{n}<dd>x <a href=#r{n}>back</a>" for n in range(size))
        markdown(f"<main><p>{notes}</p><dl>{backs}</dl><p id=n1>{notes.replace('#n', '#r')}</p></main>")

    assert_linear(read, 1000)
