from __future__ import annotations

from typing import Any

import msgspec
import pytest

from llmstxt_sched.api.projects import ProjectCreate
from llmstxt_sched.api.requests.validation import in_words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"name": "a\nb"}, "must be one line with at least one visible character"),
        ({"name": " "}, "must be one line with at least one visible character"),
        ({"name": ""}, "must have at least 1 character"),
        ({"name": "x" * 201}, "must have at most 200 characters"),
        ({"description": "\0"}, "must not contain the character U+0000"),
        ({"crawl": {"drop": ["\0"]}}, "must not contain the character U+0000"),
        ({"crawl": {"drop": ["p"] * 21}}, "must have at most 20 items"),
        ({"crawl": {"languages": []}}, "must have at least 1 item"),
        ({"crawl": {"languages": ["no tag"]}}, "must be a language tag such as en or pt-BR"),
        ({"crawl": {"max_pages": 0}}, "must be at least 1"),
        ({"crawl": {"delay_seconds": -1}}, "must be at least 0"),
        ({"crawl": {"delay_seconds": 3601}}, "must be at most 3600"),
        ({"url": 7}, "must be a text"),
        ({"name": 7}, "must be a text or null"),
        ({"crawl": []}, "must be an object"),
        ({"crawl": {"max_pages": 1.5}}, "must be a whole number or null"),
        ({"crawl": {"delay_seconds": "1"}}, "must be a number or null"),
        ({"crawl": {"include": "*"}}, "must be a list"),
        ({"is_public": "yes"}, "must be true or false"),
    ],
)
def test_a_refused_value_is_told_what_it_must_be(body: dict[str, Any], words: str) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.convert({"url": "https://example.com", **body}, ProjectCreate)
    assert in_words(str(refused.value).partition(" - at ")[0]) == words
