"""Headers for one origin (RFC 6454) alone, as the credentials of a site are."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from llmstxt_sched.domain.urls import Url


class OriginHeaders(Struct, frozen=True):
    """Headers that are sent to `origin` and nowhere else; `repr` shows none of them."""

    origin: str = ""
    headers: Mapping[str, str] = {}

    def sent_to(self, url: Url) -> Mapping[str, str]:
        """The headers of a request to `url`: none if its scheme, host or port is another."""
        return self.headers if url.origin == self.origin else {}

    def __repr__(self) -> str:
        return f"OriginHeaders({self.origin})"
