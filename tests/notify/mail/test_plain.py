from __future__ import annotations

import pytest

from llmstxt_sched.notify.mail.plain import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Docs\r\nBcc: eve@example.com", "Docs Bcc: eve@example.com"),
        ("a\x00b\u2028c\u202ed", "a b c d"),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        (" Bücher 📚 ", "Bücher 📚"),
        ("\n", ""),
    ],
)
def test_whatever_it_holds_a_text_is_one_line(text: str, line: str) -> None:
    assert one_line(text, 100) == line


def test_a_long_text_is_cut_between_letters() -> None:
    assert one_line("x" * 100, 10) == "x" * 9 + "…"
    assert one_line("12345678e\u0301 and more", 10) == "12345678…"
    assert len(one_line("e\u0301" * 100, 10)) <= 10
