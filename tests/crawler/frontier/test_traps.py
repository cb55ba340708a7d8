from __future__ import annotations

import pytest

from llmstxt_sched.crawler.frontier.traps import MAX_SEGMENTS, trap_of
from llmstxt_sched.domain.urls import parse


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/", ""),
        ("/" + "/".join(map(str, range(MAX_SEGMENTS))), ""),
        ("/" + "/".join(map(str, range(MAX_SEGMENTS))) + "/", ""),
        ("/" + "/".join(map(str, range(MAX_SEGMENTS + 1))), "path_segments"),
        ("/a/a/a", ""),
        ("/a/a/a/", "repeated_segments"),
        ("/x/a/b/a/b/a/b/", "repeated_segments"),
        ("/a/b/a/b/a/c/", ""),
        ("/a/b/c/a/b/c/a/b/c/d", "repeated_segments"),
    ],
)
def test_a_path_that_grows_without_end_is_named(path: str, limit: str) -> None:
    assert trap_of(parse(f"https://docs.example{path}")) == limit
