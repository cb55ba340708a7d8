from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown

TEXT = f"<p>{PROSE}</p><pre>{'x = 1 ' * 40}</pre>"
DATE = "<time datetime=2024-03-01>March 1, 2024</time>"
LINES = [
    DATE,
    f"{DATE}<span> - 2 minutes read</span><span> - 254 words</span>",
    f"<span>{DATE} · One minute read</span>",
    f"<p class=post-meta>{DATE} • 5 min read</p>",
    f"<div>Published on {DATE} | Reading time: 4 minutes</div>",
]
OTHERS = [
    f"<p>It was {DATE} when it began.</p>",
    f"<p>{DATE} by Ann</p>",
    f"<p>{DATE} <a href=/tags/x>x</a></p>",
    "<p><time>Monday</time></p>",
    "<p><time datetime=2024-03-01></time>On Monday</p>",
]


def page(line: str, before: str = "") -> str:
    return markdown(f"<main><article><header>{before}<h1>T</h1>{line}</header><div>{TEXT}</div></article></main>")


@pytest.mark.parametrize("line", LINES)
def test_what_says_when_an_article_appeared_is_left_out(line: str) -> None:
    assert page(line) == page("")
    assert page(f"{line}<p>What it is about, in brief.</p>") == page("<p>What it is about, in brief.</p>")


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_that_says_more_than_a_date_stays(line: str) -> None:
    assert "March 1, 2024" in page(line) or "Monday" in page(line)


def test_a_date_elsewhere_than_in_the_header_of_an_article_stays() -> None:
    for text in (f"<h1>T</h1><p>{DATE}</p>{TEXT}", f"<header><h2>T</h2><p>{DATE}</p></header>{TEXT}"):
        assert "March 1, 2024" in markdown(f"<main><article>{text}</article></main>")
    assert "March 1, 2024" in markdown(f"<main><header><h1>T</h1><p>{DATE}</p></header>{TEXT}</main>")
    assert "March 1, 2024" in page("", before=f"<p>{DATE}</p>")
