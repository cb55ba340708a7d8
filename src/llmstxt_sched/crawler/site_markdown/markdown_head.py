"""What the first part of a Markdown page says of it: its title, and the text that it begins with.  Pure."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.extract import extract

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# In characters: a title and a lead stand in it, and what is made to take long in it takes a fifth of a second.
_HEAD = 8_192
_MAX_TITLE = 1000


def read_head(markdown: str, url: str) -> Extract:
    """What the page at `url` begins with, read as if it were HTML; its first level-1 heading is the title."""
    parser = _parser()
    tokens = parser.parse(markdown[:_HEAD])
    html = f"<main>{parser.renderer.render(tokens, parser.options, {})}</main>"
    try:
        head = extract(html.encode(), url, "text/html; charset=utf-8").extract
    except FetchFailed:
        # As raw HTML that nests too deep.
        head = Extract()
    h1 = (_first_h1(tokens) or head.h1)[:_MAX_TITLE]
    return replace(head, h1=h1, first_heading=h1 or head.first_heading)


def _first_h1(tokens: list[Token]) -> str:
    for token, text in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1" and text.content.strip():
            return text.content.strip()
    return ""


@cache
def _parser() -> MarkdownIt:
    # Not above, because it takes a third of the start of a process that may meet no such page.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")
