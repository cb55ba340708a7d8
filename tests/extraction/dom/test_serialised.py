from __future__ import annotations

import pytest
from tests.extraction.reading import markdown, of_main

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.nesting import MAX_DEPTH
from llmstxt_sched.extraction.dom.serialised import read_serialised
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag


def test_entities_comments_and_void_elements_are_read_as_they_were_written() -> None:
    tree = read_serialised('<html><!-- <b> --><body title="a&amp;lt;&quot;b&lt;">1&lt;2<br>&amp;lt;</body></html>')
    assert tree is not None
    assert [node.tag for node in tree.order] == ["html", "body", "br"]
    assert tree.order[1].get("title") == 'a&lt;"b<'
    assert tree.order[1].text() == " 1<2  &lt; "


def test_a_comment_parts_no_text() -> None:
    trees = [
        read_serialised(f"<html><p>It {mark}turns {mark}a&amp;lt; {mark}<b>b</b>{mark} c</p></html>")
        for mark in ("", "<!-- -->", "<!---->")
    ]
    texts = [[node.chars for node in tree.order] + tree.order[1].children[::2] for tree in trees if tree is not None]
    assert texts == [[16, 16, 1, "It turns a&lt; ", " c"]] * 3


def test_a_space_that_breaks_no_line_is_a_space_as_in_the_other_parser() -> None:
    tree = read_serialised('<html><p class="a&nbsp;b">1&nbsp;2&amp;nbsp;</p></html>')
    assert tree is not None
    assert tree.order[1].classes == {"a", "b"}
    assert tree.order[1].words() == "1 2&nbsp;"


def test_a_script_is_text_up_to_its_end() -> None:
    tree = read_serialised('<html><script>if(a<b){"</p>"}</script><p>x</p></html>')
    assert tree is not None
    assert [(node.tag, node.text().strip()) for node in tree.order[1:]] == [("script", 'if(a<b){"</p>"}'), ("p", "x")]


@pytest.mark.parametrize(
    "html",
    [
        '<html><p b"c="1"></p></html>',
        "<html><p b<c></p></html>",
        "<html><b><i></b></i>",
        "<html><svg><style><b>x</b></style></svg></html>",
    ],
)
def test_what_is_ambiguous_is_not_read(html: str) -> None:
    assert read_serialised(html) is None


def test_a_page_with_a_strange_attribute_is_read_all_the_same() -> None:
    assert markdown('<main><h1>T</h1><p b"c=1 d<e>One.</p><p>Two.</p></main>') == "# T\n\nOne.\n\nTwo.\n"


def test_the_tokens_of_code_are_no_elements_but_other_spans_are() -> None:
    tree = read_serialised(
        '<html><pre><span class="k">def</span> <span class="nf">f</span><span class="ln">7</span></pre>'
        '<p><span class="k">x</span></p></html>'
    )
    assert tree is not None
    assert [node.start.get("class") for node in tree.order if node.tag == "span"] == ["ln", "k"]
    assert tree.order[1].text() == " def f7 "
    assert tree.order[1].chars == 5


def test_code_whose_tokens_are_nested_is_kept_whole() -> None:
    code = '<pre><span class="token tag"><span class="token p">&lt;</span>a</span> <span class="hljs-x">b</span></pre>'
    assert of_main(code) == "```\n<a b\n```"


@Question
def _has_x(start: StartTag) -> bool:
    return "x" in start.classes


@Question
def _is_none(_: StartTag) -> bool:
    return False


def test_a_tree_finds_elements_by_their_start_tags() -> None:
    tree = read_serialised('<html><p class="X y">1</p><p>2</p><a href="/">3</a><p class="X y">4</p></html>')
    assert tree is not None
    assert [node.text().strip() for node in tree.where(_has_x, ["class"])] == ["1", "4"]
    assert [node.text().strip() for node in tree.where(_is_none, ["class"], ["a"])] == ["3"]
    assert tree.order[1].start is tree.order[4].start


@pytest.mark.parametrize("text", ["<b>x</b>", "&lt;b>x", "<!-- x -->"])
def test_the_style_of_a_picture_or_a_formula_may_hold_elements(text: str) -> None:
    page = f"<main><h1>T</h1><p>a<math><mi>x</mi><style>{text}</style></math>b</p>{{}}</main>"
    assert markdown(page.format("")) == markdown(page.format("<template></template>"))


def test_elements_may_nest_as_deeply_as_is_allowed_and_no_deeper() -> None:
    def nested(depth: int) -> str:
        return f"<html>{'<b>' * depth}x{'</b>' * depth}</html>"

    assert read_serialised(nested(MAX_DEPTH)) is not None
    with pytest.raises(FetchFailed):
        read_serialised(nested(MAX_DEPTH + 1))
