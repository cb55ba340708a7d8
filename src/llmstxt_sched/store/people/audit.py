"""The audit log: who did what, on what, from where."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements


class NewAuditRow(Struct, frozen=True, kw_only=True):
    """A row before it is stored; the time is Postgres'."""

    id: UUID
    user_id: UUID | None
    user_name: str | None
    token_id: UUID | None
    token_name: str | None
    action: str
    object_type: str | None
    object_id: UUID | None
    object_name: str | None
    address: str
    details: dict[str, Any]


class AuditRow(NewAuditRow, frozen=True, kw_only=True):
    """A row of the log."""

    at: datetime


class AuditFilter(Struct, frozen=True):
    """Which rows a list contains; None does not filter."""

    user_id: UUID | None = None
    user_name: str | None = None
    action: str | None = None
    since: datetime | None = None


async def insert(connection: Connection, row: NewAuditRow) -> None:
    """Store a row."""
    await statements["audit_insert"].execute(connection, **structs.asdict(row))


async def page(
    connection: Connection, wanted: AuditFilter, before: tuple[datetime, UUID] | None, limit: int
) -> list[AuditRow]:
    """At most `limit` rows, newest first, those before `before` (a time and an id)."""
    at, last = before or (None, None)
    rows = await statements["audit_page"].rows(
        connection, **structs.asdict(wanted), before_at=at, before_id=last, limit=limit
    )
    return each_to(AuditRow, rows)
