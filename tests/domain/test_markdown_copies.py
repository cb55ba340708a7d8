from __future__ import annotations

import pytest

from llmstxt_sched.domain.markdown_copies import copies_of, pages_of
from llmstxt_sched.domain.urls import parse


@pytest.mark.parametrize(
    ("page", "copies"),
    [
        ("/guide", ["/guide.md"]),
        ("/guide.html", ["/guide.html.md", "/guide.md"]),
        ("/guide/", ["/guide/index.html.md", "/guide/index.md", "/guide.md"]),
        ("/", ["/index.html.md", "/index.md"]),
        ("/guide?v=2", ["/guide.md?v=2"]),
    ],
)
def test_a_page_may_have_its_copy_at_these_addresses(page: str, copies: list[str]) -> None:
    assert [copy.target for copy in copies_of(parse(f"https://docs.example{page}"))] == copies


@pytest.mark.parametrize("page", ["/guide", "/guide.html", "/guide/", "/"])
def test_a_copy_knows_its_page(page: str) -> None:
    address = parse(f"https://docs.example{page}")
    assert all(address in pages_of(copy) for copy in copies_of(address))


def test_what_is_no_markdown_is_no_copy() -> None:
    assert pages_of(parse("https://docs.example/guide.html")) == ()
