from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown

from llmstxt_sched.extraction.dom.empty_elements import end_empty_elements

ENDED = {
    "<a id='p'/><p>A</p>": "<a id='p'/></a><p>A</p>",
    '<a href="b" />A<a id="c"/>B<A href=d>D</A>': '<a href="b" /></a>A<a id="c"/></a>B<A href=d>D</A>',
    '<iframe src="a"/><p>A</p><iframe src="b"/>': '<iframe src="a"/></iframe><p>A</p><iframe src="b"/></iframe>',
}
LEFT = [
    "<a href=/docs/>Docs</a> <a href=/b/>B",
    '<a href="b"/>B</a>',
    "<a id=p></a><br/>",
    '<iframe src="b"/>B</iframe>',
    "<abbr title='a'/>A<a id=p>",
    "no tag < a />",
]


@pytest.mark.parametrize("text", ENDED)
def test_an_anchor_that_is_written_as_an_empty_element_ends_there(text: str) -> None:
    assert end_empty_elements(text) == ENDED[text]
    assert end_empty_elements(end_empty_elements(text)) == ENDED[text]


@pytest.mark.parametrize("text", LEFT)
def test_other_anchors_are_left_as_they_are(text: str) -> None:
    assert end_empty_elements(text) == text


def test_a_page_of_such_anchors_is_no_navigation() -> None:
    parts = "".join(f'<h2><a href="/api#p{n}" id="p{n}"/></h2><p>{PROSE}</p>' for n in range(5))
    written = markdown(f"<body><nav><a href=/>Home</a></nav><main>{parts}</main></body>")
    assert written.count(PROSE) == 5
    assert "](" not in written
