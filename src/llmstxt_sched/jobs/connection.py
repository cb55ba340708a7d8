"""Connections to Redis or Valkey."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.connection import SSLConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.driver_info import DriverInfo
from redis.exceptions import AuthenticationError, NoPermissionError, ReadOnlyError, RedisError, ResponseError

from llmstxt_sched.errors import StartError, Unavailable, said
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.redis_url import check_url, unusable

RedisClient = Redis | RedisCluster

MIN_VERSION = (6, 2)
# A cluster hashes the part in braces instead of the whole key (Redis cluster specification, "Hash tags").
HASH_TAG = re.compile(r"^[^{]*\{[^}]+\}")
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 5.0
# Must be longer than TAKE_SECONDS, for which a worker's BLMOVE waits on an empty queue.
NODE_SECONDS = 2.0
# For answers that are optional: the API must respond within five seconds, and the next tick makes up for a lost push.
BRIEF_SECONDS = 2.0
AWAY = "Redis does not answer: try again later"
# Empty, or redis-py would read its own version from the disk for each new connection, to tell the server.
DRIVER = DriverInfo()


@asynccontextmanager
async def answered(until: float | None = None) -> AsyncIterator[None]:
    """Limit the wait for answers in this block to `until` (a time of the event loop), or to ANSWER_SECONDS from now.

    Translates what redis-py raises (server gone, loading, full, read-only, or a key of the wrong type) into
    `Unavailable`.  The limit is set here because redis-py's own timeout creates a task for each command.
    """
    try:
        async with asyncio.timeout_at(until or asyncio.get_running_loop().time() + ANSWER_SECONDS):
            yield
    except (RedisError, OSError, TimeoutError) as error:
        raise Unavailable(f"Redis does not answer ({said(error)})", AWAY) from error


def brief_deadline() -> float:
    """The deadline for an optional answer: BRIEF_SECONDS from now, as a time of the event loop."""
    return asyncio.get_running_loop().time() + BRIEF_SECONDS


async def open_redis(url: str, prefix: str, connections: int, *, allow_eviction: bool) -> RedisClient:
    """Open a client for the server at `url`, or for the cluster that this server belongs to.

    Raises ConfigError or StartError if the server cannot be used, `Unavailable` if it does not answer.
    """
    client = connect(url, connections)
    try:
        info = await check_server(client, prefix, allow_eviction=allow_eviction)
        if not int(info.get("cluster_enabled", 0)):
            await check_writes(client, prefix)
            return client
    except BaseException:
        await client.aclose()
        raise
    await client.aclose()
    # A cluster client tries another node only after its own timeout for the first one.
    with _readable():
        cluster = RedisCluster.from_url(url, **{**_options(connections), "socket_timeout": NODE_SECONDS})
    async with answered():
        return await cluster.initialize()


def connect(url: str, connections: int) -> Redis:
    """Create a client for one server, without connecting yet.  Raises ConfigError."""
    check_url(url)
    with _readable():
        client: Redis = Redis.from_url(url, **_options(connections))
        # A connection that is never opened, and its TLS: later, what is wrong with them would pass for a server that is
        # away, and be waited for.
        connection = client.connection_pool.make_connection()  # type: ignore[no-untyped-call]
        if isinstance(connection, SSLConnection):
            connection.ssl_context.get()
    return client


@contextmanager
def _readable() -> Iterator[None]:
    """Translate what redis-py raises for a URL, before it connects, into ConfigError."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise unusable(str(error)) from None
    except (RedisError, OSError) as error:
        # Errors of TLS are among them, which are understood only with their kind.
        raise unusable(said(error)) from None


def _options(connections: int) -> dict[str, Any]:
    return {
        "decode_responses": True,
        # A member written by another program may not be valid UTF-8; it must still be readable, to be removed.
        "encoding_errors": "surrogateescape",
        # No automatic retries: repeating a BLMOVE would move a second job.
        "retry": Retry(NoBackoff(), 0),
        "socket_connect_timeout": CONNECT_SECONDS,
        # `answered` sets the limit instead.
        "socket_timeout": None,
        "max_connections": connections,
        "client_name": "llmstxt-sched",
        "driver_info": DRIVER,
    }


async def check_server(client: Redis, prefix: str, *, allow_eviction: bool) -> dict[str, Any]:
    """Check that the server can hold our keys; returns its answer to INFO.

    Raises StartError if it cannot, `Unavailable` if it does not answer.
    """
    async with answered():
        try:
            info: dict[str, Any] = await client.info()
        except RedisError as error:
            refusal = _refusal(error)
            if refusal is None:
                raise
            raise StartError(refusal) from None
    version = str(info.get("redis_version", "0"))
    if tuple(int(part) for part in version.split(".")[:2]) < MIN_VERSION:
        raise StartError(f"Redis is version {version}; 6.2 or later, or Valkey, is needed: upgrade the server")
    policy = info.get("maxmemory_policy", "noeviction")
    if policy != "noeviction" and not allow_eviction:
        raise StartError(
            f"Redis may throw keys away (maxmemory-policy is {policy}): set it to noeviction, "
            "or start with LLMSTXT_REDIS__ALLOW_EVICTION=true"
        )
    if int(info.get("cluster_enabled", 0)) and not HASH_TAG.search(prefix):
        raise StartError(
            "Redis is a cluster: set REDIS_KEY_PREFIX to one with a hash tag, such as {llmstxt}: "
            "so that all keys are in one slot"
        )
    return info


async def check_writes(client: Redis, prefix: str) -> None:
    """Check that the server lets us write our keys and run scripts; a full memory or disk is waited for later.

    Raises StartError if it does not let us, `Unavailable` if it is a replica, which may become the primary.
    """
    async with answered():
        try:
            await client.set(Keys(prefix).probe, 1, ex=60)
            await client.eval("return 1", 0)
        except ReadOnlyError:
            raise Unavailable("Redis takes no writes, because it is a replica: name the primary in REDIS_URL") from None
        except ResponseError as error:
            refusal = _refusal(error)
            if refusal:
                raise StartError(refusal) from None


def _refusal(error: RedisError) -> str | None:
    """Why the server will not have us, however long we wait; None if it may."""
    # redis-py wraps what comes while it connects in another error.
    kinds = {type(error), type(error.__cause__)}
    if AuthenticationError in kinds:
        return f"Redis refuses us ({error}): put the password into REDIS_URL"
    if NoPermissionError in kinds:
        return f"Redis refuses us ({error}): allow this user all commands on the keys of REDIS_KEY_PREFIX"
    # The words of Redis and Valkey, which have no code of their own.
    if "DB index" in str(error):
        return f"REDIS_URL names a database that is not there ({error}): raise `databases` of Redis, or name another"
    if isinstance(error.__cause__, ssl.SSLCertVerificationError):
        reason = error.__cause__.verify_message
        return f"Redis' certificate is not trusted ({reason}): name its authority with ?ssl_ca_certs= in REDIS_URL"
    return None
