from __future__ import annotations

import pytest

from llmstxt_sched.domain.language_tags import has_form_of_tag, is_common, normalised


@pytest.mark.parametrize(
    ("text", "is_tag"),
    [
        *[(tag, True) for tag in ("de", "DE", "deu", "pt-br", "zh_Hans", "zh-Hans-CN", "api")],
        *[(text, False) for text in ("d", "docs", "de-", "de-x", "de-a-b", "zh-Hans-CN-x1", "d3", "de/at", "")],
    ],
)
def test_a_tag_has_two_or_three_letters_and_at_most_two_parts_after_them(text: str, is_tag: bool) -> None:
    assert has_form_of_tag(text) is is_tag


def test_tags_are_compared_in_one_form() -> None:
    assert normalised(" zh_Hans ") == "zh-hans"
    assert [is_common(tag) for tag in ("PT_BR", "zh-Hans", "api", "xx-de")] == [True, True, False, False]
