"""Builds the API as an ASGI application from its controllers."""

from __future__ import annotations

from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.types import ASGIApp
from msgspec import Struct

from llmstxt_sched.api.bulk import BulkController
from llmstxt_sched.api.documents.badges import BadgesController
from llmstxt_sched.api.documents.change_log import ChangeLogController, PublicChangeLogController
from llmstxt_sched.api.documents.changes import ChangesController
from llmstxt_sched.api.documents.feeds import FeedsController, PublicFeedsController
from llmstxt_sched.api.documents.files import DocumentsController, PublishedController
from llmstxt_sched.api.documents.published import PublishedFiles
from llmstxt_sched.api.documents.served_check import ServedCheckController
from llmstxt_sched.api.documents.site_pages import SitePagesController
from llmstxt_sched.api.dry_runs import DryRunsController
from llmstxt_sched.api.firecrawl import FirecrawlController
from llmstxt_sched.api.frontend.pages import PagesController
from llmstxt_sched.api.middleware.access import Access
from llmstxt_sched.api.middleware.allowed_methods import AllowedMethods
from llmstxt_sched.api.middleware.hosts import Hosts
from llmstxt_sched.api.middleware.no_route import NoRoute
from llmstxt_sched.api.middleware.request_log import RequestLog
from llmstxt_sched.api.middleware.response_headers import ResponseHeaders
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.middleware.strictness import Strictness
from llmstxt_sched.api.middleware.time_limit import TimeLimit
from llmstxt_sched.api.notifications.deliveries import DeliveriesController, EventsController
from llmstxt_sched.api.notifications.mail_addresses import ConfirmController, UnsubscribeController
from llmstxt_sched.api.notifications.targets import TargetsController
from llmstxt_sched.api.occurrences import OccurrencesController
from llmstxt_sched.api.open_streams import Streams
from llmstxt_sched.api.operation.overview import OverviewController
from llmstxt_sched.api.operation.scheduler import SchedulerController
from llmstxt_sched.api.people.audit import AuditController
from llmstxt_sched.api.people.sessions import MeController, SessionsController
from llmstxt_sched.api.people.tokens import TokensController
from llmstxt_sched.api.people.users import UsersController
from llmstxt_sched.api.permissions import check_permissions, routes_of
from llmstxt_sched.api.pings import PingsController
from llmstxt_sched.api.problems import HANDLERS
from llmstxt_sched.api.projects import ProjectsController
from llmstxt_sched.api.requests.bodies import JsonRequest
from llmstxt_sched.api.run_events import RunEventsController
from llmstxt_sched.api.runs import RunsController
from llmstxt_sched.api.schedules import ScheduleController
from llmstxt_sched.api.transfer import TransferController
from llmstxt_sched.outbound.networks import IpNetwork
from llmstxt_sched.scheduler.loop import SchedulerLoop
from llmstxt_sched.services.documents.change_log import ChangeLog
from llmstxt_sched.services.documents.changes import Changes
from llmstxt_sched.services.documents.feeds import Feeds
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.documents.public_projects import Badges
from llmstxt_sched.services.documents.served_check import ServedChecks
from llmstxt_sched.services.documents.site_pages import SitePages
from llmstxt_sched.services.held_versions import HeldVersions
from llmstxt_sched.services.notifications.delivery_log import DeliveryLog
from llmstxt_sched.services.notifications.mail.addresses import MailAddresses
from llmstxt_sched.services.notifications.targets import Targets
from llmstxt_sched.services.overview import Overview
from llmstxt_sched.services.people.audit import AuditLog
from llmstxt_sched.services.people.sessions import Sessions
from llmstxt_sched.services.people.tokens import Tokens
from llmstxt_sched.services.people.users import Users
from llmstxt_sched.services.pings import Pings
from llmstxt_sched.services.projects.bulk import Bulk
from llmstxt_sched.services.projects.dry_runs import DryRuns
from llmstxt_sched.services.projects.exports import Exports
from llmstxt_sched.services.projects.one_offs import OneOffs
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.services.rate_limits import RateLimits
from llmstxt_sched.services.run_events import RunEvents
from llmstxt_sched.services.runs import Runs

CONTROLLERS = [
    OverviewController,
    ProjectsController,
    OccurrencesController,
    DryRunsController,
    BulkController,
    RunsController,
    PingsController,
    RunEventsController,
    DocumentsController,
    ChangesController,
    ChangeLogController,
    PublicChangeLogController,
    BadgesController,
    FeedsController,
    PublicFeedsController,
    SitePagesController,
    ServedCheckController,
    TransferController,
    ScheduleController,
    SchedulerController,
    MeController,
    SessionsController,
    TokensController,
    UsersController,
    AuditController,
    TargetsController,
    DeliveriesController,
    EventsController,
    ConfirmController,
    UnsubscribeController,
    PublishedController,
    FirecrawlController,
    PagesController,
]


class Parts(Struct, frozen=True):
    """The dependencies that Litestar injects into handlers, by name; `public_url` has no slash at the end."""

    projects: Projects
    runs: Runs
    pings: Pings
    held_versions: HeldVersions
    bulk: Bulk
    run_events: RunEvents
    streams: Streams
    limits: RateLimits
    documents: Documents
    changes: Changes
    badges: Badges
    change_log: ChangeLog
    feeds: Feeds
    site_pages: SitePages
    served_checks: ServedChecks
    dry_runs: DryRuns
    exports: Exports
    one_offs: OneOffs
    tokens: Tokens
    sessions: Sessions
    users: Users
    audit_log: AuditLog
    targets: Targets
    mail_addresses: MailAddresses
    delivery_log: DeliveryLog
    session_cookie: SessionCookie
    overview: Overview
    scheduler: SchedulerLoop
    public_url: str
    min_period_seconds: float
    version: str
    sends_mail: bool


def api(parts: Parts, max_body_bytes: int, trusted_proxies: tuple[IpNetwork, ...], own_address: str = "") -> ASGIApp:
    """Build the API; request bodies may have at most `max_body_bytes`, and be for the host of `own_address`, if given.

    Raises StartError if a route has no permission.
    """
    access = Access(parts.tokens, parts.sessions, parts.session_cookie, parts.public_url, trusted_proxies)
    app = Litestar(
        CONTROLLERS,
        dependencies={name: _injected(getattr(parts, name)) for name in Parts.__struct_fields__},
        exception_handlers=HANDLERS,
        middleware=[TimeLimit(), access, Strictness(), AllowedMethods()],
        request_class=JsonRequest,
        request_max_body_size=max_body_bytes,
        state=State({"limits": parts.limits, "trusted_proxies": trusted_proxies}),
        # The description is our own: `openapi/`.
        openapi_config=None,
        # Requests are logged by RequestLog and unexpected errors by `problems`; Litestar would log them again.
        logging_config=None,
    )
    check_permissions(routes_of(app))
    # Wrapped around Litestar, for the requests as well that Litestar refuses before it calls its middleware.
    known = NoRoute(app, parts.tokens, parts.sessions, parts.session_cookie)
    return RequestLog(Hosts(PublishedFiles(ResponseHeaders(known), parts.documents), own_address))


def _injected(part: object) -> Provide:
    def provide() -> Any:
        return part

    return Provide(provide, sync_to_thread=False)
