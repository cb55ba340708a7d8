"""One REST API, asked for one target: its answers as data, and what it refuses as a sentence that says what to do."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.notify.message import Answer
from llmstxt_sched.outbound.client import Client, send
from llmstxt_sched.outbound.responses import REDIRECTS, Budget, MiB, Response

# A file of up to 1 MB comes along when only its hash is asked for, and a tree lists all that stands in its folder.
_BUDGET = Budget(wire_bytes=4 * MiB, decoded_bytes=4 * MiB, seconds=20)
_REASON = 300
# GitHub: at least a minute if it does not say how long.
_UNSAID_WAIT = 60.0
_NOT_THE_API = "the target's address is not that of the API"
_LIMITED = re.compile(r"rate limit|abuse detection", re.IGNORECASE)


class Refused(Exception):
    """The API did not do what it was asked; `status` is None without an answer."""

    def __init__(
        self, message: str, status: int | None = None, *, is_final: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.is_final = is_final
        self.retry_after = retry_after


class Overtaken(Refused):
    """Somebody else changed the branch meanwhile; what is there has to be looked at again."""


class Reply(Struct, frozen=True):
    """An answer: its headers by their names in lower case, and its body, read as JSON."""

    status: int
    headers: Mapping[str, str]
    data: Any

    def text(self, *keys: str) -> str:
        """The text below these keys.  Raises Refused if there is none."""
        found = self.data
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        if not isinstance(found, str):
            raise Refused(f"the answer holds no {'.'.join(keys)}: {_NOT_THE_API}")
        return found

    def number(self, key: str) -> int:
        """The number below this key.  Raises Refused if there is none."""
        found = self.data.get(key) if isinstance(self.data, dict) else None
        if not isinstance(found, int):
            raise Refused(f"the answer holds no {key}: {_NOT_THE_API}")
        return found

    def each(self) -> list[Reply]:
        """The items of a list.  Raises Refused if it is none."""
        if not isinstance(self.data, list):
            raise Refused(f"the answer is no list: {_NOT_THE_API}")
        return [Reply(self.status, self.headers, item) for item in self.data]

    @property
    def reason(self) -> str:
        """What the API said of an error, in one line."""
        if not isinstance(self.data, dict):
            return ""
        # GitHub says "Validation Failed", and of what in `errors`; GitLab's message may be lists by field.
        said = [self.data.get("message") or self.data.get("error")]
        errors = self.data.get("errors")
        said += [e.get("message") for e in errors if isinstance(e, dict)] if isinstance(errors, list) else []
        text = ": ".join(one if isinstance(one, str) else msgspec.json.encode(one).decode() for one in said if one)
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_REASON]


class RestApi:
    """The API at `root`, with the headers that carry the token; `status` is that of the last answer."""

    def __init__(self, client: Client, root: str, headers: Mapping[str, str], token: str) -> None:
        self._client = client
        self._root = root.rstrip("/")
        self._headers = headers
        self._token = token
        self.status: int | None = None

    async def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Reply:
        """The answer to one request, whatever its status unless that is one of all APIs.

        Raises Refused for no answer, a redirect, a bad token, a rate limit, or a server's own trouble.
        """
        sent = b"" if body is None else msgspec.json.encode(body)
        headers = {**self._headers, "Content-Type": "application/json"} if sent else dict(self._headers)
        if method == "HEAD":
            # There is no body that could be unpacked.
            headers["Accept-Encoding"] = "identity"
        url = f"{self._root}/{path}"
        try:
            response = await send(self._client, method, url, body=sent, headers=headers, budget=_BUDGET)
        except FetchFailed as failure:
            raise Refused(self._hidden(failure.message)) from None
        self.status = response.status
        reply = Reply(response.status, response.headers, self._read(response))
        _check(response, reply)
        return reply

    def _read(self, response: Response) -> Any:
        if not response.body:
            return None
        try:
            return msgspec.json.decode(self._hidden(response.body.decode()))
        except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
            if response.status >= 400:
                return None
            raise Refused(f"the answer is not JSON: {_NOT_THE_API}", response.status) from None

    def _hidden(self, text: str) -> str:
        return text.replace(self._token, "…") if self._token else text


async def answer_of(api: RestApi, act: Callable[[], Awaitable[str]], seconds: float) -> Answer:
    """Do `act` within so many seconds; what it says, or what it was refused, is the answer."""
    begun = time.monotonic()
    said, refused = "", None
    try:
        async with asyncio.timeout(seconds):
            said = await act()
    except TimeoutError:
        refused = Refused(f"it was not done within {seconds:g} s")
    except Refused as refusal:
        refused = refusal
    milliseconds = round((time.monotonic() - begun) * 1000)
    if refused is None:
        return Answer(api.status, milliseconds, body=said)
    return Answer(
        refused.status,
        milliseconds,
        error=refused.message,
        retry_after=refused.retry_after,
        is_final=refused.is_final,
    )


def _check(response: Response, reply: Reply) -> None:
    status = reply.status
    if status in REDIRECTS:
        message = "the repository was renamed or moved, or the API is elsewhere: enter its new name or address"
        raise Refused(f"{message}; a token follows no redirect", status, is_final=True)
    if status == 401:
        raise Refused(f"the token is not valid (any more): enter a new one ({reply.reason})", status, is_final=True)
    wait = _wait(response, reply)
    if wait is not None:
        raise Refused(f"too many requests for this token: asked again in {wait:.0f} s", status, retry_after=wait)
    if status >= 500:
        message = f"the server is in trouble: HTTP {status} {reply.reason}".rstrip()
        raise Refused(message, status, retry_after=response.retry_after)


def _wait(response: Response, reply: Reply) -> float | None:
    """For how many seconds a rate limit shuts us out, or None if none does."""
    if reply.status not in {403, 429}:
        return None
    if response.retry_after is not None:
        return response.retry_after
    # GitHub, "Exceeding the rate limit": a time, in seconds since 1970; GitLab, "Response headers", the same.
    headers = reply.headers
    remaining = headers.get("x-ratelimit-remaining") or headers.get("ratelimit-remaining", "")
    reset = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset", "")
    if remaining == "0" and reset.isdigit():
        return max(1.0, float(reset[:12]) - time.time())
    return _UNSAID_WAIT if reply.status == 429 or _LIMITED.search(reply.reason) else None
