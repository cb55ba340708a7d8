from __future__ import annotations

from llmstxt_sched.domain.plural import plural


def test_one_thing_is_no_plural() -> None:
    assert [plural(number, "page") for number in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
