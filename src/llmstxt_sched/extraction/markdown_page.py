"""A page that is Markdown already: taken as it is, with its first heading for a title."""

from __future__ import annotations

from llmstxt_sched.documents.headings import unclosed
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.extraction.charset import decode
from llmstxt_sched.extraction.markdown import content_sha256
from llmstxt_sched.extraction.model import Content

MARKDOWN = "text/markdown"
# Behind this no page has its title.
_MAX_HEAD = 65_536
_MAX_TITLE = 1000


def read_markdown(body: bytes, content_type: str) -> Content:
    """The content of a Markdown page.  Its links are not followed: a Markdown copy repeats its page's."""
    text = decode(body, content_type)
    headings = (unclosed(line[2:]) for line in text[:_MAX_HEAD].split("\n") if line.startswith("# "))
    title = next(filter(None, headings), "")[:_MAX_TITLE]
    return Content(Extract(h1=title, first_heading=title), text, content_sha256(text))
