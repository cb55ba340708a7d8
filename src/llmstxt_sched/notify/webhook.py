"""Webhooks, signed as Standard Webhooks 1.0 has it (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from llmstxt_sched.domain.notifications.signing import key_of
from llmstxt_sched.notify.http import JSON, ask
from llmstxt_sched.notify.message import Answer, Telling
from llmstxt_sched.outbound.client import Client


async def tell(client: Client, telling: Telling) -> Answer:
    """POST the message's body with its id, the time of this attempt and a signature by each secret in force."""
    destination, message = telling.destination, telling.message
    # Receivers refuse what is some minutes off, as the clock of this machine may be.
    timestamp = str(int(telling.now.timestamp()))
    secrets = filter(None, (destination.secret, destination.old_secret, *destination.older_secrets))
    headers = JSON | {
        "webhook-id": str(message.id),
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signature(each, str(message.id), timestamp, message.body) for each in secrets),
    }
    return await ask(client, destination, body=message.body, headers=headers)


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """The signature of version 1: an HMAC with SHA-256 of id, time and body, joined by full stops."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.digest(key_of(secret), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}"
