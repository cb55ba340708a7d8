"""The calls of Firecrawl's API that made an llms.txt, so that its clients need nothing but another address.

Theirs ends on 10 December 2026.  See docs/api.md for what differs.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from msgspec import UNSET, Meta, Struct, UnsetType

from llmstxt_sched.api.middleware.access import once, send
from llmstxt_sched.api.middleware.rate_limits import limit_creates, limit_triggers
from llmstxt_sched.api.requests.calls import TAKES_KEY
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.services.projects.one_offs import OneOffs
from llmstxt_sched.services.projects.project_views import ProjectView
from llmstxt_sched.store.idempotency import StoredResponse

# As many as theirs took when nothing was said.
USUAL_URLS = 10
# Their clients want a time, also where there is none.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
# RFC 3986, section 3.1.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class LlmsTxtRequest(Struct, frozen=True, rename="camel"):
    """A site whose llms.txt is wanted once; what else is sent is ignored."""

    url: Annotated[str, Meta(min_length=1)]
    max_urls: Annotated[int, Meta(ge=1, le=2**31 - 1)] = USUAL_URLS
    show_full_text: bool = False
    keep: bool = False


class LlmsTxtStarted(Struct, frozen=True):
    """What to ask for by its id."""

    success: bool
    id: UUID


class LlmsTxtData(Struct, frozen=True, omit_defaults=True):
    """The documents; empty while they are made, and without the long one unless it was asked for."""

    llmstxt: str
    llmsfulltxt: str | UnsetType = UNSET


class LlmsTxtStatus(Struct, frozen=True, rename={"expires_at": "expiresAt"}):
    """How it stands."""

    success: bool
    status: Literal["processing", "completed", "failed"]
    data: LlmsTxtData | None
    error: str | None
    expires_at: Time


class FirecrawlController(Controller):
    """One llms.txt of a site, without a schedule, in the manner of Firecrawl."""

    path = "/v1/llmstxt"
    tags = ("firecrawl",)

    @post(
        status_code=200,
        responses={200: ResponseSpec(LlmsTxtStarted)},
        guards=[limit_creates, limit_triggers],
        opt={TAKES_KEY: True},
        operation_id="start_llmstxt",
    )
    async def start(
        self, request: Request[Any, Identity, Any], one_offs: OneOffs, data: LlmsTxtRequest
    ) -> Response[bytes]:
        """Make an llms.txt of a site, once."""
        url = data.url.strip()
        url = url if SCHEME.match(url) else f"http://{url}"
        key = await once(request, _started)
        made = await one_offs.start(url, data.max_urls, key, with_full=data.show_full_text, is_kept=data.keep)
        return send(_started(made))

    @get("/{project_id:uuid}", operation_id="get_llmstxt")
    async def status(self, one_offs: OneOffs, project_id: UUID) -> LlmsTxtStatus:
        """How it stands, with the documents once they are there."""
        state = await one_offs.state(project_id)
        expires = state.expires_at or NEVER
        if state.error is not None:
            return LlmsTxtStatus(success=False, status="failed", data=None, error=state.error, expires_at=expires)
        data = LlmsTxtData(state.text or "", state.full if state.full is not None else UNSET)
        status: Literal["processing", "completed"] = "processing" if state.text is None else "completed"
        return LlmsTxtStatus(success=True, status=status, data=data, error=None, expires_at=expires)


def _started(made: ProjectView) -> StoredResponse:
    return StoredResponse(200, msgspec.json.encode(LlmsTxtStarted(success=True, id=made.project.id)))
