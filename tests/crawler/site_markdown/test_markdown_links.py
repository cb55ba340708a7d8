from __future__ import annotations

import pytest

from llmstxt_sched.crawler.site_markdown.markdown_links import find_targets


@pytest.mark.parametrize(
    ("markdown", "targets"),
    [
        ("![a picture](a.png) and [text](b.md)", ["b.md"]),
        ("[![badge](badge.svg)](build)", ["build"]),
        ("```\n[no](a)\n~~~\n[no](b)\n```\n[yes](c)", ["c"]),
        ("~~~~\n~~~\n[no](a)\n~~~~ \n[yes](b)", ["b"]),
        ("`[no](a)` [yes](b_(c))", ["b_(c)"]),
        ("[empty]() [title](a 'A')", ["a"]),
    ],
)
def test_pictures_and_code_are_no_links(markdown: str, targets: list[str]) -> None:
    assert list(find_targets(markdown)) == targets
