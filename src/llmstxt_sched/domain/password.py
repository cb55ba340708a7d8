"""Which passwords may be chosen: long ones that are not among the commonest (NIST SP 800-63B, section 3.1.1)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from llmstxt_sched.errors import InvalidInput

MIN_CHARACTERS = 10
# Those with fewer than MIN_CHARACTERS are left out; one a line, in lower case.
COMMONEST = frozenset((Path(__file__).parent / "common_passwords.txt").read_text().split())


def normalise(password: str) -> str:
    """The password as it is hashed: keyboards compose characters such as é in different ways."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, field: str = "password") -> None:
    """Check a password that somebody chose.  Raises InvalidInput, which names `field`."""
    chosen = normalise(password)
    if len(chosen) < MIN_CHARACTERS:
        raise InvalidInput(field, f"must have {MIN_CHARACTERS} characters or more")
    if chosen.casefold() in COMMONEST:
        raise InvalidInput(field, "is one of the commonest passwords: choose another")
