"""The composition root: every part of the service is built here and passed to the parts that need it.

Only the command line imports this module.
"""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from uuid import uuid4

import structlog

from llmstxt_sched.api.middleware.before_crawls import BeforeCrawls
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.open_streams import Streams
from llmstxt_sched.api.operation.health import Vitals, health_api
from llmstxt_sched.api.routes import Parts, api
from llmstxt_sched.config import Settings
from llmstxt_sched.domain.notifications.delivery import longest_wait
from llmstxt_sched.errors import StartError
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.process.crash_points import check_crash_point
from llmstxt_sched.process.garbage_collection import return_large_blocks, spare_what_lives_on
from llmstxt_sched.process.serve import HEALTH_CONNECTIONS, App, serve
from llmstxt_sched.process.supervise import Member, Supervisor, stop_on_signals
from llmstxt_sched.process.threads import let_the_loop_in
from llmstxt_sched.process.waiting import wait_for_server
from llmstxt_sched.runtime import Runtime, open_runtime, place_of
from llmstxt_sched.scheduler.loop import SchedulerLoop
from llmstxt_sched.scheduler.retention_loop import RetentionLoop
from llmstxt_sched.scheduler.tick import FULL_EVERY, Tick
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.documents.change_log import ChangeLog
from llmstxt_sched.services.documents.changes import Changes
from llmstxt_sched.services.documents.feeds import Feeds
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.documents.public_projects import Badges
from llmstxt_sched.services.documents.served_check import ServedChecks
from llmstxt_sched.services.documents.site_pages import SitePages
from llmstxt_sched.services.documents.writing.staging import Staging
from llmstxt_sched.services.held_versions import HeldVersions
from llmstxt_sched.services.leases import Leases
from llmstxt_sched.services.maintenance.fire import Fire
from llmstxt_sched.services.maintenance.one_offs import ExpiredOneOffs
from llmstxt_sched.services.maintenance.pings import DuePings
from llmstxt_sched.services.maintenance.purge import Purge
from llmstxt_sched.services.maintenance.reconcile import Reconcile
from llmstxt_sched.services.maintenance.rescue import Rescue
from llmstxt_sched.services.maintenance.retention import Retention
from llmstxt_sched.services.maintenance.staleness import Staleness
from llmstxt_sched.services.notifications.deliveries import Deliveries
from llmstxt_sched.services.notifications.delivery_log import DeliveryLog
from llmstxt_sched.services.notifications.mail.addresses import MailAddresses
from llmstxt_sched.services.notifications.mail.mails import Mails, pauses_of
from llmstxt_sched.services.notifications.resealing import Resealing
from llmstxt_sched.services.notifications.routing import Routing
from llmstxt_sched.services.notifications.targets import Targets
from llmstxt_sched.services.overview import Overview
from llmstxt_sched.services.people.audit import AuditLog
from llmstxt_sched.services.people.sessions import Sessions
from llmstxt_sched.services.people.sign_in_links import LinkFile, SignInLinks
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
from llmstxt_sched.services.schedules import Schedules
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.worker.deliver import Deliver
from llmstxt_sched.worker.generate import Generate, Outbound
from llmstxt_sched.worker.heartbeat import Heartbeat
from llmstxt_sched.worker.held_runs import HeldRuns
from llmstxt_sched.worker.lookups import Lookups
from llmstxt_sched.worker.pool import Pool
from llmstxt_sched.worker.postponed import Postponed

log = structlog.get_logger(__name__)

# One replica compares every id once in so many ticks.  A little less than FULL_EVERY, since a tick may come early.
FULL_TICKS = FULL_EVERY - 0.5


async def run(settings: Settings, without: frozenset[str] = frozenset()) -> None:
    """Run the service until a signal; parts in `without` are left to other processes that use the same servers.

    Raises StartError, ConfigError, and GaveUp if a member crashes too often.
    """
    check_crash_point()
    return_large_blocks()
    let_the_loop_in()
    stop = asyncio.Event()
    stop_on_signals(stop)
    try:
        async with open_runtime(settings, without, stop) as runtime:
            supervisor = _supervisor(runtime, without, stop)
            await _greet(runtime, stop)
            await runtime.started()
            spare_what_lives_on()
            members = list(supervisor.states)
            log.info("service started", version=version("llmstxt-sched"), url=settings.public_url, members=members)
            await supervisor.run(stop)
    except StartError as error:
        # If the process was told to stop during the start, the failed start is not an error.
        if not stop.is_set():
            raise
        log.info("service stopped before it had started", reason=error.message)
    log.info("service stopped")


def _supervisor(runtime: Runtime, without: frozenset[str], stop: asyncio.Event) -> Supervisor:
    """Build the members of the process.  Those of stage 1 keep running until the others have drained."""
    settings, metrics = runtime.settings, Metrics()
    overview = Overview(runtime.database, runtime.queue, runtime.scheduled, settings.runs.lease_seconds)
    scheduler = SchedulerLoop(_tick(runtime, metrics), settings.scheduler.interval_seconds, metrics)
    supervisor = Supervisor()
    if "scheduler" not in without:
        supervisor.add(Member("scheduler", scheduler.run))
        work = runtime.work_database
        retention = Retention(work, settings.retention, metrics)
        one_offs = ExpiredOneOffs(work, _projects(runtime, work))
        supervisor.add(Member("retention", RetentionLoop(retention, one_offs).run))
    if runtime.outbound:
        for member in _worker(runtime, runtime.outbound, metrics):
            supervisor.add(member)
    if listener := runtime.listeners.api:
        documents = Documents(runtime.database, settings.api.document_memory_bytes)
        api_app = _api(runtime, scheduler, overview, documents, metrics, stop)
        supervisor.add(Member("documents", documents.follow))
        supervisor.add(Member("api", lambda told: serve(api_app, listener, told)))
    for name, watch in runtime.servers.watches.items():
        supervisor.add(Member(name, watch, stage=1))
    vitals = Vitals(
        overview,
        supervisor,
        None if "scheduler" in without else scheduler,
        metrics,
        stop,
        interval_seconds=settings.scheduler.interval_seconds,
        max_waiting_seconds=settings.health.max_waiting_seconds,
        version=version("llmstxt-sched"),
    )
    health_app, listens = health_api(vitals), runtime.listeners.health
    supervisor.add(Member("health", lambda told: serve(health_app, listens, told, HEALTH_CONNECTIONS), stage=1))
    return supervisor


def _tick(runtime: Runtime, metrics: Metrics) -> Tick:
    settings, database, queue, scheduled = runtime.settings, runtime.engine_database, runtime.queue, runtime.scheduled
    jitter = settings.scheduler.jitter_seconds
    return Tick(
        Fire(database, jitter),
        DuePings(database),
        Rescue(database, scheduled, settings.runs, jitter, metrics),
        Reconcile(database, queue, scheduled, FULL_TICKS * settings.scheduler.interval_seconds),
        Staleness(database),
        Purge(database, longest_wait(settings.notify.retries)),
        queue,
        scheduled,
        settings.runs.lease_seconds,
    )


def _worker(runtime: Runtime, outbound: Outbound, metrics: Metrics) -> list[Member]:
    settings, database, queue = runtime.settings, runtime.work_database, runtime.queue
    worker, held = uuid4(), HeldRuns()
    jitter, per_host = settings.scheduler.jitter_seconds, settings.crawl.runs_per_host
    leases = Leases(database, queue, settings.runs, jitter, worker, per_host)
    credentials = SiteCredentials(database, runtime.secrets)
    generate = Generate(
        leases,
        Staging(database),
        database,
        runtime.drafting.draft,
        outbound,
        settings.crawl,
        credentials,
        runtime.right_of_way.give_way,
    )
    postponed = Postponed(leases, runtime.scheduled)
    lookups = Lookups(worker, leases, queue, held, outbound.client.look_up)
    pool = Pool(worker, leases, queue, generate, held, postponed, lookups, settings.crawl.workers, metrics)
    renewals = Leases(runtime.engine_database, queue, settings.runs, jitter, worker, per_host)
    heartbeat = Heartbeat(worker, renewals, queue, held, settings.runs.lease_seconds)
    return [
        Member("worker", pool.run),
        Member("heartbeat", heartbeat.run, stage=1),
        Member("deliveries", _deliver(runtime, metrics).run),
    ]


def _deliver(runtime: Runtime, metrics: Metrics) -> Deliver:
    settings, database = runtime.settings, runtime.work_database
    deliveries = Deliveries(database, runtime.secrets, runtime.senders, settings.notify.retries, metrics)
    steps = [
        Resealing(database, runtime.secrets).reseal,
        Routing(database, settings.public_url).route,
        deliveries.give_up_disabled,
    ]
    if mail := runtime.mail:
        pauses = pauses_of(settings.smtp)
        steps.append(Mails(database, runtime.secrets, mail.sender, pauses, settings.public_url).write)
    return Deliver(deliveries, *steps)


def _api(
    runtime: Runtime,
    scheduler: SchedulerLoop,
    overview: Overview,
    documents: Documents,
    metrics: Metrics,
    stop: asyncio.Event,
) -> App:
    settings, database, queue, scheduled = runtime.settings, runtime.database, runtime.queue, runtime.scheduled
    jitter = settings.scheduler.jitter_seconds
    projects = _projects(runtime, database)
    runs = Runs(database, queue, scheduled, jitter, metrics)
    sender = runtime.mail.sender if runtime.mail else None
    mail_addresses = MailAddresses(database, runtime.secrets, sender, settings.public_url)
    parts = Parts(
        projects=projects,
        runs=runs,
        pings=Pings(database, queue),
        held_versions=HeldVersions(database),
        bulk=Bulk(database, projects, runs),
        run_events=RunEvents(database, queue),
        streams=Streams(stop),
        limits=RateLimits(runtime.counters, settings.limits),
        documents=documents,
        changes=Changes(database),
        badges=Badges(database),
        change_log=ChangeLog(database),
        feeds=Feeds(database, settings.public_url),
        site_pages=SitePages(database, runtime.robots_copies),
        served_checks=ServedChecks(database, runtime.client),
        dry_runs=_dry_runs(runtime),
        exports=Exports(database),
        one_offs=OneOffs(database, projects, documents),
        tokens=runtime.tokens,
        sessions=Sessions(database, runtime.tokens, runtime.passwords, LinkFile(settings.data_dir)),
        users=Users(database, runtime.passwords, settings.public_url),
        audit_log=AuditLog(database),
        targets=Targets(database, runtime.secrets, runtime.gate, mail_addresses),
        mail_addresses=mail_addresses,
        delivery_log=DeliveryLog(database, runtime.secrets, runtime.senders, settings.public_url),
        session_cookie=SessionCookie(settings.public_url),
        overview=overview,
        scheduler=scheduler,
        public_url=settings.public_url,
        min_period_seconds=settings.scheduler.min_period_seconds,
        version=version("llmstxt-sched"),
        sends_mail=sender is not None,
    )
    app = api(parts, settings.api.max_body_bytes, runtime.trusted_proxies, settings.api.public_url)
    return BeforeCrawls(app, runtime.right_of_way)


def _projects(runtime: Runtime, database: Database) -> Projects:
    settings = runtime.settings
    plans = Schedules(runtime.queue, runtime.scheduled, settings.scheduler.jitter_seconds)
    return Projects(database, plans, runtime.gate, settings, runtime.secrets)


def _dry_runs(runtime: Runtime) -> DryRuns:
    return DryRuns(
        runtime.database,
        runtime.client,
        runtime.outbound.parser if runtime.outbound else None,
        runtime.pace,
        runtime.robots_copies,
        SiteCredentials(runtime.database, runtime.secrets),
        runtime.settings.crawl,
    )


async def _greet(runtime: Runtime, stop: asyncio.Event) -> None:
    """Print the URL of the service and, as long as there is no user, a link that makes the first admin.

    Before that the token of the environment is stored, or revoked.  Postgres is waited for as in the rest of the start.
    """
    settings = runtime.settings

    async def prepare() -> str | None:
        await runtime.tokens.prepare(settings.auth.bootstrap_token)
        return await SignInLinks(runtime.database, settings.public_url).first()

    lines = [f"llmstxt-sched is at {settings.public_url}/"]
    # A replica without the API is often given none of its settings, and must not revoke the token of its peers.
    if runtime.listeners.api:
        link = await wait_for_server(f"Postgres{place_of(settings.database_url)}", prepare, stop)
        LinkFile(settings.data_dir).write(link)
        if link:
            lines += ["Open this link to sign in; it works once, within 24 hours:", "", f"    {link}", ""]
    print("\n".join(lines), flush=True)  # noqa: T201  (for the person who started it, not for the log)
