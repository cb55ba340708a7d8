"""Connections to Redis or Valkey."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError

from llmstxt_sched.errors import ConfigError, StartError, Unavailable

RedisClient = Redis | RedisCluster

MIN_VERSION = (6, 2)
# What a cluster hashes in place of the whole key (Redis cluster specification, "Hash tags").
HASH_TAG = re.compile(r"^[^{]*\{[^}]+\}")
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 5.0
# Longer than a worker's look at an empty queue.
NODE_SECONDS = 2.0
# What can be done without: a request is answered within five seconds, and a push that is lost is made up for.
BRIEF_SECONDS = 2.0


@asynccontextmanager
async def answered(until: float | None = None) -> AsyncIterator[None]:
    """Bounds the wait for an answer: to `until` by the loop's clock, else to ANSWER_SECONDS.

    Turns what redis-py raises into `Unavailable`: gone, loading, full, read-only, or a wrong type.  A bound of
    redis-py's own would cost a task for each command.
    """
    try:
        async with asyncio.timeout_at(until or asyncio.get_running_loop().time() + ANSWER_SECONDS):
            yield
    except (RedisError, OSError, TimeoutError) as error:
        raise Unavailable(f"Redis does not answer ({type(error).__name__}: {error})") from error


def brief_deadline() -> float:
    """When whoever can do without an answer gives it up, by the loop's clock."""
    return asyncio.get_running_loop().time() + BRIEF_SECONDS


async def open_redis(url: str, prefix: str, connections: int, *, allow_eviction: bool) -> RedisClient:
    """A client for the server at `url`, or for the cluster that it is of.

    Raises ConfigError and StartError where the server can't be used, `Unavailable` where none answers.
    """
    client = connect(url, connections)
    try:
        info = await check_server(client, prefix, allow_eviction=allow_eviction)
    except BaseException:
        await client.aclose()
        raise
    if not int(info.get("cluster_enabled", 0)):
        return client
    await client.aclose()
    async with answered():
        # The client of a cluster looks for another node only when a node's own bound has passed.
        options = {**_options(connections), "socket_timeout": NODE_SECONDS}
        return await RedisCluster.from_url(url, **options).initialize()


def connect(url: str, connections: int) -> Redis:
    """A client for one server.  Raises ConfigError."""
    try:
        client: Redis = Redis.from_url(url, **_options(connections))
    except ValueError as error:
        raise ConfigError(f"REDIS_URL cannot be used: {error}") from None
    return client


def _options(connections: int) -> dict[str, Any]:
    return {
        "decode_responses": True,
        # A member that somebody else wrote need not be text; so it is read, and can be taken out, all the same.
        "encoding_errors": "surrogateescape",
        # A command is sent once: a BLMOVE that is sent again moves a second job.
        "retry": Retry(NoBackoff(), 0),
        "socket_connect_timeout": CONNECT_SECONDS,
        # See `answered`.
        "socket_timeout": None,
        "max_connections": connections,
        "client_name": "llmstxt-sched",
    }


async def check_server(client: Redis, prefix: str, *, allow_eviction: bool) -> dict[str, Any]:
    """What the server says of itself (INFO).

    Raises StartError for one that can't hold our keys; `Unavailable` where none answers.
    """
    async with answered():
        try:
            info: dict[str, Any] = await client.info()
        except RedisError as error:
            # A wrong password is wrapped by redis-py, a missing one is not.
            if AuthenticationError not in {type(error), type(error.__cause__)}:
                raise
            raise StartError(f"Redis refuses us ({error}): put the password into REDIS_URL") from None
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
