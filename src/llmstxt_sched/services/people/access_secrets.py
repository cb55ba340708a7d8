"""Secrets that let somebody in: of tokens, links and sessions.  Each is 256 random bits; only hashes are stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets


def random_secret() -> str:
    """A new secret: 43 characters that can stand in a URL."""
    return secrets.token_urlsafe(32)


def derived_secret(asker: str, *context: str) -> str:
    """A secret that only the holder of the secret `asker` can compute (HMAC, RFC 2104).

    A request repeated with its Idempotency-Key thus gets the same secret without its being stored.
    """
    digest = hmac.digest(asker.encode(), "\n".join(context).encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_secret(secret: str) -> bytes:
    """A plain hash, without salt or stretching: the input is 256 random bits, not a password."""
    return hashlib.sha256(secret.encode()).digest()
