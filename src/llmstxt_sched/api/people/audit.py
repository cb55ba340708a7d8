"""The audit log over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get
from litestar.params import Parameter
from msgspec import Struct

from llmstxt_sched.api.requests.paging import Cursor, Listing, PagedList, PageSize, read_since
from llmstxt_sched.domain.times import Time
from llmstxt_sched.services.people.audit import AuditLog
from llmstxt_sched.store.people.audit import AuditFilter, AuditRow


class NamedWire(Struct, frozen=True):
    """Who it was, by the name of that time; a name without an id is not a user's, such as `command line`."""

    id: UUID | None
    name: str | None


class ObjectWire(Struct, frozen=True):
    """What it was done to, by the name of that time."""

    type: str
    id: UUID | None
    name: str | None


class AuditWire(Struct, frozen=True):
    """One deed."""

    id: UUID
    at: Time
    user: NamedWire | None
    token: NamedWire | None
    action: str
    object: ObjectWire | None
    address: str
    details: dict[str, Any]


class AuditController(Controller):
    """Who did what, on what, from where, and when."""

    path = "/api/audit"
    tags = ("audit",)

    @get(operation_id="list_audit")
    async def many(
        self,
        audit_log: AuditLog,
        user: Annotated[str | None, Parameter(max_length=200, description="The id of a user, or a name.")] = None,
        action: Annotated[
            str | None, Parameter(max_length=100, description="Such as project.create, or project.")
        ] = None,
        since: datetime | None = None,
        limit: PageSize = 50,
        cursor: Cursor = None,
    ) -> Listing[AuditWire]:
        """What was done, newest first."""
        wanted = AuditFilter(*_user(user), action, read_since(since))
        listed = PagedList(tuple[datetime, UUID], "audit", wanted)
        found = await audit_log.page(wanted, listed.read(cursor), limit + 1)
        return listed.page(found, limit, _show, lambda row: (row.at, row.id))


def _user(given: str | None) -> tuple[UUID | None, str | None]:
    try:
        return (UUID(given), None) if given else (None, None)
    except ValueError:
        return None, given


def _show(row: AuditRow) -> AuditWire:
    return AuditWire(
        id=row.id,
        at=row.at,
        user=NamedWire(row.user_id, row.user_name) if row.user_id or row.user_name else None,
        token=NamedWire(row.token_id, row.token_name) if row.token_id else None,
        action=row.action,
        object=ObjectWire(row.object_type, row.object_id, row.object_name) if row.object_type else None,
        address=row.address,
        details=row.details,
    )
