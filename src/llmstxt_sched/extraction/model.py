"""The result of parsing a page."""

from __future__ import annotations

from msgspec import Struct

from llmstxt_sched.documents.model import Extract


class Content(Struct, frozen=True):
    """The content of one page.

    `sha256` is the hash of `markdown`, in hex; `links` are absolute and in the page's order, without those with
    rel=nofollow; `canonical` is an absolute URL or ''.
    """

    extract: Extract
    markdown: str
    sha256: str
    links: tuple[str, ...] = ()
    canonical: str = ""
    noindex: bool = False
    nofollow: bool = False
