from __future__ import annotations

import pytest

from llmstxt_sched.documents.headings import Heading, strip_closing_sequence, top_heading

LONG = 2_000_000


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a", "a"),
        (" a ##", "a"),
        ("a \t## \t", "a"),
        ("a#", "a#"),
        ("C# #", "C#"),
        ("a # b", "a # b"),
        ("##", ""),
        ("", ""),
    ],
)
def test_a_closing_sequence_is_none_of_the_text(written: str, text: str) -> None:
    assert strip_closing_sequence(written) == text


@pytest.mark.parametrize("filling", [" ", "#", " #", "# ", "\t"])
def test_a_line_of_millions_of_characters_is_read_once(filling: str) -> None:
    """With an expression that backtracks this would not end today."""
    text = f"x{filling * LONG}x"
    assert top_heading(f"# {text}") == Heading(1, text)
