"""The address of a target as it may be shown, and texts without what is secret of it.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote_plus, urlsplit

from llmstxt_sched.domain.notifications.target import TargetKind

HIDDEN = "…"
# Whoever knows the address of one of these may use it.
_WHOLE = frozenset(
    {TargetKind.SLACK, TargetKind.DISCORD, TargetKind.TEAMS, TargetKind.HEARTBEAT, TargetKind.DEPLOY_HOOK}
)
# Shorter ones are words, which may stand anywhere.
_SECRET_CHARACTERS = 6
# The value of a parameter, or a part without a name, which may be a token.
_QUERY_VALUE = re.compile(r"(?<==)[^&]+|(?<![^&])[^&=]+(?![^&])")


def shown_address(kind: TargetKind, address: str) -> str:
    """`address` without what may be secret: of some kinds only its origin, of a mail's all of it."""
    if kind is TargetKind.EMAIL:
        return address
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    if kind in _WHOLE:
        return f"{origin}/{HIDDEN}"
    query = f"?{_QUERY_VALUE.sub(HIDDEN, parts.query)}" if parts.query else ""
    return f"{origin}{parts.path}{query}"


def without_secrets(text: str, shown: str, address: str, secrets: Iterable[str]) -> str:
    """`text` with `shown` in place of the address, and without its secret parts and `secrets`."""
    text = text.replace(address, shown)
    parts = urlsplit(address)
    hidden = _QUERY_VALUE.findall(parts.query)
    if shown.endswith(f"/{HIDDEN}"):
        hidden += [f"{parts.path}?{parts.query}", parts.path.strip("/"), *parts.path.split("/")]
    hidden += [*map(unquote_plus, hidden), *secrets]
    for secret in sorted(filter(None, hidden), key=len, reverse=True):
        if len(secret) >= _SECRET_CHARACTERS:
            text = text.replace(secret, HIDDEN)
    return text
