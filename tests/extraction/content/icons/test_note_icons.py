from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main
from tests.support.growth import assert_linear

NOTES = [
    "<div class=note><img src=n.svg alt='{0} icon'><p class=title>{0}</p><p>Text.</p></div>",
    "<div class=note><p><img src=n.svg alt={0}> <strong>{0}</strong></p><p>Text.</p></div>",
    "<div class=note><span><img src=n.svg alt='[{0}]'></span><div><b>{0}:</b> Text.</div></div>",
    "<p><img src=n.svg alt={0}>{0}: Text.</p>",
    "<ol><li><p>First.</p><div class=note><p><img src=n.svg alt={0}> {0}: Text.</p></div></li></ol>",
]
OTHERS = [
    "<p><img src=n.svg alt=Note> Text.</p>",
    "<p><img src=n.svg alt=Note> Notebooks are read.</p>",
    "<p><img src=n.svg alt=Note> Note that it is.</p>",
    "<p>Note <img src=n.svg alt=Note></p>",
    "<table><tr><th>Sign</th><th>Name</th></tr><tr><td><img src=n.svg alt=Note></td><td>Note</td></tr></table>",
    "<p><img src=n.svg alt='Note on the door'> Note</p>",
    "<ul><li><img src=n.svg alt=Note> Note: it can wait.</li><li><img src=e.svg alt=Error> Error</li></ul>",
    "<ul><li><p><img src=n.svg alt=Note> <b>Note</b></p></li></ul>",
    "<dl><dt><img src=n.svg alt=Note></dt><dd>Note</dd></dl>",
    "<table><tr><td><img src=n.svg alt=Note> Note</td><td>It can wait.</td></tr></table>",
    "<figure><img src=n.svg alt=Note><figcaption>Note</figcaption></figure>",
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("label", ["Note", "WARNING", "Tip"])
def test_the_icon_of_a_note_beside_its_label_is_left_out(note: str, label: str) -> None:
    written = of_main(f"<p>{PROSE}</p>{note.format(label)}")
    assert "![" not in written
    assert written.count(label) == 1
    assert "Text." in written


@pytest.mark.parametrize("other", OTHERS)
def test_any_other_picture_stays(other: str) -> None:
    assert "![Note" in of_main(f"<p>{PROSE}</p>{other}")


@pytest.mark.slow
def test_very_many_icons_take_linear_time() -> None:
    def read(notes: int) -> None:
        icons = "<img src=n.svg alt=Note>" * (2 * notes)
        of_main(f"<div>{icons}</div>{'<div><img src=n.svg alt=Tip>Tip</div>' * notes}")

    assert_linear(read, 2000)
