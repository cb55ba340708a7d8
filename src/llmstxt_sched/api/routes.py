"""Builds the API as an ASGI application from its controllers."""

from __future__ import annotations

from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import ASGIApp
from msgspec import Struct

from llmstxt_sched.api.access import IS_OPEN, Access
from llmstxt_sched.api.documents import DocumentsController, PublishedController
from llmstxt_sched.api.pages import PagesController
from llmstxt_sched.api.problems import HANDLERS
from llmstxt_sched.api.projects import ProjectsController
from llmstxt_sched.api.request_log import RequestLog
from llmstxt_sched.api.runs import RunsController
from llmstxt_sched.api.scheduler import SchedulerController
from llmstxt_sched.api.schedules import ScheduleController
from llmstxt_sched.api.time_limit import TimeLimit
from llmstxt_sched.api.tokens import TokensController
from llmstxt_sched.scheduler.loop import SchedulerLoop
from llmstxt_sched.services.documents import Documents
from llmstxt_sched.services.overview import Overview
from llmstxt_sched.services.projects import Projects
from llmstxt_sched.services.runs import Runs
from llmstxt_sched.services.tokens import Tokens

CONTROLLERS = [
    ProjectsController,
    RunsController,
    DocumentsController,
    ScheduleController,
    SchedulerController,
    TokensController,
    PublishedController,
    PagesController,
]


class Parts(Struct, frozen=True):
    """The dependencies that Litestar injects into handlers, by name; `public_url` has no slash at the end."""

    projects: Projects
    runs: Runs
    documents: Documents
    tokens: Tokens
    overview: Overview
    scheduler: SchedulerLoop
    public_url: str
    min_period_seconds: float


def api(parts: Parts, version: str, max_body_bytes: int) -> ASGIApp:
    """Build the API; request bodies may have at most `max_body_bytes`."""
    app = Litestar(
        CONTROLLERS,
        dependencies={name: _injected(getattr(parts, name)) for name in Parts.__struct_fields__},
        exception_handlers=HANDLERS,
        middleware=[TimeLimit(), DefineMiddleware(Access, exclude_from_auth_key=IS_OPEN)],
        request_max_body_size=max_body_bytes,
        state=State({"tokens": parts.tokens}),
        openapi_config=_openapi(version),
        # Requests are logged by RequestLog and unexpected errors by `problems`; Litestar would log them again.
        logging_config=None,
    )
    # Wrapped around Litestar, to log also the requests that Litestar refuses before it calls its middleware.
    return RequestLog(app)


def _injected(part: object) -> Provide:
    def provide() -> Any:
        return part

    return Provide(provide, sync_to_thread=False)


def _openapi(version: str) -> OpenAPIConfig:
    bearer = SecurityScheme(type="http", scheme="bearer", description="An API token: `llms_…`")
    return OpenAPIConfig(
        title="llmstxt-sched",
        version=version,
        description="Keeps a website's llms.txt true, on a schedule.",
        components=Components(security_schemes={"token": bearer}),
        security=[{"token": []}],
        # The documentation page and the OpenAPI file are routes of our own (`api/pages.py`), because Litestar's pages
        # load scripts from other hosts.
        render_plugins=[],
        path="/api/schema",
        use_handler_docstrings=True,
    )
