from __future__ import annotations

from llmstxt_sched.crawler.asis import read_markdown


def test_markdown_is_taken_as_it_is() -> None:
    content = read_markdown(b"text\n\n# A title ##\n\n# Another\0", "text/markdown")
    assert content.markdown == "text\n\n# A title ##\n\n# Another"
    assert content.extract.h1 == "A title"
    assert content.links == ()
    assert len(content.sha256) == 64


def test_any_bytes_are_markdown() -> None:
    assert read_markdown(b"\xff\xfe\xfa", "text/markdown; charset=nonsense").extract.h1 == ""
