"""Tokens in the links of mails: they can be made with the service's key alone, and say what they are for.

A token is the base64 of what it is about and its signature.  One that is not right tells nothing: whether there is such
a target, or whether the link was valid once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from llmstxt_sched.services.secrets import Secrets

CONFIRM_DAYS = 7

_SIGNATURE_BYTES = 32
_TIME_BYTES = 8
# Times are in microseconds, so that two links of one second differ.
_A_SECOND = 1_000_000
_HASH_BYTES = 8
_UNSUBSCRIBE = b"unsubscribe"


class Subscription(NamedTuple):
    """What one mail says that it belongs to: a target, and a hash of the address that it was sent to."""

    target_id: UUID
    address_hash: bytes


def unsubscribe_token(secrets: Secrets, target_id: UUID, address: str) -> str:
    """The token that ends what an address is told by a target; it is valid as long as the key."""
    hashed = address_hash(address)
    return _encoded(target_id.bytes + hashed + secrets.sign(target_id, _UNSUBSCRIBE + hashed))


def read_unsubscribe_token(secrets: Secrets, token: str) -> Subscription | None:
    """What a token ends; None for what is no token of ours."""
    content = _decoded(token)
    id_bytes, hashed, signature = content[:16], content[16:-_SIGNATURE_BYTES], content[-_SIGNATURE_BYTES:]
    if len(content) != 16 + _HASH_BYTES + _SIGNATURE_BYTES:
        return None
    target_id = UUID(bytes=id_bytes)
    return Subscription(target_id, hashed) if secrets.has_signed(target_id, _UNSUBSCRIBE + hashed, signature) else None


def address_hash(address: str) -> bytes:
    """What tells an address from the one that took its place."""
    return hashlib.sha256(address.encode()).digest()[:_HASH_BYTES]


def confirm_token(secrets: Secrets, target_id: UUID, address: str, now: datetime) -> str:
    """The token that confirms an address, for CONFIRM_DAYS."""
    until = int((now + timedelta(days=CONFIRM_DAYS)).timestamp() * _A_SECOND).to_bytes(_TIME_BYTES, "big")
    return _encoded(until + secrets.sign(target_id, _confirms(address, until)))


def confirms(secrets: Secrets, token: str, target_id: UUID, address: str, now: datetime) -> bool:
    """Whether a token confirms this address of this target at this time."""
    content = _decoded(token)
    until, signature = content[:_TIME_BYTES], content[_TIME_BYTES:]
    if len(signature) != _SIGNATURE_BYTES or not secrets.has_signed(target_id, _confirms(address, until), signature):
        return False
    return now <= datetime.fromtimestamp(int.from_bytes(until, "big") / _A_SECOND, UTC)


def _confirms(address: str, until: bytes) -> bytes:
    return b"confirm" + until + address.encode()


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decoded(token: str) -> bytes:
    """The content of a token; empty if it is none."""
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
