"""A page that is Markdown already: taken as it is, with its first heading for a title."""

from __future__ import annotations

import re

from llmstxt_sched.crawler.charset import decode
from llmstxt_sched.crawler.markdown import content_sha256
from llmstxt_sched.crawler.model import Content
from llmstxt_sched.documents.model import Extract

MARKDOWN = "text/markdown"
_H1 = re.compile(r"^# +(.+?)[ #]*$", re.MULTILINE)
_MAX_TITLE = 1000


def read_markdown(body: bytes, content_type: str) -> Content:
    """The content of a Markdown page.  Its links are not followed: a Markdown copy repeats its page's."""
    text = decode(body, content_type)
    heading = _H1.search(text[:65_536])
    title = heading[1][:_MAX_TITLE] if heading else ""
    return Content(Extract(h1=title, first_heading=title), text, content_sha256(text))
