"""Makes the bodies of events, which are the same for each target and in each attempt."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct, structs

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.payload import MOST_ENTRIES, PAYLOADS, ToldEntry
from llmstxt_sched.store import runs
from llmstxt_sched.store.notifications import events
from llmstxt_sched.store.notifications.events import Event, EventEntry, EventProject
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import PageChanges, Run

log = structlog.get_logger(__name__)

# Events of these kinds tell of a run.
_OF_RUNS = frozenset({EventKind.RUN_COMPLETED, EventKind.RUN_FAILED, EventKind.VERSION_HELD})


class Material(Struct, frozen=True):
    """What is told, as read from the database, by the ids of projects and runs."""

    projects: dict[UUID, EventProject]
    runs: dict[UUID, Run]
    entries: dict[UUID, list[EventEntry]]
    before: dict[UUID, UUID]


async def payloads_of(connection: Connection, wanted: Sequence[Event], public_url: str) -> dict[int, bytes]:
    """The bodies of these events by number; of one whose project or run is gone there is none."""
    project_ids = [event.project_id for event in wanted if event.project_id]
    run_ids = [event.run_id for event in wanted if event.run_id and event.kind in _OF_RUNS]
    # A run twice would have its entries twice.
    changed = list({event.run_id for event in wanted if event.run_id and event.details.get("documents_changed")})
    material = Material(
        await events.projects_of(connection, project_ids),
        await runs.among(connection, run_ids),
        await events.entries_of(connection, changed, MOST_ENTRIES),
        await events.runs_before(connection, changed),
    )
    bodies: dict[int, bytes] = {}
    for event in wanted:
        if body := _body_or_none(event, material, public_url):
            bodies[event.number] = body
        # A payload with many entries takes milliseconds.
        await asyncio.sleep(0)
    return bodies


def _body_or_none(event: Event, material: Material, public_url: str) -> bytes | None:
    try:
        return body_of(event, material, public_url)
    except Exception:
        # One event that cannot be put into words must not hold up all that come after it.
        log.exception("event could not be told", event_id=str(event.id), kind=event.kind.value)
        return None


def body_of(event: Event, material: Material, public_url: str) -> bytes | None:
    """The body of one event; None if what it tells of is gone.  `public_url` has no slash at the end."""
    data = _data_of(event, material, public_url)
    if data is None:
        return None
    envelope = {"type": event.kind, "timestamp": event.at, "data": data}
    return msgspec.json.encode(msgspec.convert(envelope, PAYLOADS[event.kind], from_attributes=True))


def _data_of(event: Event, material: Material, public_url: str) -> dict[str, Any] | None:
    project = material.projects.get(event.project_id) if event.project_id else None
    if event.project_id and project is None:
        return None
    page = f"{public_url}/projects/{event.project_id}"
    data: dict[str, Any] = {"project": {**structs.asdict(project), "page": page} if project else None}
    if event.kind not in _OF_RUNS:
        return {"halted_by": None, **event.details, **data}
    run = material.runs.get(event.run_id) if event.run_id else None
    if run is None:
        return None
    data |= {"run": run, "pages": run.changes or PageChanges(), "changes_page": f"{page}/changes?to={run.id}"}
    if event.kind is EventKind.RUN_FAILED:
        data["error"] = {"code": run.error_code or "", "message": run.error_message or ""}
    if event.kind is EventKind.RUN_COMPLETED:
        data |= _completed(event, run.id, material, public_url)
    return data


def _completed(event: Event, run_id: UUID, material: Material, public_url: str) -> dict[str, Any]:
    entries, before = material.entries.get(run_id, []), material.before.get(run_id)
    return {
        "documents_changed": bool(event.details.get("documents_changed")),
        "held": event.details.get("held"),
        "entries": [msgspec.convert(entry, ToldEntry, from_attributes=True) for entry in entries],
        "entries_total": entries[0].total if entries else 0,
        "llms_txt": f"{public_url}/api/runs/{run_id}/llms.txt",
        "previous_llms_txt": f"{public_url}/api/runs/{before}/llms.txt" if before else None,
    }
