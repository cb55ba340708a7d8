from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted

MAIN = f"<main><h1>Page</h1><p>{PROSE}</p></main>"
SWITCHES = {
    "by lang": "<ul class=menu><li><a href=/a lang=en>English</a><li><a href=/b lang=de>Deutsch</a>{own}</ul>",
    "by hreflang": "<ul class=menu><li><a href=/a hreflang=en>English</a><li><a href=/b hreflang=de>D</a>{own}</ul>",
    "by the items' lang": "<ul class=menu><li lang=en><a href=/a>English</a><li lang=de><a href=/b>D</a>{own}</ul>",
    "by folder": "<ul class=menu><li><a href=/guide/page.html>English</a>{own}</ul>",
    "by host": "<ul class=menu><li><a href=https://fr.docs.example/guide/page.html>Fran\u00e7ais</a>{own}</ul>",
    "in no list": "<div><div><a href=/guide/page.html>English</a></div><div>{own}</div></div>",
}


@pytest.mark.parametrize("own", ["<a aria-current=page {own}>", "<a {own}>", "<a aria-current=true {own}>"])
@pytest.mark.parametrize("name", SWITCHES)
def test_the_choice_of_languages_is_no_section(name: str, own: str) -> None:
    link = own.format(own="lang=zh href=https://docs.example/zh/guide/page.html") + "Zhongwen</a>"
    switch = SWITCHES[name].format(own=f"<li>{link}" if "<ul" in SWITCHES[name] else link)
    html = f"<nav><div><button>Language</button>{switch}</div></nav>{MAIN}"
    assert extracted(html, "https://docs.example/zh/guide/page.html").section == ""


def test_the_place_in_the_site_is_found_beside_a_choice_of_languages() -> None:
    switch = "<nav><a href=x>Hub</a><ul><li><a href=/zh/page lang=zh>Z</a><li><a href=/page lang=en>E</a></ul></nav>"
    sidebar = "<nav><h3>Guides</h3><ul><li><a href=/other>O</a><li><a href=/page>P</a></ul></nav>"
    assert extracted(switch + sidebar + MAIN, "https://docs.example/page").section == "Guides"


@pytest.mark.parametrize("other", ["/", "https://example.org/", "/de/other", "/guide/page.html?v=2"])
def test_a_list_of_other_pages_is_no_choice_of_languages(other: str) -> None:
    html = f"<nav><h3>Guides</h3><ul><li><a href={other}>O</a><li><a href=/guide/page.html>P</a></ul></nav>{MAIN}"
    assert extracted(html, "https://docs.example/guide/page.html").section == "Guides"
