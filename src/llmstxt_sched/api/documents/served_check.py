"""Checks over HTTP of what a site itself serves as its llms.txt."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller, post

from llmstxt_sched.api.middleware.rate_limits import limit_triggers
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG
from llmstxt_sched.services.documents.served_check import ServedCheck, ServedChecks


class ServedCheckController(Controller):
    """The check of what the site itself serves."""

    path = "/api/projects/{project_id:uuid}/served-check"
    tags = ("documents",)

    @post(status_code=200, guards=[limit_triggers], opt={TAKES_LONG: True}, operation_id="check_served")
    async def check(self, served_checks: ServedChecks, project_id: UUID) -> ServedCheck:
        """Ask the site for its own llms.txt, and compare it with what this service wrote; takes at most 15 seconds."""
        return await served_checks.check(project_id)
