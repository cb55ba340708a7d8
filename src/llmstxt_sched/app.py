"""The composition root: every part of the service is built here and passed to the parts that need it.

Only the command line imports this module.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from importlib.metadata import version
from socket import socket
from uuid import uuid4

import structlog
from msgspec import Struct

from llmstxt_sched.api.middleware.client_address import trusted_networks
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.operation.health import Vitals, health_api
from llmstxt_sched.api.routes import Parts, api
from llmstxt_sched.api.streams import Streams
from llmstxt_sched.config import Settings
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.embedded import Servers, embedded
from llmstxt_sched.errors import StartError
from llmstxt_sched.jobs.connection import RedisClient, open_redis
from llmstxt_sched.jobs.host_pace import RedisPace
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.rate_limits import RateCounters
from llmstxt_sched.jobs.robots_copies import RedisRobotsCopies
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.jobs.scripts import Scripts
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.notify.mail.smtp import SmtpServer
from llmstxt_sched.notify.message import Sender
from llmstxt_sched.notify.senders import senders
from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.dial import read_nameservers
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.headers import user_agent
from llmstxt_sched.outbound.networks import IpNetwork
from llmstxt_sched.outbound.own_ports import own_ports
from llmstxt_sched.process.crash_points import check_crash_point
from llmstxt_sched.process.garbage import spare_what_lives_on
from llmstxt_sched.process.serve import App, bind, serve
from llmstxt_sched.process.supervise import Member, Supervisor, stop_on_signals
from llmstxt_sched.process.waiting import wait_for_server
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
from llmstxt_sched.services.documents.writing.drafting import Drafting
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
from llmstxt_sched.services.notifications.mail_addresses import MailAddresses
from llmstxt_sched.services.notifications.mails import Mails, pauses_of
from llmstxt_sched.services.notifications.publishing import git_senders
from llmstxt_sched.services.notifications.resealing import Resealing
from llmstxt_sched.services.notifications.routing import Routing
from llmstxt_sched.services.notifications.targets import Targets
from llmstxt_sched.services.overview import Overview
from llmstxt_sched.services.people.audit import AuditLog
from llmstxt_sched.services.people.passwords import Passwords
from llmstxt_sched.services.people.sessions import Sessions
from llmstxt_sched.services.people.sign_in_links import LinkFile, SignInLinks
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
from llmstxt_sched.services.schedules import Schedules
from llmstxt_sched.services.secrets import Secrets, secrets_of
from llmstxt_sched.store.postgres.database import ACQUIRE_SECONDS, HOLD_SECONDS, HOLD_SHARE, Database
from llmstxt_sched.store.postgres.migrations import migrate
from llmstxt_sched.worker.deliver import AT_ONCE, Deliver
from llmstxt_sched.worker.generate import Generate, Outbound
from llmstxt_sched.worker.heartbeat import Heartbeat
from llmstxt_sched.worker.held_runs import HeldRuns
from llmstxt_sched.worker.pool import Pool
from llmstxt_sched.worker.postponed import Postponed

log = structlog.get_logger(__name__)

# Connections of Postgres for requests, and for all workers together: a crawl needs one now and then.
REQUEST_CONNECTIONS = 10
WORK_CONNECTIONS = 12
# Of their own for the tick and the heartbeat, which must not wait for those that requests and workers hold.
ENGINE_CONNECTIONS = 4
# A worker waits in turn for a connection, where a request must soon have an answer.
WORK_ACQUIRE_SECONDS = 30.0
REDIS_CONNECTIONS = 64
# Of these ticks one replica compares every id.  A little less than its tenth, which may come a little early.
FULL_TICKS = FULL_EVERY - 0.5


class Listeners(Struct, frozen=True):
    """Both sockets.  They are bound before anything else is started, so that a port in use is noticed at once."""

    api: socket | None
    health: socket


class Runtime(Struct, frozen=True):
    """The objects that live as long as the process and are shared by its members.

    `database` is for requests, `work_database` for runs, `engine_database` for the tick and the heartbeat.
    """

    settings: Settings
    listeners: Listeners
    servers: Servers
    database: Database
    work_database: Database
    engine_database: Database
    queue: Queue
    scheduled: ScheduledJobs
    counters: RateCounters
    gate: Gate
    trusted_proxies: tuple[IpNetwork, ...]
    client: Client
    mail: SmtpServer | None
    senders: Mapping[TargetKind, Sender]
    pace: RedisPace
    robots_copies: RedisRobotsCopies
    outbound: Outbound | None
    drafting: Drafting
    tokens: Tokens
    passwords: Passwords
    secrets: Secrets


async def run(settings: Settings, without: frozenset[str] = frozenset()) -> None:
    """Run the service until a signal; parts in `without` are left to other processes that use the same servers.

    Raises StartError, ConfigError, and GaveUp if a member crashes too often.
    """
    check_crash_point()
    stop = asyncio.Event()
    stop_on_signals(stop)
    try:
        async with _runtime(settings, without, stop) as runtime:
            supervisor = _supervisor(runtime, without, stop)
            await _greet(runtime)
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


@asynccontextmanager
async def _runtime(settings: Settings, without: frozenset[str], stop: asyncio.Event) -> AsyncIterator[Runtime]:
    async with AsyncExitStack() as stack:
        listeners = _listeners(settings, without, stack)
        gate = Gate(settings.egress.allow, own_ports(settings))
        nameservers = read_nameservers(settings.egress.nameservers)
        trusted_proxies = trusted_networks(settings.api.trusted_proxies)
        servers = await _servers(settings, stack)
        secrets = secrets_of(settings)
        mail = SmtpServer(settings.smtp) if settings.smtp.host else None
        database_url = settings.database_url or servers.database_url
        database = await _database(database_url, settings, stack, stop)
        work_database, engine_database = await _pools(database_url, settings, stack, stop)
        keys = Keys(settings.redis_key_prefix)
        redis = await wait_for_server("Redis", lambda: _redis(settings, servers, keys), stop)
        stack.push_async_callback(redis.aclose)
        scripts = Scripts(redis)
        pace, robots_copies = RedisPace(scripts, keys), RedisRobotsCopies(redis, keys)
        agent = user_agent(version("llmstxt-sched"), settings.api.public_url)
        client = await stack.enter_async_context(open_client(gate, agent, nameservers))
        # Of its own, so that receivers that hang take no connections from crawls.
        notifier = await stack.enter_async_context(open_client(gate, agent, nameservers, AT_ONCE, reuses=False))
        passwords = Passwords()
        stack.callback(passwords.close)
        yield Runtime(
            settings=settings,
            listeners=listeners,
            servers=servers,
            database=database,
            work_database=work_database,
            engine_database=engine_database,
            queue=Queue(redis, keys, scripts),
            scheduled=ScheduledJobs(redis, keys, scripts),
            counters=RateCounters(scripts, keys),
            gate=gate,
            trusted_proxies=trusted_proxies,
            client=client,
            mail=mail,
            senders=senders(notifier, mail) | git_senders(notifier, Documents(work_database)),
            pace=pace,
            robots_copies=robots_copies,
            outbound=None if "worker" in without else await _outbound(settings, client, pace, robots_copies, stack),
            drafting=await stack.enter_async_context(Drafting(database_url)),
            tokens=Tokens(database),
            passwords=passwords,
            secrets=secrets,
        )


def _listeners(settings: Settings, without: frozenset[str], stack: AsyncExitStack) -> Listeners:
    def listen(host: str, port: int, group: str) -> socket:
        return stack.enter_context(closing(bind(host, port, group)))

    return Listeners(
        None if "api" in without else listen(settings.api.host, settings.api.port, "api"),
        listen(settings.health.host, settings.health.port, "health"),
    )


async def _servers(settings: Settings, stack: AsyncExitStack) -> Servers:
    needs_postgres, needs_valkey = not settings.database_url, not settings.redis_url
    if not needs_postgres and not needs_valkey:
        return Servers("", "", {})
    servers = embedded(settings.data_dir, settings.data.user, postgres=needs_postgres, valkey=needs_valkey)
    return await stack.enter_async_context(servers)


async def _outbound(
    settings: Settings, client: Client, pace: RedisPace, robots_copies: RedisRobotsCopies, stack: AsyncExitStack
) -> Outbound:
    parser = await stack.enter_async_context(ParserPool(settings.crawl.parsers))
    return Outbound(client, parser, pace, robots_copies)


async def _redis(settings: Settings, servers: Servers, keys: Keys) -> RedisClient:
    return await open_redis(
        settings.redis_url or servers.redis_url,
        keys.prefix,
        settings.crawl.workers + REDIS_CONNECTIONS,
        allow_eviction=settings.redis.allow_eviction,
    )


async def _database(url: str, settings: Settings, stack: AsyncExitStack, stop: asyncio.Event) -> Database:
    database = await wait_for_server("Postgres", lambda: _migrated(url, settings), stop)
    stack.push_async_callback(database.close)
    return database


async def _pools(url: str, settings: Settings, stack: AsyncExitStack, stop: asyncio.Event) -> tuple[Database, Database]:
    """The connections of the workers, and those of the tick and the heartbeat."""
    hold = _hold_seconds(settings)

    async def open_pool(size: int, acquire_seconds: float) -> Database:
        pool = await wait_for_server(
            "Postgres",
            lambda: Database.connect(url, size, acquire_seconds=acquire_seconds, hold_seconds=hold),
            stop,
        )
        stack.push_async_callback(pool.close)
        return pool

    work = await open_pool(WORK_CONNECTIONS, WORK_ACQUIRE_SECONDS)
    return work, await open_pool(ENGINE_CONNECTIONS, ACQUIRE_SECONDS)


def _hold_seconds(settings: Settings) -> float:
    return min(HOLD_SECONDS, HOLD_SHARE * settings.runs.lease_seconds)


async def _migrated(url: str, settings: Settings) -> Database:
    """Connect and migrate.  Both in one attempt, because the server may go away during the migration as well."""
    # The one is that by which a version is drafted.
    beside = WORK_CONNECTIONS + ENGINE_CONNECTIONS + 1
    database = await Database.connect(url, REQUEST_CONNECTIONS, beside=beside, hold_seconds=_hold_seconds(settings))
    try:
        async with database.connection() as connection:
            applied = await migrate(connection)
    except BaseException:
        await database.close()
        raise
    if applied:
        log.info("database migrated", migrations=applied)
    return database


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
    health_app = health_api(vitals)
    supervisor.add(Member("health", lambda told: serve(health_app, runtime.listeners.health, told), stage=1))
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
        Purge(database),
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
        leases, Staging(database), database, runtime.drafting.draft, outbound, settings.crawl, credentials
    )
    postponed = Postponed(leases, runtime.scheduled)
    pool = Pool(worker, leases, queue, generate, held, postponed, settings.crawl.workers, metrics)
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
    )
    return api(parts, settings.api.max_body_bytes, runtime.trusted_proxies, settings.api.public_url)


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


async def _greet(runtime: Runtime) -> None:
    """Print the URL of the service and, as long as there is no user, a link that makes the first admin."""
    settings = runtime.settings
    await runtime.tokens.prepare(settings.auth.bootstrap_token)
    lines = [f"llmstxt-sched is at {settings.public_url}/"]
    if runtime.listeners.api:
        link = await SignInLinks(runtime.database, settings.public_url).first()
        LinkFile(settings.data_dir).write(link)
        if link:
            lines += ["Open this link to sign in; it works once, within 24 hours:", "", f"    {link}", ""]
    print("\n".join(lines), flush=True)  # noqa: T201  (for the person who started it, not for the log)
