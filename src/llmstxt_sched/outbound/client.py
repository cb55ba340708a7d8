"""The outbound client: the only place that opens connections to strangers.

Each dial asks the gate for the very address that it goes to.  Redirects are followed here by hand, and
every hop passes the gate, then the caller's `admit`.  Bodies are streamed against a budget.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urljoin

import aiohttp
from msgspec import Struct
from yarl import URL

from llmstxt_sched.domain.robots_directives import Directives, read_robots_tag
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, FetchFailed
from llmstxt_sched.outbound import headers as read
from llmstxt_sched.outbound.content_encoding import decoder
from llmstxt_sched.outbound.gate import Gate, GatedResolver, Refusal, dial

MAX_HOPS = 5
FIRST_BYTE_SECONDS = 15
CHUNK_BYTES = 65_536
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MiB = 1024 * 1024

Admit = Callable[[Url], Awaitable[None]]


class Budget(Struct, frozen=True):
    """What one fetch may cost.  `cut` takes what came within the bytes instead of failing with too_large."""

    wire_bytes: int = 5 * MiB
    decoded_bytes: int = 10 * MiB
    seconds: float = 30
    cut: bool = False


class Response(Struct, frozen=True):
    """An answer.  `url` is that of the last hop; `location` is there where the hops ended at a redirect."""

    url: Url
    status: int
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: float | None = None
    directives: Directives = Directives()
    location: str = ""
    body: bytes = b""


class RedirectRefused(AddressRefused):
    """The gate does not let through where a redirect leads; the address that was asked for was fine."""


class Client:
    """A pool of connections behind the gate; made by `open_client`."""

    def __init__(self, gate: Gate, session: aiohttp.ClientSession) -> None:
        self.gate = gate
        self.session = session


@contextlib.asynccontextmanager
async def open_client(gate: Gate, user_agent: str, connections: int = 100) -> AsyncIterator[Client]:
    """The outbound client: no cookies, no proxy from the environment, no cached DNS, TLS verified."""
    connector = aiohttp.TCPConnector(
        resolver=GatedResolver(gate),
        socket_factory=lambda info: dial(gate, info),
        use_dns_cache=False,
        limit=connections,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=FIRST_BYTE_SECONDS),
        headers={"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"},
    ) as session:
        yield Client(gate, session)


async def fetch(
    client: Client,
    url: str,
    *,
    budget: Budget = Budget(),  # noqa: B008 - frozen
    headers: Mapping[str, str] | None = None,
    hops: int = MAX_HOPS,
    admit: Admit | None = None,
    types: frozenset[str] | None = None,
) -> Response:
    """GET `url`, following at most `hops` redirects; with none, a redirect is an answer like another.

    `admit` is awaited before each redirect's target is asked for and raises to stop there.  A body is
    read of 200 only, and only where its media type is one of `types` (None: any; no type at all passes).
    Raises FetchFailed with an outcome of `crawler.model.Outcome` as its code, AddressRefused at the gate.
    """
    start = client.gate.check_url(url)

    async def ask(address: Url) -> Response:
        return await _ask(client, address, budget, headers or {}, types)

    try:
        async with asyncio.timeout(budget.seconds):
            response = await ask(start)
            return await _follow(client.gate, response, hops, admit, ask) if response.location and hops else response
    except TimeoutError:
        raise FetchFailed("timeout", f"{start} did not answer in time") from None


async def _follow(
    gate: Gate, response: Response, hops: int, admit: Admit | None, ask: Callable[[Url], Awaitable[Response]]
) -> Response:
    start = response.url
    seen = {start}
    try:
        for _ in range(hops):
            address = gate.check_url(redirect_target(response.url, response.location))
            if address in seen:
                raise FetchFailed("redirect_loop", f"{start} redirects back to {address}")
            seen.add(address)
            if admit:
                await admit(address)
            response = await ask(address)
            if not response.location:
                return response
    except AddressRefused as refusal:
        raise RedirectRefused(refusal.code, refusal.message) from None
    raise FetchFailed("too_many_redirects", f"{start} redirects more than {hops} times")


def redirect_target(url: Url, location: str) -> str:
    """The absolute URL that `location` on `url` leads to; FetchFailed("bad_redirect") where it may not be
    followed: no address, or from https down to http.
    """
    try:
        target = urljoin(str(url), location.strip())
    except ValueError:
        raise FetchFailed("bad_redirect", f"{url} redirects to what is no address") from None
    if url.scheme == "https" and target.lower().startswith("http:"):
        raise FetchFailed("bad_redirect", f"{url} redirects from https to http")
    return target


async def _ask(
    client: Client, url: Url, budget: Budget, headers: Mapping[str, str], types: frozenset[str] | None
) -> Response:
    target = URL(str(url), encoded=True)
    async with _failures(url), client.session.get(target, headers=headers, allow_redirects=False) as answer:
        response = _read_head(url, answer)
        if response.status in REDIRECTS and not response.location:
            raise FetchFailed("bad_redirect", f"{url} redirects to nowhere")
        if response.status != 200:
            return response
        kind = read.media_type(response.content_type)
        if types is not None and kind and kind not in types:
            raise FetchFailed("unsupported_type", f"{url} is {kind[:80]}, not a page")
        body = await _read_body(answer, budget)
    return Response(
        url, 200, response.content_type, response.etag, response.last_modified, None, response.directives, "", body
    )


def _read_head(url: Url, answer: aiohttp.ClientResponse) -> Response:
    found = answer.headers
    return Response(
        url=url,
        status=answer.status,
        content_type=read.printable(found.get("Content-Type", "")),
        etag=read.printable(found.get("ETag", "")),
        last_modified=read.printable(found.get("Last-Modified", "")),
        retry_after=read.read_retry_after(found.get("Retry-After", ""), datetime.now(UTC)),
        directives=read_robots_tag(found.getall("X-Robots-Tag", ())),
        location=found.get("Location", "") if answer.status in REDIRECTS else "",
    )


async def _read_body(answer: aiohttp.ClientResponse, budget: Budget) -> bytes:
    coding = decoder(",".join(answer.headers.getall("Content-Encoding", ())))
    body = bytearray()
    wire = 0
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        wire += len(chunk)
        # One byte more than the budget is what tells a full body from one that is too large.
        body += coding.feed(chunk, budget.decoded_bytes + 1 - len(body))
        if wire > budget.wire_bytes or len(body) > budget.decoded_bytes:
            if budget.cut:
                return bytes(body[: budget.decoded_bytes])
            raise FetchFailed("too_large", f"the body is larger than {budget.wire_bytes} bytes, or unpacks to more")
    coding.finish()
    return bytes(body)


@contextlib.asynccontextmanager
async def _failures(url: Url) -> AsyncIterator[None]:
    """Turns whatever goes wrong below into FetchFailed with the outcome that it is."""
    try:
        yield
    except TimeoutError:
        raise FetchFailed("timeout", f"{url} did not answer in time") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise _failure(url, error) from None


def _failure(url: Url, error: Exception) -> FetchFailed:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, Refusal):
        return cause.refusal
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchFailed("dns_error", f"{url}: the host's name cannot be found")
    if isinstance(error, aiohttp.ClientSSLError):
        return FetchFailed("tls_error", f"{url}: no safe connection: {_reason(cause)}")
    if isinstance(error, OSError | aiohttp.ServerDisconnectedError) or _was_cut(error):
        return FetchFailed("connect_error", f"{url}: the connection failed or was cut: {_reason(cause)}")
    return FetchFailed("protocol_error", f"{url} did not answer in valid HTTP: {_reason(cause)}")


def _was_cut(error: BaseException) -> bool:
    # A body that ended early is the line's fault, one framed wrongly the server's.
    if not isinstance(error, aiohttp.ClientPayloadError):
        return False
    cause = error.__cause__
    return not isinstance(cause, aiohttp.http_exceptions.TransferEncodingError)


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
