from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, URL, read

from llmstxt_sched.extraction.extract import extract


def test_canonical_is_absolute() -> None:
    assert read("<link rel=canonical href='../real.html#top'>").canonical == "https://docs.example/real.html"


def test_the_same_page_gives_the_same_content() -> None:
    html = f"<main><h1>T</h1><p>{PROSE}</p><pre>x</pre><a href=/b>b</a><a href=/a>a</a></main>"
    assert read(html) == read(html)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<", b"<!--", b"<html><frameset><frame src=/a>", b"\0" * 99])
def test_no_bytes_make_it_fail(body: bytes) -> None:
    assert extract(body, URL, "text/html; charset=utf-8").extract.h1 == ""
