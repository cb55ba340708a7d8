"""What changed, for feed readers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, route
from litestar.openapi.datastructures import ResponseSpec

from llmstxt_sched.api.documents.files import UNCHANGED
from llmstxt_sched.api.documents.sending import PRIVATE_CACHE, PUBLIC_CACHE, DocumentResponse, asked_for
from llmstxt_sched.api.middleware.token_header import TAKES_BASIC
from llmstxt_sched.api.requests.methods import READ
from llmstxt_sched.documents.feed import ATOM_TYPE
from llmstxt_sched.services.documents.feeds import FEED_XML, Feeds

FEED = {200: ResponseSpec(str, media_type=ATOM_TYPE), **UNCHANGED}


class FeedsController(Controller):
    """Feeds, which readers ask for by basic authentication: most of them know nothing else."""

    path = "/api"
    tags = ("changes",)

    @route("/feed.xml", http_method=READ, responses=FEED, opt={TAKES_BASIC: True}, operation_id="get_feed_of_projects")
    async def of_all(self, request: Request[Any, Any, Any], feeds: Feeds) -> Response[Any]:
        """What the newest versions of all projects changed, as an Atom feed."""
        asked = asked_for(request.scope)
        return DocumentResponse(await feeds.of_all(gzipped=asked.gzip), FEED_XML, asked, PRIVATE_CACHE)

    @route(
        "/projects/{project_id:uuid}/feed.xml",
        http_method=READ,
        responses=FEED,
        opt={TAKES_BASIC: True},
        operation_id="get_feed",
    )
    async def of_project(self, request: Request[Any, Any, Any], feeds: Feeds, project_id: UUID) -> Response[Any]:
        """What the newest versions of the project changed, as an Atom feed."""
        asked = asked_for(request.scope)
        found = await feeds.of_project(project_id, gzipped=asked.gzip)
        return DocumentResponse(found, FEED_XML, asked, PRIVATE_CACHE)


class PublicFeedsController(Controller):
    """What changed in the documents of projects that publish them; no token is needed."""

    path = "/p"
    tags = ("published",)

    @route("/{slug:str}/feed.xml", http_method=READ, responses=FEED, operation_id="get_public_feed")
    async def published(self, request: Request[Any, Any, Any], feeds: Feeds, slug: str) -> Response[Any]:
        """What the newest versions of a public project changed, as an Atom feed."""
        asked = asked_for(request.scope)
        return DocumentResponse(await feeds.published(slug, gzipped=asked.gzip), FEED_XML, asked, PUBLIC_CACHE)
