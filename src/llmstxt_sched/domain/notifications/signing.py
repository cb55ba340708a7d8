"""Secrets that sign webhooks: `whsec_` and the key in base64 (Standard Webhooks 1.0, "Signature scheme").  Pure."""

from __future__ import annotations

import base64
import binascii

from llmstxt_sched.errors import InvalidInput

PREFIX = "whsec_"
# The bytes that Standard Webhooks allows a key to have.
MIN_BYTES, MAX_BYTES = 24, 64
# A key that the service makes has as many bytes as the hash.
KEY_BYTES = 32


def secret_of(key: bytes) -> str:
    """The secret of a key."""
    return PREFIX + base64.b64encode(key).decode()


def key_of(secret: str) -> bytes:
    """The key of a secret.  Raises InvalidInput for one of another form."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(PREFIX) or not MIN_BYTES <= len(key) <= MAX_BYTES:
        message = f"must be {PREFIX} and {MIN_BYTES} to {MAX_BYTES} bytes in base64, or left out for a new one"
        raise InvalidInput("secret", message)
    return key
