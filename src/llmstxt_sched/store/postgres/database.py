"""The connection pool for Postgres, and transactions."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy

from llmstxt_sched.errors import ConfigError, InvalidInput, StartError, Unavailable, said
from llmstxt_sched.store.postgres.statements import Connection

MIN_VERSION = 14
# The API promises an answer (503 if need be) within five seconds, so waiting for a connection must end sooner.
CONNECT_SECONDS = 3.0
ACQUIRE_SECONDS = 3.0
# Longer than any of our statements takes; it keeps a hanging server from blocking a connection forever.
COMMAND_SECONDS = 60.0
# A process that hangs inside a transaction, or is cut off from the network, loses its locks after this time.  For as
# long a statement waits for a lock.
HOLD_SECONDS = 25.0
# As a share of a lease: waiting for a lock that somebody holds must not cost the lease.
HOLD_SHARE = 0.4

# A PgBouncer takes no others.
SERVER_SETTINGS = {"application_name": "llmstxt-sched", "timezone": "UTC"}

AWAY = "Postgres does not answer: try again later"
REFUSES = "Postgres refuses us ({}): mend DATABASE_URL"
TAKES_NO_WRITES = "Postgres takes no writes: try again later"

TLS_FILES = {"sslrootcert", "sslcert", "sslkey", "sslcrl"}
# In the other modes a file that is missing is done without.
NEED_TLS = {"require", "verify-ca", "verify-full"}

SESSION = "SELECT pg_backend_pid()"
# Somebody else may take a shared session in between.
SHARED_TRIES = 5

# How many connections the role may have at all: superusers are bound by none of the first two limits.
CONNECTION_LIMIT = """
SELECT least(
    CASE WHEN rolconnlimit >= 0 AND NOT rolsuper THEN rolconnlimit END,
    CASE WHEN datconnlimit >= 0 AND NOT rolsuper THEN datconnlimit END,
    current_setting('max_connections')::integer
        - CASE WHEN rolsuper THEN 0 ELSE current_setting('superuser_reserved_connections')::integer END
)
FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
"""

# asyncpg raises these when the server goes away, restarts or refuses connections temporarily.
GONE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # Raised when the server closed the connection but asyncpg has not processed the end of the stream yet.
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.exceptions.PostgresSystemError,
    # A deadlock, or a conflict with what a standby replays.
    asyncpg.TransactionRollbackError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.LockNotAvailableError,
    # A newer release has migrated the database meanwhile, so that a statement in a transaction has another result than
    # when it was prepared.  asyncpg forgets all that it has prepared: the next try, or the client's, goes through.
    asyncpg.InvalidCachedStatementError,
    asyncpg.OutdatedSchemaCacheError,
)


@contextmanager
def reported_as_unavailable() -> Iterator[None]:
    """Translate asyncpg's errors: an absent server becomes `Unavailable`, a value it cannot store `InvalidInput`."""
    try:
        yield
    except (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError):
        raise InvalidInput("", "the character U+0000 cannot be stored or looked for") from None
    except asyncpg.ClientConfigurationError as error:
        # A file that the URL names may be gone since the start.
        raise Unavailable(f"DATABASE_URL cannot be used: {' '.join(str(error).split())}", AWAY) from error
    except (asyncpg.DataError, ValueError) as error:
        # Caught before GONE, because some of asyncpg's data errors are also subclasses of its InterfaceError.
        # Without the server's words, which tell of our statements, and may repeat what a client keeps secret.
        raise InvalidInput("", "a value cannot be stored or looked for") from error
    except asyncpg.ReadOnlySQLTransactionError as error:
        message = f"Postgres takes no writes, as a standby does not ({error}): name the primary in DATABASE_URL"
        raise Unavailable(message, TAKES_NO_WRITES) from error
    except asyncpg.InsufficientPrivilegeError as error:
        raise Unavailable(REFUSES.format(error), AWAY) from error
    except GONE as error:
        raise Unavailable(f"Postgres does not answer ({said(error)})", AWAY) from error


@contextmanager
def _reported_as_refused() -> Iterator[None]:
    """Tell the errors at a start that no waiting mends."""
    try:
        yield
    except Unavailable as error:
        if isinstance(error.__cause__, asyncpg.ClientConfigurationError):
            raise ConfigError(error.message) from None
        _refuse_without_tls(error.__cause__)
        raise
    except asyncpg.PostgresError as error:
        raise StartError(REFUSES.format(error)) from None
    except InvalidInput as error:
        raise ConfigError(f"DATABASE_URL cannot be used: {error.__cause__ or error.message}") from None


def _refuse_without_tls(error: BaseException | None) -> None:
    """Raise StartError or ConfigError if the server and DATABASE_URL do not agree on TLS, or its files cannot be read.

    asyncpg has no class for the first error.
    """
    if isinstance(error, ConnectionError) and "rejected SSL upgrade" in str(error):
        raise StartError(
            "DATABASE_URL asks for TLS (sslmode), which this Postgres does not offer: turn on ssl there, or take "
            "sslmode out of the URL"
        ) from None
    if isinstance(error, ssl.SSLCertVerificationError):
        raise StartError(
            f"Postgres' certificate is not trusted ({error.verify_message}): name its authority with sslrootcert in "
            "DATABASE_URL"
        ) from None
    # OpenSSL tells of a certificate's file by the first, and of a key's by the second.
    if isinstance(error, ssl.SSLError) and (error.library == "X509" or "PEM lib" in str(error)):
        names = ", ".join(sorted(TLS_FILES))
        raise ConfigError(f"DATABASE_URL cannot be used: one of {names} holds nothing of its kind ({error})") from None


def _refuse_without_files(url: str) -> None:
    """Raise ConfigError if a file of DATABASE_URL is missing, which asyncpg tells as it tells a missing socket."""
    options = dict(parse_qsl(urlsplit(url).query))
    for name, path in options.items():
        if name in TLS_FILES and options.get("sslmode") in NEED_TLS and not Path(path).exists():
            raise ConfigError(f"DATABASE_URL cannot be used: {name}={path} is not there")


class Database:
    """The connections to Postgres.  Its methods raise `Unavailable` when the server does not answer."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], acquire_seconds: float) -> None:
        self._pool = pool
        self._acquire_seconds = acquire_seconds

    @classmethod
    async def connect(
        cls,
        url: str,
        size: int,
        *,
        beside: int = 0,
        acquire_seconds: float = ACQUIRE_SECONDS,
        hold_seconds: float = HOLD_SECONDS,
        plans_each_time: bool = False,
    ) -> Database:
        """Open a pool of at most `size` connections, for one of which a caller waits up to `acquire_seconds`.

        After `hold_seconds` a transaction that does nothing loses its locks, and one that waits for a lock fails.
        With `plans_each_time` no statement keeps a plan that was made when tables were much smaller.
        Raises `Unavailable` when the server does not answer, StartError or ConfigError when waiting will not help:
        also if it will never allow that many connections, and `beside` them those that this process opens otherwise.
        """
        logging.getLogger("asyncio").addFilter(_is_not_given_up)
        with _reported_as_refused(), reported_as_unavailable():
            _refuse_without_files(url)
            pool = await asyncpg.create_pool(
                url,
                # One connection at the start shows whether the server answers.  The minimum is zero because asyncpg
                # logs a traceback for each failed attempt to refill the pool.
                init_size=1,
                min_size=0,
                max_size=size,
                timeout=CONNECT_SECONDS,
                command_timeout=COMMAND_SECONDS,
                init=partial(_initialise, hold_seconds, "force_custom_plan" if plans_each_time else "DEFAULT"),
                reset=_keep_session,
                server_settings=SERVER_SETTINGS,
            )
        database = cls(pool, acquire_seconds)
        try:
            async with database.connection() as connection:
                await _check_session(url, connection)
                await _check_encoding(connection)
                await _check_limit(connection, size + beside)
        except BaseException:
            pool.terminate()
            raise
        return database

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for statements that need no transaction."""
        with reported_as_unavailable():
            connection = await self._acquire()
            try:
                yield connection
            finally:
                await self._pool.release(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction: committed at the end of the block, rolled back if the block raises."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    async def close(self) -> None:
        """Close all connections; after one second even those that are still in use.

        One that is lost meanwhile is closed as well.
        """
        try:
            await asyncio.wait_for(self._pool.close(), 1)
        except GONE:
            self._pool.terminate()

    async def _acquire(self) -> PoolConnectionProxy[asyncpg.Record]:
        try:
            return await self._pool.acquire(timeout=self._acquire_seconds)
        except GONE:
            raise
        except asyncpg.PostgresError as error:
            # It let us in at the start.  Whatever has changed since, such as the password, is to be mended there, and
            # no error of who asks.
            raise Unavailable(REFUSES.format(error), AWAY) from error


def _is_not_given_up(record: logging.LogRecord) -> bool:
    # asyncpg 0.32 keeps whether the server takes TLS in a future, at which nobody looks once the attempt to connect is
    # cancelled, as where the process stops; the end of that connection is no error of anybody's.
    is_unseen = record.getMessage().startswith("Future exception was never retrieved")
    return not (is_unseen and record.exc_info and isinstance(record.exc_info[1], OSError))


async def server_version(connection: Connection) -> int:
    """The server's major version."""
    return int(await connection.fetchval("SHOW server_version_num")) // 10_000


async def _check_session(url: str, connection: Connection) -> None:
    """Raise StartError if a pooler runs each transaction in another session: what we prepare and set would be lost."""
    # A pooler in front of Postgres tells another process id than the session's own.
    if await connection.fetchval(SESSION) == connection.get_server_pid():
        return
    # Outside the pool, which may hold no more than the one connection.
    other = await asyncpg.connect(
        url, timeout=CONNECT_SECONDS, command_timeout=CONNECT_SECONDS, server_settings=SERVER_SETTINGS
    )
    try:
        # An idle connection keeps its session, unless these are shared.
        for _ in range(SHARED_TRIES):
            if await connection.fetchval(SESSION) == await other.fetchval(SESSION):
                raise StartError(
                    "DATABASE_URL leads to a pooler (PgBouncer) that shares sessions between transactions, and this "
                    "service prepares statements: set pool_mode = session for this database, or name Postgres itself"
                )
    finally:
        other.terminate()


async def _check_encoding(connection: Connection) -> None:
    encoding = await connection.fetchval("SHOW server_encoding")
    if encoding != "UTF8":
        raise StartError(
            f"the database is encoded as {encoding}, which cannot hold every page: make one with ENCODING 'UTF8' "
            "TEMPLATE template0, and name it in DATABASE_URL"
        )


async def _check_limit(connection: Connection, size: int) -> None:
    limit = await connection.fetchval(CONNECTION_LIMIT)
    if size > limit:
        raise StartError(
            f"Postgres allows {limit} connections, and this process may need {size}: raise the limit (of the "
            "role, of the database, or max_connections)"
        )


async def now(connection: Connection) -> datetime:
    """The current time according to Postgres; only its clock decides what is due."""
    at: datetime = await connection.fetchval("SELECT clock_timestamp()")
    return at


async def _keep_session(_: Connection) -> None:
    """Do nothing: our statements leave no state in a session, so asyncpg's reset would be a wasted round trip."""


async def _initialise(hold_seconds: float, plan_mode: str, connection: Connection) -> None:
    hold = f"'{hold_seconds * 1000:.0f}ms'"
    # JIT compilation takes longer than any of our statements runs, yet the planner's cost estimate for the tick's
    # statements is high enough to trigger it on every page.  An operator's default may be another isolation, in which a
    # statement behind a lock would not see what was committed meanwhile.
    await connection.execute(
        f"SET idle_in_transaction_session_timeout = {hold}; SET lock_timeout = {hold}; SET jit = off; "
        f"SET plan_cache_mode = {plan_mode}; SET default_transaction_isolation = 'read committed'"
    )
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        # The binary format of jsonb is a version byte followed by the JSON text.
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda data: _decode_json(data),
    )


def _decode_json(data: bytes) -> Any:
    return msgspec.json.decode(memoryview(data)[1:])
