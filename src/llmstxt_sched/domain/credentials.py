"""What a project sends along to a site behind a login: headers, cookies, a user and password.  Pure.

No message, `repr` or name that comes from here holds a value.
"""

from __future__ import annotations

import re
from base64 import b64encode

from msgspec import Struct

from llmstxt_sched.errors import Faults

MAX_ENTRIES = 20
MAX_NAME = 100
# In bytes: common servers take so much of all headers together, and the service's own need a few hundred of it.
MAX_TOTAL = 7000

# RFC 9110, section 5.6.2.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# RFC 9110, section 5.5, without obs-text, which servers read in more than one way.
_FIELD_VALUE = re.compile(r"[!-~](?:[\t -~]*[!-~])?")
# As browsers send it (RFC 6265, section 5.4): all but what would begin another cookie.
_COOKIE_VALUE = re.compile(r"(?:[!-:<-~](?:[ -:<-~]*[!-:<-~])?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Headers that belong to the connection (RFC 9110, section 7.6.1) or frame the request, and those that a crawl sets.
_RESERVED = frozenset(
    {
        "host", "content-length", "connection", "keep-alive", "proxy-connection", "proxy-authenticate",
        "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings", "expect",
        "accept", "accept-encoding", "user-agent", "range", "cookie2",
    }
)  # fmt: skip
_RESERVED_PREFIXES = ("if-", "content-", "sec-")


class Basic(Struct, frozen=True, forbid_unknown_fields=True):
    """A user and password for basic authentication (RFC 7617)."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Basic(…)"


class CredentialNames(Struct, frozen=True):
    """Which credentials there are: the names of headers and cookies, and whether there is a user and password."""

    headers: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()
    basic: bool = False


class Credentials(Struct, frozen=True, forbid_unknown_fields=True):
    """Headers and cookies by name, and a user and password; `repr` shows the names alone."""

    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    basic: Basic | None = None

    @property
    def names(self) -> CredentialNames:
        """Which there are."""
        return CredentialNames(tuple(self.headers), tuple(self.cookies), self.basic is not None)

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return not (self.headers or self.cookies or self.basic)

    def __repr__(self) -> str:
        return f"Credentials({self.names})"

    def request_headers(self) -> dict[str, str]:
        """The headers of a request that carries them."""
        found = dict(self.headers)
        if self.cookies:
            found["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.basic:
            pair = f"{self.basic.user}:{self.basic.password}".encode()
            found["Authorization"] = f"Basic {b64encode(pair).decode('ascii')}"
        return found


def check_credentials(credentials: Credentials) -> None:
    """Raise InvalidInput for what cannot be sent, or what a project may not set."""
    faults = Faults()
    for field, entries in (("headers", credentials.headers), ("cookies", credentials.cookies)):
        if len(entries) > MAX_ENTRIES:
            faults.note(f"credentials.{field}", f"{MAX_ENTRIES} are the most that a project may have")
        if not all(len(name) <= MAX_NAME and _TOKEN.fullmatch(name) for name in entries):
            message = f"a name is 1 to {MAX_NAME} of the letters, digits and signs of RFC 9110, section 5.6.2"
            faults.note(f"credentials.{field}", message)
    _check_headers(credentials, faults)
    for name, value in credentials.cookies.items():
        if not _COOKIE_VALUE.fullmatch(value):
            faults.note("credentials.cookies", f"the value of {name} must be printable ASCII without a semicolon")
    if credentials.basic:
        _check_basic(credentials.basic, faults)
    faults.tell()
    sizes = (len(name) + len(value) for name, value in credentials.request_headers().items())
    if sum(sizes) > MAX_TOTAL:
        faults.note("credentials", f"together they are longer than the {MAX_TOTAL} characters that sites take")
    faults.tell()


def _check_headers(credentials: Credentials, faults: Faults) -> None:
    seen: set[str] = set()
    for name, value in credentials.headers.items():
        lower = name.lower()
        if lower == "cookie":
            faults.note("credentials.headers", "cookies have a field of their own: credentials.cookies")
        elif lower in _RESERVED or lower.startswith(_RESERVED_PREFIXES):
            faults.note("credentials.headers", f"{name} is for the crawl itself to send")
        elif lower in seen or (lower == "authorization" and credentials.basic):
            faults.note("credentials.headers", f"{name} would be sent twice")
        elif not _FIELD_VALUE.fullmatch(value):
            message = f"the value of {name} must be printable ASCII in one line, without spaces around it"
            faults.note("credentials.headers", message)
        seen.add(lower)


def _check_basic(basic: Basic, faults: Faults) -> None:
    # RFC 7617, section 2.
    if not basic.user or ":" in basic.user or _CONTROL.search(basic.user):
        faults.note("credentials.basic.user", "a user has a name without a colon and without control characters")
    if _CONTROL.search(basic.password):
        faults.note("credentials.basic.password", "a password has no control characters")
