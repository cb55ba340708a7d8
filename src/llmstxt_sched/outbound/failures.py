"""Tells in our words why there was no answer: errors of aiohttp, of TLS and of sockets become FetchFailed."""

from __future__ import annotations

import contextlib
import os
import ssl
from collections.abc import AsyncIterator

import aiohttp

from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.outbound.dial import NameAbsent, RefusedByGate


class NameNotFound(FetchFailed):
    """The host's name does not exist, or has no address; unlike a name server's silence, this is its answer."""


@contextlib.asynccontextmanager
async def translated_errors(url: Url) -> AsyncIterator[None]:
    """Translate errors of aiohttp and of sockets to FetchFailed, and a refusal by the gate to AddressRefused."""
    try:
        yield
    except TimeoutError:
        raise FetchFailed("timeout", f"{url} did not answer in time") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise _to_fetch_failed(url, error) from None


def _to_fetch_failed(url: Url, error: Exception) -> FetchFailed:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, RefusedByGate):
        return cause.refusal
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        if isinstance(cause, NameAbsent):
            return NameNotFound("dns_error", f"{url}: there is no host of this name")
        return FetchFailed("dns_error", f"{url}: the host's name cannot be found: {_reason(cause)}")
    if isinstance(error, aiohttp.ClientSSLError):
        return FetchFailed("tls_error", f"{url}: no safe connection: {_reason(cause)}")
    if isinstance(error, OSError | aiohttp.ServerDisconnectedError) or _is_broken_off(error):
        return FetchFailed("connect_error", _with_reason(f"{url}: the connection failed or was cut", cause))
    return FetchFailed("protocol_error", _with_reason(f"{url} did not answer in valid HTTP", cause))


def _with_reason(message: str, error: BaseException) -> str:
    # Python has no reason for a connection that ends during a TLS handshake, for one.
    return f"{message}: {reason}" if (reason := _reason(error)) else message


def _is_broken_off(error: BaseException) -> bool:
    # A body that ended early means a lost connection; a wrongly framed one means a faulty server.
    if not isinstance(error, aiohttp.ClientPayloadError):
        return False
    cause = error.__cause__
    return not isinstance(cause, aiohttp.http_exceptions.TransferEncodingError)


def _reason(error: BaseException) -> str:
    """Why, in words.  Python's own messages hold error numbers, lines of source, and each address that was tried."""
    if isinstance(error, ssl.SSLError):
        text = getattr(error, "verify_message", "") or (error.reason or str(error)).replace("_", " ").lower()
    elif isinstance(error, OSError) and error.errno:
        text = os.strerror(error.errno).lower()
    elif isinstance(error, aiohttp.ClientResponseError):
        text = error.message
    else:
        text = str(error)
    return " ".join(text.split())[:200]
