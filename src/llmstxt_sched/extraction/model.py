"""The result of parsing a page."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from msgspec import Struct

from llmstxt_sched.documents.model import Extract

# Increase it with every change to the Markdown, texts or links that a page yields: stored content of an older version
# is then fetched again in full.
EXTRACTOR_VERSION: Final = 24


class Content(Struct, frozen=True, omit_defaults=True):
    """The content of one page.

    `sha256` is the hash of `markdown`, in hex; `links` are absolute and in the page's order, without those with
    rel=nofollow.  `canonical`, `refresh` (where the page sends its reader at once) and `markdown_url` (its own copy in
    Markdown) are absolute URLs or ''.  `language` is its BCP 47 tag or '', `translations` are the same page in other
    languages, as (tag, absolute URL).  `injection` is a
    passage that addresses an agent's model, or ''.  `dropped` counts what was left out of the main content, by kind.
    `is_copy`: the text is that of the site's own copy in Markdown.
    `unjudged` is the name of the error that kept what stands beside an article in it, or ''.
    `picked` are those of the project's selectors that matched something in it.
    `needs_scripts`: it holds nothing until its scripts run.  `expires`: it is noindex from a date on.
    """

    extract: Extract
    markdown: str
    sha256: str
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


def content_sha256(markdown: str) -> str:
    """The SHA-256 of a page's Markdown, in hex, which tells whether the page changed."""
    return sha256(markdown.encode()).hexdigest()
