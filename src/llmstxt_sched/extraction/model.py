"""What reading a page gives."""

from __future__ import annotations

from msgspec import Struct

from llmstxt_sched.documents.model import Extract


class Content(Struct, frozen=True):
    """What parsing one page gives; `links` are absolute and in the page's order, without those that
    carry rel=nofollow.
    """

    extract: Extract
    markdown: str
    sha256: str
    links: tuple[str, ...] = ()
    canonical: str = ""
    noindex: bool = False
    nofollow: bool = False
