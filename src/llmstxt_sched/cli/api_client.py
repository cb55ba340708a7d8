"""Asks a running service over HTTP, for commands that do what its API does.

Not by way of the gate: it asks what the operator names, often on this machine, and nothing that a site says.  A
contract keeps it from all other modules.
"""

from __future__ import annotations

import json
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote, urlencode

from llmstxt_sched.config import Settings, variable
from llmstxt_sched.errors import LlmstxtError, StartError, Unavailable, said

# Longer than an answer to `?wait=` takes, and than a large import.
TIMEOUT_SECONDS = 120.0
LONGEST_WAIT = 60
PIECE_BYTES = 262_144
# Too many requests, or a server behind it is away.
LATER = (429, 503)
# How long a service that is started anew may take, and how often it is asked meanwhile.
PATIENCE_SECONDS, PAUSE_SECONDS = 300.0, 2.0


class Later(LlmstxtError):
    """The service wants to be asked again, in so many seconds at the earliest."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token would go along to wherever it leads."""

    def redirect_request(self, *_: Any) -> None:
        """Follow none."""


_OPENER = urllib.request.build_opener(_Stay)


class ApiClient:
    """Calls of one service, with one token."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.client.url.rstrip("/") or settings.public_url
        self._token = settings.client.token or settings.auth.bootstrap_token
        if not self._token:
            raise StartError(f"set {variable('client', 'token')}: `llmstxt-sched token create NAME` makes a token")
        # A call holds the event loop, which would hear of Ctrl-C after it: up to a minute later.
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def json(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """The answer to a call.  Raises `Unavailable` and LlmstxtError."""
        sent = None if body is None else json.dumps(body).encode()
        with self._ask(method, path, sent, "application/json", query) as answer:
            return json.load(answer)

    def json_at_last(self, path: str, **query: Any) -> Any:
        """The answer to a GET, also of a service that does not answer for a while, as one that is started anew.

        Raises `Later`, `Unavailable` and LlmstxtError.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.json("GET", path, **query)
            except (Later, Unavailable) as error:
                # A proxy in between may name any time, none or a day.
                wanted = error.seconds if isinstance(error, Later) else 0.0
                pause = max(PAUSE_SECONDS, min(wanted, LONGEST_WAIT))
                if time.monotonic() + pause > deadline:
                    raise
                time.sleep(pause)

    def send(self, path: str, body: bytes, kind: str) -> Any:
        """The answer to a POST of another body than JSON.  Raises `Unavailable` and LlmstxtError."""
        with self._ask("POST", path, body, kind, {}) as answer:
            return json.load(answer)

    def pieces(self, path: str, **query: Any) -> Iterator[bytes]:
        """The body of an answer too large for the memory, in pieces.  Raises `Unavailable` and LlmstxtError."""
        with self._ask("GET", path, None, "", query) as answer:
            while piece := answer.read(PIECE_BYTES):
                yield piece

    def items(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """All items of a list, page by page.  Raises `Unavailable` and LlmstxtError."""
        cursor: str | None = None
        while True:
            page = self.json("GET", path, **query, limit=200, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    @contextmanager
    def _ask(
        self, method: str, path: str, body: bytes | None, kind: str, query: dict[str, Any]
    ) -> Iterator[HTTPResponse]:
        """The answer, for a block that reads it."""
        given = urlencode({name: value for name, value in query.items() if value is not None})
        headers = {"Authorization": f"Bearer {self._token}"} | ({"Content-Type": kind} if body is not None else {})
        url = f"{self._url}{quote(path)}{'?' if given else ''}{given}"
        try:
            # The settings take no address but http and https.
            request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310
            with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as answer:
                yield answer
        except urllib.error.HTTPError as error:
            after = error.headers.get("Retry-After", "")
            if error.code in LATER:
                raise Later(self._detail(error), float(after) if after.isdecimal() else PAUSE_SECONDS) from None
            raise LlmstxtError(self._detail(error)) from None
        except (OSError, HTTPException) as error:
            # urllib wraps what the system says.
            cause = getattr(error, "reason", error)
            reason = getattr(cause, "strerror", None) or (said(cause) if isinstance(cause, Exception) else cause)
            raise Unavailable(f"no service answers at {self._url}: {reason}") from None
        except ValueError:
            name = variable("client", "url")
            raise StartError(f"what answers at {self._url} is another service: set {name} to this one's") from None

    def _detail(self, error: urllib.error.HTTPError) -> str:
        """What the service says; a proxy or another service says it in no words that it would use."""
        try:
            return str(json.load(error)["detail"])
        except (ValueError, KeyError, TypeError):
            name = variable("client", "url")
            return f"{self._url} answered {error.code} {error.reason}: see that {name} is the service's address"
