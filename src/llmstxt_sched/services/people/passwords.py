"""Hashes of passwords: argon2id, in threads, a few at once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError

from llmstxt_sched.domain.password import normalise

# RFC 9106, section 4, the second recommended option: 64 MiB and about a tenth of a second each.
HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, salt_len=16, type=Type.ID)
# Bounds the memory and the processors that attempts to sign in can take; more than that wait.
AT_ONCE = 2
# The hash of a random password that was thrown away.  It is verified against where there is none, so that an unknown
# name takes as long as a wrong password; a test compares its parameters with those of HASHER.
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$3oBKYiS56uifSbOu0lqhaA$4DFdlwki0A9Ash+lUfBSREfVY5RfAP4HaxMvUoxgfo4"


class Passwords:
    """Hashes passwords, and compares them with hashes."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")

    async def hash(self, password: str) -> str:
        """The hash to store, with its salt and parameters."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, HASHER.hash, normalise(password))

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Whether the hash is of this password; without a hash it takes as long, and is false."""
        known, given = password_hash or NOBODYS, normalise(password)
        is_right = await asyncio.get_running_loop().run_in_executor(self._threads, _matches, known, given)
        return is_right and password_hash is not None

    def close(self) -> None:
        """End the threads once they have finished what they do."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except VerificationError:
        return False
