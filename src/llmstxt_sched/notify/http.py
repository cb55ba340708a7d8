"""One HTTP request to a receiver, and its answer in a form that may be stored and shown."""

from __future__ import annotations

import time
from collections.abc import Mapping

from llmstxt_sched.domain.notifications.addresses import without_secrets
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.notify.message import ANSWER_BYTES, Answer, Destination, harmless
from llmstxt_sched.outbound.client import Client, send
from llmstxt_sched.outbound.responses import Budget, Response

SECONDS = 15.0
# So much of a packed answer is received to get ANSWER_BYTES of it.
WIRE_BYTES = 65_536
GONE = 410
JSON = {"Content-Type": "application/json"}


async def ask(
    client: Client,
    destination: Destination,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    method: str = "POST",
    seconds: float = SECONDS,
) -> Answer:
    """Send one request to the destination's address; success is a status of 200 to 299, however the body is packed.

    No redirect is followed.  Neither the answer nor an error in it holds a secret of the destination.
    """
    budget = Budget(wire_bytes=WIRE_BYTES, decoded_bytes=ANSWER_BYTES, seconds=seconds, cut=True)
    begun = time.monotonic()
    try:
        response = await send(
            client, method, destination.address, body=body, headers=headers, budget=budget, needs_body=False
        )
    except FetchFailed as failure:
        return Answer(None, _since(begun), error=shown(failure.message, destination))
    text = shown(harmless(response.body[:ANSWER_BYTES].decode(errors="replace")), destination)
    return Answer(
        response.status,
        _since(begun),
        body=text,
        error=_error(response),
        retry_after=response.retry_after,
        is_gone=response.status == GONE,
    )


def shown(text: str, destination: Destination) -> str:
    """`text` without the destination's secrets."""
    secrets = (destination.secret, destination.old_secret, *destination.older_secrets, destination.token)
    return without_secrets(text, destination.shown, destination.address, secrets)


def _error(response: Response) -> str:
    if 200 <= response.status < 300:
        return ""
    if 300 <= response.status < 400:
        return f"it answered {response.status}, a redirect, and none is followed: enter the address that it leads to"
    return f"it answered {response.status}"


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
