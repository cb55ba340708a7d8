"""Reads a page that is already Markdown: its text is kept as it is, its first level-1 heading is the title."""

from __future__ import annotations

from llmstxt_sched.documents.headings import strip_closing_sequence
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.extraction.dom.charset import decode
from llmstxt_sched.extraction.model import Content, content_sha256

MARKDOWN = "text/markdown"
# The title is only looked for in the first characters of the page.
_TITLE_WITHIN_CHARS = 65_536
_MAX_TITLE = 1000


def read_markdown(body: bytes, content_type: str) -> Content:
    """Read a Markdown page.  Its links are left out: a Markdown copy repeats those of its HTML page."""
    text = decode(body, content_type)
    headings = [
        strip_closing_sequence(line[2:]) for line in text[:_TITLE_WITHIN_CHARS].split("\n") if line.startswith("# ")
    ]
    title = next(filter(None, headings), "")[:_MAX_TITLE]
    return Content(Extract(h1=title, first_heading=title), text, content_sha256(text))
