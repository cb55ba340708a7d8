from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

FOOTNOTES = {
    "docutils": (
        (
            "<aside class='footnote brackets'><span class=label><span>[</span><a href=#id1>1</a><span>]</span></span>"
            "<p>It is <b>so</b>.</p><p>Or not.</p></aside>"
        ),
        "[1] It is **so**.\n\nOr not.",
    ),
    "docutils, with links back": (
        "<aside class=footnote><span class=label>[2]</span><span class=backrefs>(1)</span><p>So.</p></aside>",
        "[2] So.",
    ),
    "docutils, a citation": ("<div class=citation><span class=label>[Doe]</span><p>A book.</p></div>", "[Doe] A book."),
    "Sphinx before 5": (
        (
            "<dl class='footnote brackets'><dt class=label><span><a href=#id2>2</a></span></dt><dd><p>So.</p></dd>"
            "<dt class=label><span class=brackets>3</span></dt><dd><p>Or:</p><pre>x</pre></dd></dl>"
        ),
        "[2] So.\n\n[3] Or:\n\n```\nx\n```",
    ),
    "Sphinx before 5, with links back": (
        (
            "<dl class='footnote brackets'><dt class=label><span class=brackets>2</span><span class=fn-backref>"
            "(<a href=#x>1</a>,<a href=#y>2</a>)</span></dt><dd><p>So.</p></dd></dl>"
        ),
        "[2] So.",
    ),
    "a mark that nobody sees": (
        "<div class=footnote><span class=label style='display:none'>HIDDEN</span> So.</div>",
        "So.",
    ),
    "a heading": ("<h2 class=citation><span class=label>3</span> So</h2>", "## 3 So"),
    "Sphinx before 2": (
        "<table class='docutils footnote'><tr><td class=label><a href=#id5>[1]</a></td><td>So.</td></tr></table>",
        "[1] So.",
    ),
    "a block first": ("<div class=footnote><span class=label>[1]</span><pre>x</pre></div>", "[1]\n\n```\nx\n```"),
    "none": ("<div class=citation><p>A book.</p></div>", "A book."),
}
CODE = "<p>Hot.</p><pre>a\nb</pre>"
# By the generator, the first cell of a note, and what is between it and the last one.
NOTES = {
    "DocBook": ("<td rowspan=2><img alt='[Tip]' src=t.png></td>", "<th></th></tr><tr>"),
    "DocBook, with a title": ("<td rowspan=2><img alt='[Tip]' src=t.png></td>", "<th>Tip</th></tr><tr>"),
    "Asciidoctor": ("<td class=icon><div class=title>Tip</div></td>", ""),
    "Asciidoctor with icons": ("<td class=icon><i title=Tip></i></td>", ""),
}


@pytest.mark.parametrize("name", FOOTNOTES)
def test_a_footnote_begins_with_its_mark(name: str) -> None:
    html, text = FOOTNOTES[name]
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\n{text}"


@pytest.mark.parametrize("name", NOTES)
def test_a_note_that_a_table_lays_out_is_no_table(name: str) -> None:
    icon, between = NOTES[name]
    html = f"<div class=tip><table><tr>{icon}{between}<td>{CODE}</td></tr></table></div>"
    text = of_main(f"<p>{PROSE}</p>{html}")
    assert text == f"{PROSE}\n\nTip\n\nHot.\n\n```\na\nb\n```"


def test_a_note_in_a_table_keeps_its_kind_beside_its_title() -> None:
    icon = "<td rowspan=2><img alt='[Warning]' src=w.png></td>"
    rows = f"<tr>{icon}<th>Data loss</th></tr><tr><td><p>Hot.</p></td></tr>"
    written = of_main(f"<p>{PROSE}</p><div class=warning><table>{rows}</table></div>")
    assert written.endswith("Warning\n\nData loss\n\nHot.")


def test_a_picture_that_says_nothing_beside_the_label_of_a_note_is_left_out() -> None:
    icon = "<td rowspan=2 width=25><img src=note.png></td><th align=left>Anmerkung</th>"
    rows = f"<table border=0><tr>{icon}</tr><tr><td colspan=2><p>Hei\u00df.</p></td></tr></table>"
    assert of_main(f"<p>{PROSE}</p><div class=note>{rows}</div>").endswith(f"{PROSE}\n\nAnmerkung\n\nHei\u00df.")
    unmarked = rows.replace(" rowspan=2", "").replace("<th align=left>Anmerkung</th>", "<th>A</th><th>B</th>")
    assert "note.png" in of_main(f"<p>{PROSE}</p><div class=note>{unmarked}</div>")


def test_a_picture_in_a_note_keeps_its_link() -> None:
    shot = "<td><a href=/big.png><img src=/shot.png alt='The dialog'></a></td><td>Press OK.</td>"
    written = of_main(f"<p>{PROSE}</p><div class=tip><table><tr>{shot}</tr></table></div>")
    assert "[![The dialog](https://docs.example/shot.png)](https://docs.example/big.png)" in written


def test_a_table_with_a_head_in_a_note_stays_one() -> None:
    rows = "<tr><th>Warning</th><th>Meaning</th></tr><tr><td>W1</td></tr>"
    assert "| Warning | Meaning |" in of_main(f"<p>{PROSE}</p><div class=warning><table>{rows}</table></div>")


def test_a_table_of_data_in_a_note_stays_one() -> None:
    rows = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    assert "| 1 | 2 |" in of_main(f"<p>{PROSE}</p><div class=note>{rows}</div>")


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>Port</th><td>8080</td></tr>",
        "<tr><td>1</td><td>2</td><td>3</td></tr>",
        "<tr><td>Flag</td></tr><tr><td>--x</td></tr>",
        "<tr><td>Warning</td><td>Meaning</td></tr><tr><td>W1</td></tr>",
        "<thead><tr><td>Tip</td><td>For</td></tr></thead><tbody><tr><td>Use tea</td></tr></tbody>",
    ],
)
def test_a_small_table_of_data_in_a_note_stays_one_too(rows: str) -> None:
    assert "| --- |" in of_main(f"<p>{PROSE}</p><div class=note><table>{rows}</table></div>")
