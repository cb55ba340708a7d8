"""The pool of connections to Postgres, and transactions on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from llmstxt_sched.errors import ConfigError, InvalidInput, StartError, Unavailable
from llmstxt_sched.store.statements import Connection

MIN_VERSION = 14
# An API answers 503 within five seconds; a connection or a place in the pool is given up before that.
CONNECT_SECONDS = 3.0
ACQUIRE_SECONDS = 3.0
# Longer than any statement of ours takes; a server that hangs must not hold a connection for good.
COMMAND_SECONDS = 60.0
# A process that stands still in a transaction, or that the network has cut off, must not keep its locks.
IDLE_SECONDS = 60

# What asyncpg raises when the server goes away, restarts or refuses for now.
GONE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # The server has ended the connection, and asyncpg has seen its last words but not yet the end.
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.exceptions.PostgresSystemError,
    asyncpg.DeadlockDetectedError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)


@contextmanager
def reported_as_unavailable() -> Iterator[None]:
    """Turns what asyncpg raises for an absent server into `Unavailable`, for a NUL in a text into `InvalidInput`."""
    try:
        yield
    except (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError):
        raise InvalidInput("", "the character U+0000 cannot be stored or looked for") from None
    except (asyncpg.DataError, ValueError) as error:
        # Of asyncpg's own errors for it some count as one of the connection as well.
        raise InvalidInput("", f"a value cannot be stored or looked for: {error}") from None
    except GONE as error:
        raise Unavailable(f"Postgres does not answer ({type(error).__name__}: {error})") from error


@contextmanager
def _reported_as_refused() -> Iterator[None]:
    try:
        yield
    except asyncpg.PostgresError as error:
        raise StartError(f"Postgres refuses us ({error}): mend DATABASE_URL") from None
    except InvalidInput as error:
        raise ConfigError(f"DATABASE_URL cannot be used: {error.message}") from None


class Database:
    """Connections to Postgres.  Raises `Unavailable` where the server does not answer."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        self._pool = pool

    @classmethod
    async def connect(cls, url: str, size: int) -> Database:
        """A pool of at most `size` connections; raises `Unavailable`, and StartError for what waiting won't mend."""
        with _reported_as_refused(), reported_as_unavailable():
            pool = await asyncpg.create_pool(
                url,
                # One to see whether the server answers.  None are kept open: asyncpg would log a traceback for
                # each of its tries to open them again.
                init_size=1,
                min_size=0,
                max_size=size,
                timeout=CONNECT_SECONDS,
                command_timeout=COMMAND_SECONDS,
                init=_initialise,
                reset=_leave,
                server_settings={
                    "application_name": "llmstxt-sched",
                    "timezone": "UTC",
                    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
                    # Compiling a statement takes longer than any of ours runs, and the tick's are costly enough to the
                    # planner that a server with a compiler would do it for each page.
                    "jit": "off",
                },
            )
        return cls(pool)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for statements that need no transaction."""
        with reported_as_unavailable():
            async with self._pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
                yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction, committed at the end of the block and rolled back where that raises."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    async def close(self) -> None:
        """Close every connection, those in use as well once a second has passed."""
        try:
            await asyncio.wait_for(self._pool.close(), 1)
        except TimeoutError:
            self._pool.terminate()


async def server_version(connection: Connection) -> int:
    """The server's major version."""
    return int(await connection.fetchval("SHOW server_version_num")) // 10_000


async def now(connection: Connection) -> datetime:
    """The time by Postgres, whose clock alone decides what is due."""
    at: datetime = await connection.fetchval("SELECT clock_timestamp()")
    return at


async def _leave(_: Connection) -> None:
    """Nothing: no statement of ours leaves anything in a session, and asyncpg's reset is one more round trip."""


async def _initialise(connection: Connection) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        # The binary form of jsonb is one byte of version before the text.
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda data: _decode_json(data),
    )


def _decode_json(data: bytes) -> Any:
    return msgspec.json.decode(memoryview(data)[1:])
