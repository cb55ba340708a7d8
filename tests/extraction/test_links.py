from __future__ import annotations

from tests.extraction.reading import read

from llmstxt_sched.extraction.links import MAX_LINKS


def test_links_are_absolute_in_order_once_and_without_fragments() -> None:
    page = read(
        "<base href=/root/><nav><a href=b.html>b</a></nav><main><a href='a.html#x'>a</a><a href=a.html>a</a>"
        "<a rel='external nofollow' href=no.html>n</a><a href='javascript:alert(1)'>j</a><a href='mailto:a@b.c'>m</a>"
        "<a href='//other.example/x y'>o</a><a href='http://[bad'>bad</a>"
        "<area href='../up?utm_source=q&amp;k=1'></main>"
    )
    assert page.links == (
        "https://docs.example/root/b.html",
        "https://docs.example/root/a.html",
        "https://other.example/x%20y",
        "https://docs.example/up?k=1",
    )


def test_no_more_than_the_limit_of_links_is_kept() -> None:
    page = read("".join(f"<a href=/{number}>x</a>" for number in range(MAX_LINKS + 5)))
    assert len(page.links) == MAX_LINKS
    assert page.links[-1] == f"https://docs.example/{MAX_LINKS - 1}"
