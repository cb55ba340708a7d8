from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis.strategies import DataObject, data, from_regex

from llmstxt_sched.extraction.content.tools import tool_words


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [tool_words.STEPS, tool_words.STARTS, tool_words.EDITING, tool_words.COPYING, tool_words.PLACES]
)
@settings(max_examples=500)
@given(data())
def test_no_text_of_a_tool_is_passed_over_for_its_first_word(words: str, data: DataObject) -> None:
    text = data.draw(from_regex(re.compile(words), fullmatch=True)).lower()
    first = re.match(r"[a-z]*", text)
    assert first
    begins = first[0] in tool_words.BEGINNINGS or first[0].startswith(tool_words.STEP_BEGINNINGS)
    assert begins or not text.isascii()


@pytest.mark.parametrize(
    "words", [tool_words.STEPS, tool_words.STARTS, tool_words.EDITING, tool_words.COPYING, tool_words.PLACES]
)
def test_words_are_in_small_letters_which_they_are_compared_in(words: str) -> None:
    letters = re.sub(r"\\.", "", words)
    assert letters == letters.lower()
