"""Reads what a digest tells: in pages, and away from the event loop, since thousands of runs take a second."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from uuid import UUID

from llmstxt_sched.domain.notifications.digest import DigestBuilder, ProjectDigest
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.payload import RunCompleted, RunCompletedData, read_payload
from llmstxt_sched.store.notifications import digests
from llmstxt_sched.store.notifications.digests import DigestPayload
from llmstxt_sched.store.postgres.statements import Connection

# Runs that one digest tells of; what is more comes with one right after.
DIGEST_RUNS = 2000
# Runs that are held in memory at once; the bodies of some take 50 KB.
PAGE_RUNS = 50


async def read_digest(connection: Connection, target_id: UUID) -> tuple[list[ProjectDigest], list[int]]:
    """What the next digest of a target tells, and the numbers of the events that it is made of."""
    builder, numbers, last = DigestBuilder(), list[int](), 0
    for _ in range(DIGEST_RUNS // PAGE_RUNS):
        kept = await digests.payloads(connection, target_id, last, PAGE_RUNS)
        if not kept:
            break
        await asyncio.to_thread(_add, builder, kept)
        numbers += [each.number for each in kept]
        last = numbers[-1]
    return builder.digests(), numbers


def _add(builder: DigestBuilder, kept: Sequence[DigestPayload]) -> None:
    builder.add(_completed(kept))


def _completed(kept: Sequence[DigestPayload]) -> Iterator[RunCompletedData]:
    for each in kept:
        payload = read_payload(EventKind.RUN_COMPLETED, each.payload) if each.payload else None
        if isinstance(payload, RunCompleted):
            yield payload.data
