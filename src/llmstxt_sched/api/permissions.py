"""What each route needs: one table, without which the service does not start; `middleware/access.py` holds to it.

What may only be done to what is one's own, such as revoking a token, is decided further in, where the owner is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from litestar import Litestar
from litestar.routes import BaseRoute, HTTPRoute

from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import StartError


class Need(StrEnum):
    """Who may call a route: everybody, whoever has at least this role, or a user who signed in without a token."""

    OPEN = "open"
    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"
    ACCOUNT = "account"

    @property
    def role(self) -> Role:
        """The least role, where one is needed."""
        return Role.VIEWER if self is Need.ACCOUNT else Role(self.value)


OPEN, VIEWER, EDITOR, ADMIN, ACCOUNT = Need

# The need of each method and path, without the types of parameters.  HEAD needs what GET needs.
PERMISSIONS: dict[tuple[str, str], Need] = {
    # Pages and assets: no stored data.
    ("GET", "/"): OPEN,
    ("GET", "/login"): OPEN,
    ("GET", "/start"): OPEN,
    ("GET", "/projects"): OPEN,
    ("GET", "/projects/new"): OPEN,
    ("GET", "/projects/{project_id}"): OPEN,
    ("GET", "/projects/{project_id}/{tab}"): OPEN,
    ("GET", "/scheduler"): OPEN,
    ("GET", "/notifications"): OPEN,
    ("GET", "/notifications/confirm"): OPEN,
    ("GET", "/tokens"): OPEN,
    ("GET", "/users"): OPEN,
    ("GET", "/audit"): OPEN,
    ("GET", "/settings"): OPEN,
    ("GET", "/assets/{digest}/{path}"): OPEN,
    ("GET", "/api/docs"): OPEN,
    ("GET", "/api/openapi.json"): OPEN,
    # The documents of projects that publish them.
    ("GET", "/p/{slug}/{page}"): OPEN,
    ("GET", "/p/{slug}/badge.svg"): OPEN,
    ("GET", "/p/{slug}/feed.xml"): OPEN,
    ("GET", "/p/{slug}/changes.jsonl"): OPEN,
    # One llms.txt, in the manner of Firecrawl.
    ("POST", "/v1/llmstxt"): EDITOR,
    ("GET", "/v1/llmstxt/{project_id}"): VIEWER,
    # Signing in and out, and what is one's own.
    ("POST", "/api/sessions"): OPEN,
    ("DELETE", "/api/sessions/current"): OPEN,
    ("GET", "/api/me"): VIEWER,
    ("PATCH", "/api/me"): ACCOUNT,
    ("GET", "/api/sessions"): VIEWER,
    ("DELETE", "/api/sessions/{session_id}"): ACCOUNT,
    ("GET", "/api/tokens"): VIEWER,
    ("POST", "/api/tokens"): VIEWER,
    ("DELETE", "/api/tokens/{token_id}"): VIEWER,
    # Projects.
    ("GET", "/api/overview"): VIEWER,
    ("GET", "/api/projects"): VIEWER,
    ("POST", "/api/projects"): EDITOR,
    ("POST", "/api/projects/bulk"): EDITOR,
    ("POST", "/api/projects/dry-run"): EDITOR,
    ("POST", "/api/projects/{project_id}/dry-run"): EDITOR,
    ("GET", "/api/projects/{project_id}"): VIEWER,
    ("PATCH", "/api/projects/{project_id}"): EDITOR,
    ("DELETE", "/api/projects/{project_id}"): EDITOR,
    ("POST", "/api/projects/{project_id}/pause"): EDITOR,
    ("POST", "/api/projects/{project_id}/resume"): EDITOR,
    ("GET", "/api/projects/{project_id}/occurrences"): VIEWER,
    ("GET", "/api/projects/{project_id}/pages"): VIEWER,
    ("GET", "/api/projects/{project_id}/changes"): VIEWER,
    ("GET", "/api/projects/{project_id}/changes/lines"): VIEWER,
    ("GET", "/api/projects/{project_id}/changes/text"): VIEWER,
    ("GET", "/api/projects/{project_id}/versions"): VIEWER,
    ("GET", "/api/projects/{project_id}/changes.jsonl"): VIEWER,
    ("GET", "/api/projects/{project_id}/feed.xml"): VIEWER,
    ("GET", "/api/feed.xml"): VIEWER,
    ("POST", "/api/projects/{project_id}/served-check"): EDITOR,
    ("GET", "/api/projects/{project_id}/llms.txt"): VIEWER,
    ("GET", "/api/projects/{project_id}/llms-full.txt"): VIEWER,
    ("GET", "/api/projects/{project_id}/pages/{page}"): VIEWER,
    ("GET", "/api/projects.jsonl"): VIEWER,
    ("POST", "/api/projects.jsonl"): EDITOR,
    ("GET", "/api/export"): VIEWER,
    # Runs.
    ("GET", "/api/projects/{project_id}/runs"): VIEWER,
    ("POST", "/api/projects/{project_id}/runs"): EDITOR,
    # Whoever has the project's ping token may ping as well: see `api/pings.py`.
    ("POST", "/api/projects/{project_id}/ping"): EDITOR,
    ("GET", "/api/projects/{project_id}/ping"): VIEWER,
    ("POST", "/api/projects/{project_id}/ping-token"): EDITOR,
    ("DELETE", "/api/projects/{project_id}/ping-token"): EDITOR,
    ("GET", "/api/runs"): VIEWER,
    ("GET", "/api/runs/{run_id}"): VIEWER,
    ("POST", "/api/runs/{run_id}/cancel"): EDITOR,
    ("POST", "/api/runs/{run_id}/accept"): EDITOR,
    ("POST", "/api/runs/{run_id}/reject"): EDITOR,
    ("GET", "/api/runs/{run_id}/events"): VIEWER,
    ("GET", "/api/runs/{run_id}/pages"): VIEWER,
    ("GET", "/api/runs/{run_id}/changes"): VIEWER,
    ("GET", "/api/runs/{run_id}/llms.txt"): VIEWER,
    ("GET", "/api/runs/{run_id}/llms-full.txt"): VIEWER,
    # Targets.  Those of all projects need more: services/notifications/targets.py.
    ("GET", "/api/targets"): VIEWER,
    ("POST", "/api/targets"): EDITOR,
    ("GET", "/api/targets/{target_id}"): VIEWER,
    ("PATCH", "/api/targets/{target_id}"): EDITOR,
    ("DELETE", "/api/targets/{target_id}"): EDITOR,
    ("POST", "/api/targets/{target_id}/test"): EDITOR,
    ("POST", "/api/targets/{target_id}/secret"): EDITOR,
    ("POST", "/api/targets/{target_id}/confirmation"): EDITOR,
    # Whoever has the link of a mail: its reader, who may have no account here.
    ("POST", "/api/notifications/confirm"): OPEN,
    ("GET", "/api/notifications/unsubscribe/{token}"): OPEN,
    ("POST", "/api/notifications/unsubscribe/{token}"): OPEN,
    ("GET", "/api/deliveries"): VIEWER,
    ("POST", "/api/deliveries/{delivery_id}/resend"): EDITOR,
    ("GET", "/api/events"): VIEWER,
    # The scheduler.
    ("GET", "/api/schedule/preview"): VIEWER,
    ("GET", "/api/scheduler/jobs"): VIEWER,
    ("GET", "/api/scheduler/workers"): VIEWER,
    ("POST", "/api/scheduler/process"): EDITOR,
    # Other people.
    ("GET", "/api/users"): ADMIN,
    ("POST", "/api/users"): ADMIN,
    ("PATCH", "/api/users/{user_id}"): ADMIN,
    ("DELETE", "/api/users/{user_id}"): ADMIN,
    ("DELETE", "/api/users/{user_id}/sessions"): ADMIN,
    ("DELETE", "/api/users/{user_id}/tokens"): ADMIN,
    ("POST", "/api/users/{user_id}/link"): ADMIN,
    ("GET", "/api/audit"): ADMIN,
}

_OPEN_PATHS = [re.compile(re.sub(r"\{\w+\}", "[^/]+", path)) for (_, path), need in PERMISSIONS.items() if need is OPEN]


def has_open_method(path: str) -> bool:
    """Whether everybody may call some method of this address."""
    return any(open_path.fullmatch(path) for open_path in _OPEN_PATHS)


def need_of(method: str, path_template: str) -> Need:
    """What a request needs; OPTIONS, which tells what methods there are, what any of these needs at least."""
    if method == "OPTIONS":
        needs = {need for (_, path), need in PERMISSIONS.items() if path == path_template}
        return OPEN if needs == {OPEN} else VIEWER
    return PERMISSIONS["GET" if method == "HEAD" else method, path_template]


def routes_of(app: Litestar) -> set[tuple[str, str]]:
    """The method and path of each route of `app`."""
    return {(method, route.path_format) for route in app.routes for method in _methods(route)}


def check_permissions(routes: Iterable[tuple[str, str]]) -> None:
    """Check that the table has every route.  Raises StartError."""
    missing = [f"{method} {path}" for method, path in sorted(routes) if (method, path) not in PERMISSIONS]
    if missing:
        raise StartError(f"api/permissions.py does not say who may call {', '.join(missing)}: add a line for each")


def _methods(route: BaseRoute) -> set[str]:
    if not isinstance(route, HTTPRoute):
        return {"GET"}
    return {str(method) for method in route.methods} - {"HEAD", "OPTIONS"}
