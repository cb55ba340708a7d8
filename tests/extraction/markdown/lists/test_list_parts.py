from __future__ import annotations

import pytest
from tests.extraction.reading import of_main

BESIDE_ITEMS = {
    "text that is in no item": ("<ol>\n a new set\n </ol>", "- a new set"),
    "text beside items": ("<ul>Bare <b>x</b><li>one</li>tail</ul>", "- Bare **x**\n\n- one\n- tail"),
}


@pytest.mark.parametrize("name", BESIDE_ITEMS)
def test_what_stands_between_items_is_written_as_one(name: str) -> None:
    html, text = BESIDE_ITEMS[name]
    assert of_main(html) == text


def test_breaks_and_empty_boxes_between_items_do_not_set_them_apart() -> None:
    between = "<br>", "<br> <br>", "<div> </div>", "<p></p>"
    for begin, end in (("<ol>", "</ol>"), ("<ul>", "</ul>")):
        expected = of_main(f"{begin}<li>A</li><li>B</li>{end}")
        assert [of_main(f"{begin}<li>A</li>{empty}<li>B</li>{end}") for empty in between] == [expected] * 4
    # A break in a text, or a box between two, parts them.
    assert of_main("<ul><li>A</li>one<br>two<p></p>three</ul>") == "- A\n- one\n  two\n\n- three"
