from __future__ import annotations

import pytest

from llmstxt_sched.documents.headings import Heading, demote_headings, strip_closing_sequence, top_heading

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


@pytest.mark.parametrize("mark", ["=", "-", "  ===", "---  ", "   --\t"])
def test_a_line_below_a_text_that_makes_a_heading_of_it_is_escaped(mark: str) -> None:
    assert demote_headings(f"a\n{mark}\n\n{mark}\nb") == f"a\n\\{mark.lstrip()}\n\n{mark}\nb"
    assert demote_headings(f"a\n{mark}x\n    {mark}") == f"a\n{mark}x\n    {mark}"


@pytest.mark.parametrize("filling", [" ", "#", " #", "# ", "\t"])
def test_a_line_of_millions_of_characters_is_read_once(filling: str) -> None:
    """With an expression that backtracks this would not end today."""
    text = f"x{filling * LONG}x"
    assert top_heading(f"# {text}") == Heading(1, text)
