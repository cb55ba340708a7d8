from __future__ import annotations

from uuid import UUID

from llmstxt_sched.jobs.keys import Keys, glob_escaped

NAMES = {
    "scheduled": "scheduled:jobs",
    "queue": "generate:queue",
    "front": "generate:front",
    "workers": "generate:workers",
    "epoch": "scheduled:epoch",
    "probe": "scheduled:probe",
}
ID = UUID(int=1)


def test_keys_have_the_documented_names_and_a_prefix_stands_before_each() -> None:
    for prefix in ("", "{llmstxt}:"):
        keys = Keys(prefix)
        assert {name: getattr(keys, name) for name in NAMES} == {name: prefix + key for name, key in NAMES.items()}
        assert keys.processing(ID) == f"{prefix}generate:processing:{ID}"
        assert keys.job(ID) == f"{prefix}job:{ID}"
        assert keys.pace("example.com") == f"{prefix}pace:example.com"
        assert keys.robots("https://example.com") == f"{prefix}robots:https://example.com"


def test_a_prefix_with_brackets_is_no_pattern() -> None:
    assert glob_escaped("[a-c]*{x}:") == r"\[a\-c\]\*{x}:"
