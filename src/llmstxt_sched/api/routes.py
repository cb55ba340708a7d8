"""The API as an ASGI application."""

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
    """What handlers are given, each by its name; `public_url` has no slash at its end."""

    projects: Projects
    runs: Runs
    documents: Documents
    tokens: Tokens
    overview: Overview
    scheduler: SchedulerLoop
    public_url: str
    min_period_seconds: float


def api(parts: Parts, version: str, max_body_bytes: int) -> ASGIApp:
    """The API; bodies may have `max_body_bytes`."""
    app = Litestar(
        CONTROLLERS,
        dependencies={name: _given(getattr(parts, name)) for name in Parts.__struct_fields__},
        exception_handlers=HANDLERS,
        middleware=[TimeLimit(), DefineMiddleware(Access, exclude_from_auth_key=IS_OPEN)],
        request_max_body_size=max_body_bytes,
        state=State({"tokens": parts.tokens}),
        openapi_config=_openapi(version),
        # Logged by RequestLog and the table of problems, each once.
        logging_config=None,
    )
    # Around all of it: what Litestar refuses before it comes to its middleware is a request as well.
    return RequestLog(app)


def _given(part: object) -> Provide:
    def give() -> Any:
        return part

    return Provide(give, sync_to_thread=False)


def _openapi(version: str) -> OpenAPIConfig:
    bearer = SecurityScheme(type="http", scheme="bearer", description="An API token: `llms_…`")
    return OpenAPIConfig(
        title="llmstxt-sched",
        version=version,
        description="Keeps a website's llms.txt true, on a schedule.",
        components=Components(security_schemes={"token": bearer}),
        security=[{"token": []}],
        # The page and the file are our own routes: Litestar's pages load their scripts from elsewhere.
        render_plugins=[],
        path="/api/schema",
        use_handler_docstrings=True,
    )
