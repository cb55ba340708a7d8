"""Mail addresses as they are accepted from users: what any mail server takes, and no header or command can hide in.

The part before @ is a dot-atom of ASCII (RFC 5321, section 4.1.2): letters beyond that need SMTPUTF8 (RFC 6531) at each
server on the way.  The domain may have any letters, and is kept as DNS has them (IDNA 2008, RFC 5891).
"""

from __future__ import annotations

import re

import idna

from llmstxt_sched.errors import InvalidInput

# RFC 5321, section 4.5.3.1, and the erratum 1690 to RFC 3696 on the whole.
MAX_LENGTH = 254
MAX_LOCAL_LENGTH = 64

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


def check_mail_address(text: str, field: str = "address") -> str:
    """The address, its domain in lower case as DNS has it.  Raises InvalidInput for `field`."""
    local, at, domain = text.strip(" ").rpartition("@")
    if not at or not domain or "@" in local or not local:
        raise InvalidInput(field, "must be one mail address such as docs@example.com")
    if not local.isascii():
        raise InvalidInput(field, "must have only ASCII letters before the @: many mail servers take no others")
    if len(local) > MAX_LOCAL_LENGTH or not _LOCAL.fullmatch(local):
        raise InvalidInput(field, "must be one mail address such as docs@example.com, without quotes or a name")
    address = f"{local}@{_ascii_domain(domain, field)}"
    if len(address) > MAX_LENGTH:
        raise InvalidInput(field, f"must have at most {MAX_LENGTH} characters")
    return address


def _ascii_domain(domain: str, field: str) -> str:
    """The domain in letters, digits and hyphens."""
    try:
        plain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        plain = ""
    if not _DOMAIN.fullmatch(plain):
        raise InvalidInput(field, "must end in the name of a domain, as in docs@example.com")
    return plain.lower()
