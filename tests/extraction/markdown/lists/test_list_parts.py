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
