from __future__ import annotations

import pytest

from llmstxt_sched.extraction.markdown.page import read_markdown


def test_markdown_is_taken_as_it_is() -> None:
    content = read_markdown(b"text\n\n# A title ##\n\n# Another\0", "text/markdown")
    assert content.markdown == "text\n\n# A title ##\n\n# Another"
    assert content.extract.h1 == "A title"
    assert content.links == ()
    assert len(content.sha256) == 64


def test_a_title_ends_where_its_closing_sequence_begins() -> None:
    assert read_markdown(b"# \n# C#\n# no", "text/markdown").extract.h1 == "C#"


@pytest.mark.parametrize("filling", [b"#", b" ", b" #"])
def test_a_page_that_is_one_long_line_is_read_once(filling: bytes) -> None:
    """With an expression that backtracks this would take hours."""
    content = read_markdown(b"# " + filling * 5_000_000 + b"x", "text/markdown")
    assert len(content.extract.h1) <= 1000


def test_any_bytes_are_markdown() -> None:
    assert read_markdown(b"\xff\xfe\xfa", "text/markdown; charset=nonsense").extract.h1 == ""
