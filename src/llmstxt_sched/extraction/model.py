"""The result of parsing a page."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from llmstxt_sched.documents.model import Extract

# Increase it with every change to the Markdown, texts or links that a page yields: stored content of an older version
# is then fetched again in full.
EXTRACTOR_VERSION: Final = 27


class ContentFacts(Struct, frozen=True, omit_defaults=True):
    """What is known of a page's content beside its text.

    `sha256` is the hash of the text, in hex, `shown` that of the text in which links to the page itself are without its
    address, '' if it is the same, and `lines` the number of its lines, 0 if it says nothing.  `links` are absolute and
    in the page's order, without those with rel=nofollow.  `canonical`, `refresh` (where the page sends its reader at
    once) and `markdown_url` (its own copy in Markdown) are absolute URLs or ''.  `language` is its BCP 47 tag or '',
    `translations` are the same page in other languages, as (tag, absolute URL).  `injection` is a passage that
    addresses an agent's model, or ''.  `dropped` counts what was left out of the main content, by kind.
    `is_copy`: the text is that of the site's own copy in Markdown.
    `unjudged` is the name of the error that kept what stands beside an article in it, or ''.
    `picked` are those of the project's selectors that matched something in it.
    `needs_scripts`: it holds nothing until its scripts run.  `expires`: it is noindex from a date on.
    """

    extract: Extract
    sha256: str
    lines: int
    links: tuple[str, ...] = ()
    canonical: str = ""
    refresh: str = ""
    markdown_url: str = ""
    language: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    injection: str = ""
    dropped: dict[str, int] = {}
    unjudged: str = ""
    picked: tuple[str, ...] = ()
    noindex: bool = False
    nofollow: bool = False
    needs_scripts: bool = False
    is_copy: bool = False
    expires: bool = False
    shown: str = ""


class Content(ContentFacts, frozen=True, omit_defaults=True, kw_only=True):
    """The content of one page; `markdown` is its text."""

    markdown: str


def with_text(facts: ContentFacts, markdown: str) -> Content:
    """The content of which these facts are known, and whose text is `markdown`."""
    return Content(**{**asdict(facts), "markdown": markdown})


def shown_sha256(markdown: str, url: str) -> str:
    """The SHA-256 of what a page shows at whatever address; '' if no link leads to the page itself, at `url`."""
    own = f"({url}#"
    return content_sha256(markdown.replace(own, "(#")) if own in markdown else ""


def line_count(markdown: str) -> int:
    """The number of lines of a page's Markdown, 0 if it says nothing."""
    text = markdown.strip()
    return text.count("\n") + 1 if text else 0


def content_sha256(markdown: str) -> str:
    """The SHA-256 of a page's Markdown, in hex, which tells whether the page changed."""
    return sha256(markdown.encode()).hexdigest()
