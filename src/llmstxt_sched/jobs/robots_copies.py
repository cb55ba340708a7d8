"""Copies of robots.txt, kept for all workers and replicas."""

from __future__ import annotations

import zlib

import msgspec

from llmstxt_sched.domain.robots_copy import MAX_AGE_SECONDS, RobotsCopy
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import RedisClient, answered, brief_deadline
from llmstxt_sched.jobs.keys import Keys

# Compressed.  Most need less than a kilobyte; a site whose copy is larger is asked for its robots.txt each time.
MAX_BYTES = 32 * 1024
# A copy holds the first 500 KiB of a robots.txt, and little else.
_MAX_UNPACKED = 1024 * 1024


class RedisRobotsCopies:
    """Copies in Redis, each under a key that expires; while Redis does not answer, there are none."""

    def __init__(self, redis: RedisClient, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys

    async def get(self, origin: str) -> RobotsCopy | None:
        """The copy for `origin`; None if there is none, it is too old, or it cannot be read."""
        try:
            async with answered(brief_deadline()):
                kept = await self._redis.get(self._keys.robots(origin))
        except Unavailable:
            return None
        # The client decodes all answers, with an escape for each byte that is not UTF-8.
        return _unpacked(kept.encode("utf-8", "surrogateescape")) if isinstance(kept, str) else None

    async def put(self, origin: str, copy: RobotsCopy) -> None:
        """Keep `copy` from now on for MAX_AGE_SECONDS, in place of the one before."""
        key, packed = self._keys.robots(origin), zlib.compress(msgspec.msgpack.encode(copy))
        try:
            async with answered(brief_deadline()):
                if len(packed) > MAX_BYTES:
                    await self._redis.delete(key)
                else:
                    await self._redis.set(key, packed, ex=MAX_AGE_SECONDS)
        except Unavailable:
            return


def _unpacked(packed: bytes) -> RobotsCopy | None:
    try:
        data = zlib.decompressobj().decompress(packed, _MAX_UNPACKED)
        return msgspec.msgpack.decode(data, type=RobotsCopy)
    except (zlib.error, msgspec.DecodeError):
        return None
