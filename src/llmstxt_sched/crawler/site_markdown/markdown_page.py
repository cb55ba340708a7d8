"""Reads a page that its site serves as Markdown: beside its text and title also its links.  Pure."""

from __future__ import annotations

import re

from msgspec.structs import replace

from llmstxt_sched.crawler.site_markdown.markdown_head import read_head
from llmstxt_sched.crawler.site_markdown.markdown_links import CODE_SPAN, find_targets, parts_of, with_absolute_targets
from llmstxt_sched.crawler.site_markdown.raw_html import with_escaped_beginnings, without_unseen
from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction.dom.charset import decode
from llmstxt_sched.extraction.injections import find_injection
from llmstxt_sched.extraction.links import MOST_LINKS, absolute
from llmstxt_sched.extraction.model import Content, content_sha256, line_count, shown_sha256

# YAML before the text: read as Markdown, it would be a rule and a heading.
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?=[\w-]+[ \t]*:)((?:(?!---[ \t]*\n).*\n)*)---[ \t]*(?:\n+|\Z)")
_FRONT_TEXT = r"^{}[ \t]*:[ \t]*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\"'>|\n][^\n]*))"
_FRONT_TITLE = re.compile(_FRONT_TEXT.format("title"), re.MULTILINE)
_FRONT_DESCRIPTION = re.compile(_FRONT_TEXT.format("description"), re.MULTILINE)
_MAX_TITLE = 1000
_COMMENT = re.compile(rf"{CODE_SPAN}|<!--[\s\S]*?-->")
_COMMENT_END = "-->"
# A line that is alone above its underline (CommonMark 4.3), and begins neither a list, a quotation nor a table.
_UNDERLINED = re.compile(
    r"(?:(?<=\n\n)|\A\n?) {0,3}((?![-*+>#|=]|\d{1,9}[.)])\S[^\n]{0,998}?)[ \t]*\n {0,3}(=+|-+)[ \t]*$", re.MULTILINE
)


def read_markdown_page(body: bytes, url: str, content_type: str) -> Content:
    """Read the Markdown page `body`, fetched from `url`: its links become absolute; comments and what is hidden go.

    Headings are written with `#`, as in the other pages.
    """
    text, title, description = visible(decode(body, content_type)), "", ""
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        title, description = (_front_text(front[1], each) for each in (_FRONT_TITLE, _FRONT_DESCRIPTION))
    injection = visible(find_injection([text]))
    text = "".join(part if is_code else _cleaned(part, url) for part, is_code in parts_of(text))
    head = read_head(text, url)
    return Content(
        replace(head, h1=head.h1 or title, description=description),
        content_sha256(text),
        line_count(text),
        tuple(_links(text, url)),
        injection=injection,
        shown=shown_sha256(text, url),
        markdown=text,
    )


def _front_text(front: str, named: re.Pattern[str]) -> str:
    found = named.search(front)
    return (found[1] or found[2] or found[3]).strip()[:_MAX_TITLE] if found else ""


def _links(markdown: str, url: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for target in find_targets(markdown):
        address = absolute(url, target)
        if address and address != url:
            found.setdefault(address)
        if len(found) == MOST_LINKS:
            break
    return found


def _cleaned(prose: str, url: str) -> str:
    # What follows the last end of a comment cannot hold one, and would be searched again from each beginning.
    end = prose.rfind(_COMMENT_END) + len(_COMMENT_END) if _COMMENT_END in prose else 0
    shown = _COMMENT.sub(lambda found: found[0] if found[0][0] == "`" else "", prose[:end]) + prose[end:]
    shown = _UNDERLINED.sub(_as_atx, with_escaped_beginnings(without_unseen(shown)))
    return with_absolute_targets(shown, url)


def _as_atx(heading: re.Match[str]) -> str:
    return f"{'#' if heading[2][0] == '=' else '##'} {heading[1]}"
