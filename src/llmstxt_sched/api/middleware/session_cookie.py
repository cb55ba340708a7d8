"""The cookie of a session."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

# The longest that a session lasts; the server ends one that is not used earlier.
LONGEST_SECONDS = 90 * 24 * 3600


class SessionCookie:
    """Scripts cannot read it, and other sites cannot have it sent with a request that changes something.

    On https its name begins with `__Host-`, so that neither another host of the same domain nor a page over http can
    set it (RFC 6265bis, section 4.1.3.2).
    """

    def __init__(self, public_url: str) -> None:
        self._is_secure = public_url.startswith("https://")
        self.name = "__Host-llmstxt" if self._is_secure else "llmstxt"

    def read(self, connection: ASGIConnection[Any, Any, Any, Any]) -> str:
        """The secret that came with a request; empty if there is none."""
        return connection.cookies.get(self.name, "")

    def holding(self, secret: str) -> Cookie:
        """The cookie that begins a session."""
        return self._cookie(secret, LONGEST_SECONDS)

    def cleared(self) -> Cookie:
        """The cookie that removes it from the browser."""
        return self._cookie("", 0)

    def _cookie(self, value: str, seconds: int) -> Cookie:
        return Cookie(
            self.name, path="/", value=value, max_age=seconds, secure=self._is_secure, httponly=True, samesite="lax"
        )
