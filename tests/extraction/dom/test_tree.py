from __future__ import annotations

import pytest

from llmstxt_sched.extraction.dom.parse import parse


@pytest.mark.parametrize("around", ["<a href=a><b>one</b> two</a>", "<i><a href=a><i><b>one</b></i> two</a></i>"])
def test_what_is_dropped_in_a_link_is_no_longer_counted_as_text_in_links(around: str) -> None:
    tree = parse(f"<body><p>{around} three</p></body>", as_xml=False)
    part, body = tree.tagged("b")[0], tree.body
    assert (body.chars, body.link_chars) == (11, 6)
    part.drop("menu")
    assert (body.chars, body.link_chars) == (8, 3)
    assert tree.tagged("a")[0].link_density == 1
    part.show()
    assert (body.chars, body.link_chars) == (11, 6)


@pytest.mark.parametrize(
    ("body", "nests"),
    [
        ("<table><tr><td>a</table><table><tr><td>b</table>", False),
        ("<table><tr><td>a<table><tr><td>b</table></table>", True),
        ("<table><tr><td>a</table><table><tr><td><div><table><tr><td>b</table></div></table>", True),
        ("<p>no table</p>", False),
    ],
)
def test_tables_in_each_other_are_seen(body: str, nests: bool) -> None:
    tree = parse(f"<body>{body}</body>", as_xml=False)
    assert [tree.nests_tables, tree.nests_tables] == [nests, nests]
