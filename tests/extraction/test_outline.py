from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, read


def outline(html: str) -> str:
    return read(f"<main><h1>T</h1>{html}</main>").extract.outline


def test_a_page_of_links_is_told_by_the_outermost_of_them() -> None:
    inner = "<dd><dl><dt><a href=c>Concepts of it</a></dl></dd>"
    terms = f"<dt><a href=a>1. Start</a></dt>{inner}<dt><a href=b>2. Use</a></dt><dt><a href=d>3. End</a></dt>"
    assert outline(f"<dl>{terms}</dl>") == "1. Start · 2. Use · 3. End"
    assert outline("<ul><li><p><a href=a>はじめに</a></p><li><a href=b>設定</a></ul>") == "はじめに · 設定"


def test_of_few_links_those_in_the_lists_below_are_told_as_well() -> None:
    tree = "<ul><li><a href=o>Object</a><ul><li><a href=a>Client</a><ul><li><a href=b>Session</a></ul></ul></ul>"
    assert outline(f"<ul><li><a href=all>All packages</a></ul>{tree}") == "All packages · Object · Client"


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li><a href=a>Alone</a><li><a href=b>#</a></ul>",
        "<table><tr><td><ul><li><a href=a>add()</a><li><a href=b>append()</a></ul></table>",
        "<ul><li>Apples<li>Pears</ul>",
        f"<p>{PROSE}</p><ul><li><a href=a>Start</a><li><a href=b>Use</a></ul>",
    ],
)
def test_one_link_a_table_of_links_and_a_page_of_prose_have_no_outline(html: str) -> None:
    assert outline(html) == ""


def test_a_long_outline_ends_after_a_label() -> None:
    links = "".join(f"<li><a href={number}>The {number}th part</a>" for number in range(100, 200))
    said = outline(f"<ul>{links}</ul>")
    assert said.endswith("th part · …")
    assert 160 < len(said) < 200
