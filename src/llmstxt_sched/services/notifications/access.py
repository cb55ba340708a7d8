"""Who may change targets, and what is said where there is none."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import Forbidden, NotFound

T = TypeVar("T")


def check_may_change(project_id: UUID | None, role: Role) -> None:
    """Raise Forbidden if this role may not change a target of this project; without one it is of all projects."""
    if project_id is None and not role.allows(Role.ADMIN):
        raise Forbidden("targets of all projects are for admins: name a project, or ask an admin")


def found(target: T | None, target_id: UUID) -> T:
    """The target.  Raises NotFound if there is none."""
    if target is None:
        raise NotFound(f"there is no target {target_id}")
    return target
