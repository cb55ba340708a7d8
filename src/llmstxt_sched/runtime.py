"""What lives as long as the process: sockets, servers, connections, clients, and what is made of them once.

Only `app` imports this module.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from importlib.metadata import version
from socket import socket
from urllib.parse import parse_qsl, urlsplit

import structlog
from msgspec import Struct

from llmstxt_sched.api.middleware.client_address import trusted_networks
from llmstxt_sched.api.operation.health import api_at_start
from llmstxt_sched.config import Settings
from llmstxt_sched.crawler.host_pace import longest_wait
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.embedded import Servers, embedded
from llmstxt_sched.errors import WrongSettings
from llmstxt_sched.jobs.connection import RedisClient, open_redis
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.rate_limits import RateCounters
from llmstxt_sched.jobs.redis_pace import RedisPace
from llmstxt_sched.jobs.redis_url import check_url
from llmstxt_sched.jobs.robots_copies import RedisRobotsCopies
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.jobs.scripts import Scripts
from llmstxt_sched.notify.mail.from_address import sender_of
from llmstxt_sched.notify.mail.smtp import SmtpServer
from llmstxt_sched.notify.message import Sender
from llmstxt_sched.notify.senders import senders
from llmstxt_sched.outbound.allow_list import read_allowed
from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.dial import read_nameservers
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.headers import user_agent
from llmstxt_sched.outbound.networks import IpNetwork
from llmstxt_sched.outbound.own_ports import own_ports
from llmstxt_sched.process.right_of_way import RightOfWay
from llmstxt_sched.process.serve import bind, serve
from llmstxt_sched.process.waiting import unless_stopped, wait_for_server
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.documents.writing.drafting import Drafting
from llmstxt_sched.services.notifications.publishing import git_senders
from llmstxt_sched.services.people.passwords import Passwords
from llmstxt_sched.services.people.tokens import Tokens
from llmstxt_sched.services.secrets import Secrets, check_keys, secrets_of
from llmstxt_sched.store.postgres.database import ACQUIRE_SECONDS, HOLD_SECONDS, HOLD_SHARE, Database
from llmstxt_sched.store.postgres.migrations import migrate
from llmstxt_sched.worker.deliver import AT_ONCE
from llmstxt_sched.worker.generate import Outbound

log = structlog.get_logger(__name__)

# Connections of Postgres for requests, and for all workers together: a crawl needs one now and then.
REQUEST_CONNECTIONS = 10
WORK_CONNECTIONS = 12
# The tick and the heartbeat have connections of their own: they must not wait for those that requests and workers hold.
ENGINE_CONNECTIONS = 4
# A worker waits in turn for a connection, where a request must soon have an answer.
WORK_ACQUIRE_SECONDS = 30.0
REDIS_CONNECTIONS = 64


class Listeners(Struct, frozen=True):
    """Both sockets.  They are bound before anything else is started, so that a port in use is noticed at once."""

    api: socket | None
    health: socket


class Runtime(Struct, frozen=True):
    """The objects that live as long as the process and are shared by its members.

    `database` is for requests, `work_database` for runs, `engine_database` for the tick and the heartbeat.
    `started` is called once the members can run: until then the health listener tells that the process is alive.
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
    right_of_way: RightOfWay
    tokens: Tokens
    passwords: Passwords
    secrets: Secrets
    started: Callable[[], Awaitable[None]]


def check_settings(settings: Settings, wrong: WrongSettings) -> None:
    """Note what is wrong with those settings of which only their users know what they may hold."""
    with wrong:
        read_allowed(settings.egress.allow)
    with wrong:
        read_nameservers(settings.egress.nameservers)
    with wrong:
        trusted_networks(settings.api.trusted_proxies)
    check_keys(settings.secrets, wrong)
    if settings.smtp.host and settings.smtp.sender:
        with wrong:
            sender_of(settings.smtp)
    if settings.redis_url:
        with wrong:
            check_url(settings.redis_url)


@asynccontextmanager
async def open_runtime(settings: Settings, without: frozenset[str], stop: asyncio.Event) -> AsyncIterator[Runtime]:
    """Open what the parts of the process share, and close it after them; `without` and errors as of `app.run`."""
    async with AsyncExitStack() as stack:
        listeners = _listeners(settings, without, stack)
        starting = await stack.enter_async_context(AsyncExitStack())
        await starting.enter_async_context(_answering(listeners.health))
        gate = Gate(settings.egress.allow, own_ports(settings))
        nameservers = read_nameservers(settings.egress.nameservers)
        trusted_proxies = trusted_networks(settings.api.trusted_proxies)
        servers = await _servers(settings, stack, stop)
        secrets = secrets_of(settings)
        mail = SmtpServer(settings.smtp) if settings.smtp.host else None
        database_url = settings.database_url or servers.database_url
        database = await _database(database_url, settings, stack, stop)
        work_database, engine_database = await _pools(database_url, settings, stack, stop)
        keys = Keys(settings.redis_key_prefix)
        name = f"Redis{place_of(settings.redis_url)}"
        redis = await wait_for_server(name, lambda: _redis(settings, servers, keys), stop)
        stack.push_async_callback(redis.aclose)
        scripts = Scripts(redis)
        crawl = settings.crawl
        longest = longest_wait(crawl.runs_per_host, crawl.connections_per_host, crawl.delay_seconds)
        pace, robots_copies = RedisPace(scripts, keys, longest), RedisRobotsCopies(redis, keys)
        agent = user_agent(version("llmstxt-sched"), settings.api.public_url)
        client = await stack.enter_async_context(open_client(gate, agent, nameservers))
        # A client of its own, so that receivers that hang take no connections from crawls.
        notifier = await stack.enter_async_context(open_client(gate, agent, nameservers, AT_ONCE, reuses=False))
        passwords = Passwords()
        stack.callback(passwords.close)
        outbound = None if "worker" in without else await _outbound(settings, client, pace, robots_copies, stack)
        drafting = await stack.enter_async_context(Drafting(database_url))
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
            outbound=outbound,
            drafting=drafting,
            right_of_way=RightOfWay(),
            tokens=Tokens(database),
            passwords=passwords,
            secrets=secrets,
            started=starting.aclose,
        )


def _listeners(settings: Settings, without: frozenset[str], stack: AsyncExitStack) -> Listeners:
    def listen(host: str, port: int, group: str) -> socket:
        return stack.enter_context(closing(bind(host, port, group)))

    return Listeners(
        None if "api" in without else listen(settings.api.host, settings.api.port, "api"),
        listen(settings.health.host, settings.health.port, "health"),
    )


@asynccontextmanager
async def _answering(listener: socket) -> AsyncIterator[None]:
    """Answer on the health listener that the process is alive, while it waits for its servers: they may be long."""
    is_over = asyncio.Event()
    serving = asyncio.create_task(serve(api_at_start(), listener.dup(), is_over))
    try:
        yield
    finally:
        is_over.set()
        await serving


def place_of(url: str) -> str:
    """Where the server of this URL is, without the password; nothing for what the URL does not tell."""
    try:
        parts = urlsplit(url)
    except ValueError:
        # Told by whoever connects.
        return ""
    if "@" in f"{parts.path}{parts.query}{parts.fragment}":
        # A password with a sign that ends the part before it: it would stand where the server should.
        return ""
    place = parts.netloc.rpartition("@")[2] or dict(parse_qsl(parts.query)).get("host", "")
    return f" at {place}" if place else ""


async def _servers(settings: Settings, stack: AsyncExitStack, stop: asyncio.Event) -> Servers:
    needs_postgres, needs_valkey = not settings.database_url, not settings.redis_url
    if not needs_postgres and not needs_valkey:
        return Servers("", "", {})
    servers = embedded(settings.data_dir, settings.data.user, postgres=needs_postgres, valkey=needs_valkey)
    # To make the data of a new Postgres takes a slow disk longer than a stop may take.
    return await unless_stopped("the embedded servers", lambda: stack.enter_async_context(servers), stop)


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
    name = f"Postgres{place_of(settings.database_url)}"
    database = await wait_for_server(name, lambda: _migrated(url, settings), stop)
    stack.push_async_callback(database.close)
    return database


async def _pools(url: str, settings: Settings, stack: AsyncExitStack, stop: asyncio.Event) -> tuple[Database, Database]:
    """The connections of the workers, and those of the tick and the heartbeat."""
    hold = _hold_seconds(settings)

    async def open_pool(size: int, acquire_seconds: float, *, plans_each_time: bool = False) -> Database:
        pool = await wait_for_server(
            f"Postgres{place_of(settings.database_url)}",
            lambda: Database.connect(
                url, size, acquire_seconds=acquire_seconds, hold_seconds=hold, plans_each_time=plans_each_time
            ),
            stop,
        )
        stack.push_async_callback(pool.close)
        return pool

    work = await open_pool(WORK_CONNECTIONS, WORK_ACQUIRE_SECONDS)
    # Between two pages of a tick a table may grow from nothing to thousands of rows: a plan that was kept from before
    # would read all of them for each schedule that is due.
    return work, await open_pool(ENGINE_CONNECTIONS, ACQUIRE_SECONDS, plans_each_time=True)


def _hold_seconds(settings: Settings) -> float:
    return min(HOLD_SECONDS, HOLD_SHARE * settings.runs.lease_seconds)


async def _migrated(url: str, settings: Settings) -> Database:
    """Connect and migrate.  Both in one attempt, because the server may go away during the migration as well."""
    # The one is that by which a version is drafted.
    beside = WORK_CONNECTIONS + ENGINE_CONNECTIONS + 1
    # Filters that are not set fold away when a list is planned, and a tick brings thousands of active runs at once.
    database = await Database.connect(
        url, REQUEST_CONNECTIONS, beside=beside, hold_seconds=_hold_seconds(settings), plans_each_time=True
    )
    try:
        async with database.connection() as connection:
            applied = await migrate(connection)
    except BaseException:
        await database.close()
        raise
    if applied:
        log.info("database migrated", migrations=applied)
    return database
