"""A badge that says how the documents of a project stand."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, route
from litestar.openapi.datastructures import ResponseSpec

from llmstxt_sched.api.documents.files import UNCHANGED
from llmstxt_sched.api.documents.sending import DocumentResponse, asked_for
from llmstxt_sched.api.requests.methods import READ
from llmstxt_sched.services.documents.files import document_of
from llmstxt_sched.services.documents.fixed_files import gzip_of
from llmstxt_sched.services.documents.public_projects import Badges

# The age that it tells is exact to the minute at best.
CACHE = b"public, max-age=60"
BADGE = {200: ResponseSpec(str, media_type="image/svg+xml"), **UNCHANGED}


class BadgesController(Controller):
    """The badges of projects that publish their documents; no token is needed."""

    path = "/p"
    tags = ("published",)

    @route("/{slug:str}/badge.svg", http_method=READ, responses=BADGE, operation_id="get_badge")
    async def one(self, request: Request[Any, Any, Any], badges: Badges, slug: str) -> Response[Any]:
        """How the documents of a public project stand, and when they were last checked, as a picture."""
        asked, file = asked_for(request.scope), await badges.published(slug)
        if asked.gzip:
            file.gzipped = await gzip_of(file.body)
        return DocumentResponse(document_of(file), "badge.svg", asked, CACHE)
