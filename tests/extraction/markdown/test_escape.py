from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.extraction.reading import of_main

from llmstxt_sched.extraction.markdown.escape import escape_text

COMMONMARK = MarkdownIt("commonmark", {"html": True})


@given(st.text(alphabet=st.sampled_from("*_`\\<>[]()&;!a1 '.:"), max_size=30).map(lambda text: f"x {text} x"))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    text = " ".join(text.split())
    inline = [child for token in COMMONMARK.parse(escape_text(text)) for child in token.children or []]
    assert "".join(child.content for child in inline) == text


@pytest.mark.parametrize(
    "text", ["snake_case_name", "2 * 3 * 4", "f(*args, **kwargs)", "char *a, *b", "_private", "a!"]
)
def test_what_is_no_emphasis_is_left_alone(text: str) -> None:
    assert escape_text(text) == text


def test_names_between_underscores_keep_them() -> None:
    assert of_main("<p>The __init__ of x</p>") == "The \\_\\_init\\_\\_ of x"
    assert of_main("<p>impl&lt;'_, T&gt; for &lt;'_&gt;</p>") == "impl<'\\_, T> for <'\\_>"


def test_an_exclamation_mark_makes_no_picture_of_a_link() -> None:
    assert of_main("<p>a :: !<a href=/x>Int</a></p>") == "a :: \\![Int](https://docs.example/x)"


def test_a_backslash_does_not_reach_the_markup_behind_it() -> None:
    assert of_main("<p><a href=/x>\\</a> <b>\\</b></p>") == "[\\\\](https://docs.example/x) **\\\\**"


def test_a_term_that_is_strong_in_part_is_strong_once() -> None:
    terms = "<dl><dt><b>-a</b> or <b>--all</b> <i>X</i></dt><dd><p>All.</p></dd></dl>"
    assert of_main(terms) == "- **-a or --all *X***: All."


def test_a_mark_between_others_does_not_pair_with_one_behind_markup() -> None:
    assert of_main("<p>A&lt;'_, <a href=/t>T</a>&gt; for B&lt;'_&gt;</p>") == (
        "A<'\\_, [T](https://docs.example/t)> for B<'\\_>"
    )


def test_what_is_nothing_but_an_asterisk_is_not_emphasised() -> None:
    assert of_main("<p>The <em>*</em> here</p>") == "The * here"
