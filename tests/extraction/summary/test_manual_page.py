from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, URL

from llmstxt_sched.extraction.extract import extract


def h1_of(html: str, others: str = "h1") -> str:
    page = f"<body>{html}<{others}>DESCRIPTION</{others}><p>{PROSE}</p>"
    return extract(page.encode(), URL, "text/html; charset=utf-8").extract.h1


@pytest.mark.parametrize(
    "line", ["mill - grinds corn", "mill, oat-mill -- grinds <b>corn</b>", "mill::oat \u2013 grinds"]
)
def test_a_manual_page_is_called_what_its_first_section_says(line: str) -> None:
    assert h1_of(f"<h1 id=NAME>NAME </h1>\n\n<p>{line}</p>") == line.replace("<b>", "").replace("</b>", "")


@pytest.mark.parametrize(
    "html",
    ["<h1>NAME</h1><p>How to name a mill: say it aloud.</p>", "<h1>NAME</h1><ul><li>a - b</ul>", "<h1>NAME</h1>"],
)
def test_another_page_of_that_name_keeps_it(html: str) -> None:
    assert h1_of(html, "h2") == "NAME"
    assert h1_of("<h1>Names</h1><p>mill - grinds corn</p>", "h2") == "Names"
