from __future__ import annotations

import pytest

from llmstxt_sched.process.status_phrase import phrase_of


@pytest.mark.parametrize(
    ("status", "phrase"),
    [
        (404, "Not Found"),
        (413, "Content Too Large"),
        (414, "URI Too Long"),
        (416, "Range Not Satisfiable"),
        (422, "Unprocessable Content"),
        (431, "Request Header Fields Too Large"),
    ],
)
def test_a_status_is_called_as_in_rfc_9110(status: int, phrase: str) -> None:
    assert phrase_of(status) == phrase
