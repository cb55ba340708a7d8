"""Heartbeats for watchdogs: Healthchecks.io, Uptime Kuma, Better Stack, Cronitor and their kin."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from llmstxt_sched.domain.notifications.heartbeat import HeartbeatOptions, heartbeat_address
from llmstxt_sched.notify.http import ask
from llmstxt_sched.notify.message import Answer, Telling
from llmstxt_sched.outbound.client import Client

_TEXT = {"Content-Type": "text/plain; charset=utf-8"}


async def tell(client: Client, telling: Telling) -> Answer:
    """Ask the destination's address, or after a run that failed the one that says so."""
    message, options = telling.message, msgspec.convert(telling.destination.options, HeartbeatOptions)
    address = heartbeat_address(telling.destination.address, options, message.kind)
    destination = replace(telling.destination, address=address)
    if options.method == "GET":
        return await ask(client, destination, method="GET")
    body = f"{message.title}\n{message.text}\n{message.url}\n".encode()
    return await ask(client, destination, body=body, headers=_TEXT)
