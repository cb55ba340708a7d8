"""The outbound HTTP client: the only module that connects to hosts outside the service.

Before each connection the gate checks the very IP address it goes to.  Redirects are followed here instead of by
aiohttp, so that every hop passes the gate and then the caller's `admit`.  Bodies are read within a budget.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin

import aiohttp
from aiohttp.connector import Connection
from msgspec import Struct
from msgspec.structs import replace
from yarl import URL

from llmstxt_sched.domain import urls
from llmstxt_sched.domain.robots_directives import Directives, read_robots_tag
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, FetchFailed
from llmstxt_sched.outbound import headers as response_headers
from llmstxt_sched.outbound.content_encoding import make_decoder
from llmstxt_sched.outbound.dial import MAX_ADDRESSES, GatedResolver, NameAbsent, RefusedByGate, open_gated_socket
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.origin_headers import OriginHeaders
from llmstxt_sched.outbound.traffic import Traffic

MAX_HOPS = 5
FIRST_BYTE_SECONDS = 15
CHUNK_BYTES = 65_536
# So many parts of a chunked body may be smaller than this on average: one of a byte takes the event loop as long as one
# of kilobytes, and a page of a byte each keeps all others waiting for seconds.
MOST_CHUNKS, LEAST_CHUNK_BYTES = 16_384, 32
# Of one header: policies of content security and cookies outgrow aiohttp's 8 KiB.
HEADER_BYTES = 65_536
FIRST_STATUS = 100
# Interim answers (RFC 9110, section 15.2) before the one that counts: a few hints.
MAX_INTERIM = 20
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MiB = 1024 * 1024

# Raises an error to stop a redirect to the given address from being followed.
Admit = Callable[[Url], Awaitable[None]]


class Budget(Struct, frozen=True):
    """The limits of one fetch: bytes received, bytes after decompression, and seconds over all redirects.

    With `cut`, a body that is too large is cut off instead of failing with too_large.
    """

    wire_bytes: int = 5 * MiB
    decoded_bytes: int = 10 * MiB
    seconds: float = 30
    cut: bool = False


class Response(Struct, frozen=True):
    """An HTTP response.

    `url` is that of the last hop; `location` is set if the last hop is itself a redirect; `retry_after` is in seconds.
    `refresh` is the value of the Refresh header; `varies_by_accept` tells that another Accept may get another body.
    `wire_bytes` is the size of the body before it was unpacked.  `headers` are all of them that are printable, by their
    names in lower case; only `send` sets them.
    """

    url: Url
    status: int
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: float | None = None
    directives: Directives = Directives()
    location: str = ""
    links: tuple[response_headers.Link, ...] = ()
    refresh: str = ""
    varies_by_accept: bool = False
    body: bytes = b""
    wire_bytes: int = 0
    headers: Mapping[str, str] = {}


class _FinalAnswer(aiohttp.ClientResponse):
    """An answer before which few interim ones come.

    aiohttp reads them one after the other without a pause for anybody else's work: an endless row of them, which costs
    a server nothing, held up the event loop for seconds at a time.
    """

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        protocol = connection.protocol
        if protocol is None:
            raise aiohttp.ServerDisconnectedError
        read, left = protocol.read, MAX_INTERIM

        async def read_few() -> tuple[aiohttp.http.RawResponseMessage, aiohttp.StreamReader]:
            nonlocal left
            if left < 0:
                raise aiohttp.ClientError(f"more than {MAX_INTERIM} interim answers came before one that counts")
            left -= 1
            return await read()

        protocol.read = read_few  # type: ignore[method-assign]
        try:
            return await super().start(connection)
        finally:
            del protocol.read


class RedirectRefused(AddressRefused):
    """The gate refuses the target of a redirect; the address originally requested was allowed."""


class NameNotFound(FetchFailed):
    """The host's name does not exist, or has no address; unlike a name server's silence, this is its answer."""


class Client:
    """A gate and a connection pool that obeys it; created by `open_client`.

    `resolver` is that of its connections.  `own` are headers for one origin alone; `traffic` counts the client's
    requests.
    """

    def __init__(
        self,
        gate: Gate,
        session: aiohttp.ClientSession,
        resolver: GatedResolver,
        user_agent: str,
        own: OriginHeaders = OriginHeaders(),  # noqa: B008 - frozen
    ) -> None:
        self.gate = gate
        self.session = session
        self.resolver = resolver
        self.user_agent = user_agent
        self.own = own
        self.traffic = Traffic()

    def for_crawl(self, own: OriginHeaders) -> Client:
        """A client for one crawl, which counts its own requests and sends the headers of its site.

        Gate and connections are shared.
        """
        return Client(self.gate, self.session, self.resolver, self.user_agent, own)

    async def look_up(self, url: str) -> None:
        """Ask for the addresses of the host of `url`, and return when a request for it need not wait for them long.

        The answer may also be that there are none, or that the gate refuses them.
        """
        with contextlib.suppress(AddressRefused, OSError):
            address = self.gate.check_url(url)
            if not address.is_literal:
                await self.resolver.look_up(address.host, address.port)

    def crawling(self, url: str) -> contextlib.AbstractContextManager[None]:
        """To be entered while the site of `url` is crawled: see the resolver's `in_use`."""
        address = urls.try_parse(url)
        return self.resolver.in_use(address.host) if address else contextlib.nullcontext()


@contextlib.asynccontextmanager
async def open_client(
    gate: Gate, user_agent: str, nameservers: Sequence[str] = (), connections: int = 100, *, reuses: bool = True
) -> AsyncIterator[Client]:
    """Open the outbound client: no cookies, no proxy from the environment, no DNS cache, TLS verified.

    `nameservers` are asked for names, as `IP[:port]`; without any, those of the system.  Unless it `reuses`
    connections, each request has one of its own: a server may close an old one at the very moment at which it is used
    again, and a POST is not sent twice for that.
    """
    resolver = GatedResolver(gate, nameservers)
    connector = aiohttp.TCPConnector(
        resolver=resolver,
        socket_factory=lambda info: open_gated_socket(gate, info),
        use_dns_cache=False,
        # After a failure aiohttp drops this many addresses and tries the others again: all, so that each has one try.
        interleave=MAX_ADDRESSES,
        limit=connections,
        force_close=not reuses,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        response_class=_FinalAnswer,
        trust_env=False,
        auto_decompress=False,
        max_field_size=HEADER_BYTES,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=FIRST_BYTE_SECONDS),
        headers={"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"},
    ) as session:
        try:
            yield Client(gate, session, resolver, user_agent)
        finally:
            await resolver.close()


async def fetch(
    client: Client,
    url: str,
    *,
    budget: Budget = Budget(),  # noqa: B008 - frozen
    headers: Mapping[str, str] | None = None,
    hops: int = MAX_HOPS,
    admit: Admit | None = None,
    types: frozenset[str] | None = None,
    is_exact: bool = False,
) -> Response:
    """GET `url`, following at most `hops` redirects; with 0, a redirect is returned as a response.

    With `is_exact`, nothing is left out of `url`; of what redirects lead to, nothing is in any case.
    `admit` is awaited before the target of each redirect is fetched, and may raise to stop there.  A body is read
    only if the status is 200 and the media type is one of `types` (None allows any; a missing type is allowed too).
    Raises FetchFailed with a value of `crawler.model.Outcome` as its code, or AddressRefused if the gate refuses.
    """
    start = client.gate.check_url(url, is_exact=is_exact)

    async def get(address: Url) -> Response:
        return await _get(client, address, budget, headers or {}, types)

    try:
        async with asyncio.timeout(budget.seconds):
            response = await get(start)
            return await _follow(client.gate, response, hops, admit, get) if response.location and hops else response
    except TimeoutError:
        raise FetchFailed("timeout", f"{start} did not answer in time") from None


async def send(
    client: Client,
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    budget: Budget = Budget(),  # noqa: B008 - frozen
    needs_body: bool = True,
) -> Response:
    """Send one request, whatever its method, and read the body of the response whatever its status.

    No redirect is followed: one is returned as a response.  Of the address nothing is left out, as of a page's.  Unless
    it `needs_body`, one that is packed wrongly or as we cannot unpack it counts as empty.  Raises as `fetch` does.
    """
    address = client.gate.check_url(url, is_exact=True)
    client.traffic.requests += 1
    # Megabytes at once would hold up the event loop; a file is sent in pieces.
    data = io.BytesIO(body) if len(body) > CHUNK_BYTES else body or None
    try:
        async with (
            asyncio.timeout(budget.seconds),
            _translated_errors(address),
            client.session.request(
                method,
                URL(str(address), encoded=True),
                data=data,
                headers={**client.own.sent_to(address), **(headers or {})},
                allow_redirects=False,
            ) as http_response,
        ):
            response = _read_head(address, http_response)
            try:
                received, wire_bytes = await _read_body(http_response, budget, client.traffic)
            except FetchFailed:
                if needs_body:
                    raise
                received, wire_bytes = b"", 0
            every = {name.lower(): response_headers.printable(value) for name, value in http_response.headers.items()}
    except TimeoutError:
        raise FetchFailed("timeout", f"{address} did not answer in time") from None
    return replace(response, body=received, wire_bytes=wire_bytes, headers=every)


async def _follow(
    gate: Gate, response: Response, hops: int, admit: Admit | None, get: Callable[[Url], Awaitable[Response]]
) -> Response:
    start = response.url
    seen = {start}
    try:
        for _ in range(hops):
            address = gate.check_url(redirect_target(response.url, response.location), is_exact=True)
            if address in seen:
                raise FetchFailed("redirect_loop", f"{start} redirects back to {address}")
            seen.add(address)
            if admit:
                await admit(address)
            response = await get(address)
            if not response.location:
                return response
    except AddressRefused as refusal:
        raise _refused_redirect(response.url, refusal) from None
    raise FetchFailed("too_many_redirects", f"{start} redirects more than {hops} times")


def redirected_to(gate: Gate, url: Url, location: str) -> Url:
    """Where the Location header `location` in the response of `url` leads, without what identifies a visitor.

    Raises RedirectRefused, and FetchFailed as `redirect_target` does.
    """
    try:
        return gate.check_url(redirect_target(url, location))
    except AddressRefused as refusal:
        raise _refused_redirect(url, refusal) from None


def _refused_redirect(url: Url, refusal: AddressRefused) -> RedirectRefused:
    return RedirectRefused(refusal.code, f"{url} redirects to where this service does not go: {refusal.message}")


def redirect_target(url: Url, location: str) -> str:
    """The absolute URL of the Location header `location` in the response of `url`.

    Raises FetchFailed("bad_redirect") if it is not a URL, or leads from https to http.
    """
    try:
        # Bytes that are no UTF-8 mean themselves, as they do to browsers.
        target = urljoin(str(url), urls.escape_undecoded(location).strip())
    except ValueError:
        raise FetchFailed("bad_redirect", f"{url} redirects to what is no address") from None
    if url.scheme == "https" and target.lower().startswith("http:"):
        raise FetchFailed("bad_redirect", f"{url} redirects from https to http")
    return target


async def _get(
    client: Client, url: Url, budget: Budget, headers: Mapping[str, str], types: frozenset[str] | None
) -> Response:
    target = URL(str(url), encoded=True)
    client.traffic.requests += 1
    sent = {**client.own.sent_to(url), **headers}
    async with (
        _translated_errors(url),
        client.session.get(target, headers=sent, allow_redirects=False) as http_response,
    ):
        response = _read_head(url, http_response)
        if response.status in REDIRECTS and not response.location:
            raise FetchFailed("bad_redirect", f"{url} redirects to nowhere")
        if response.status == 203:
            # What a proxy makes of a 200 (RFC 9110, section 15.3.4).
            response = replace(response, status=200)
        client.traffic.not_modified += response.status == 304
        if response.status != 200:
            return response
        kind = response_headers.media_type(response.content_type)
        if types is not None and kind and kind not in types:
            raise FetchFailed("unsupported_type", f"{url} is {kind[:80]}, not a page")
        body, wire_bytes = await _read_body(http_response, budget, client.traffic)
    return replace(response, retry_after=None, body=body, wire_bytes=wire_bytes)


def _read_head(url: Url, http_response: aiohttp.ClientResponse) -> Response:
    if http_response.status < FIRST_STATUS:
        # Else it would pass for one of those below 500, with which a server says what it means (RFC 9110, section 15).
        raise FetchFailed("protocol_error", f"{url} answered with the status {http_response.status}, which is none")
    headers = http_response.headers
    return Response(
        url=url,
        status=http_response.status,
        content_type=response_headers.printable(headers.get("Content-Type", "")),
        etag=response_headers.printable(headers.get("ETag", "")),
        last_modified=response_headers.printable(headers.get("Last-Modified", "")),
        retry_after=response_headers.read_retry_after(headers.get("Retry-After", ""), datetime.now(UTC)),
        directives=read_robots_tag(headers.getall("X-Robots-Tag", ())),
        location=headers.get("Location", "") if http_response.status in REDIRECTS else "",
        links=response_headers.read_links(headers.getall("Link", ())),
        refresh=response_headers.printable(headers.get("Refresh", "")),
        varies_by_accept="accept" in ",".join(headers.getall("Vary", ())).lower().replace(" ", "").split(","),
    )


async def _read_body(http_response: aiohttp.ClientResponse, budget: Budget, traffic: Traffic) -> tuple[bytes, int]:
    """The body, and its size before it was unpacked."""
    body_decoder = make_decoder(",".join(http_response.headers.getall("Content-Encoding", ())))
    body = bytearray()
    wire = 0
    chunks = 0
    # An answer without a body has a reader that they all share, whose chunks of no bytes never end.
    while not http_response.content.at_eof():
        chunk, is_end = await http_response.content.readchunk()
        wire += len(chunk)
        chunks += is_end
        if chunks > MOST_CHUNKS + wire // LEAST_CHUNK_BYTES:
            raise FetchFailed("protocol_error", f"{http_response.url} sends its body in pieces of a few bytes")
        traffic.bytes += len(chunk)
        # Decode up to one byte more than the budget, to tell a body of exactly that size from one that is larger.
        body += body_decoder.feed(chunk, budget.decoded_bytes + 1 - len(body))
        if wire > budget.wire_bytes or len(body) > budget.decoded_bytes:
            if budget.cut:
                return bytes(body[: budget.decoded_bytes]), wire
            raise FetchFailed("too_large", f"the body is larger than {budget.wire_bytes} bytes, or unpacks to more")
    body_decoder.finish()
    return bytes(body), wire


@contextlib.asynccontextmanager
async def _translated_errors(url: Url) -> AsyncIterator[None]:
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
    # Of a connection that ends in the middle of a TLS handshake, for one, Python says nothing.
    return f"{message}: {reason}" if (reason := _reason(error)) else message


def _is_broken_off(error: BaseException) -> bool:
    # A body that ended early means a lost connection; a wrongly framed one means a faulty server.
    if not isinstance(error, aiohttp.ClientPayloadError):
        return False
    cause = error.__cause__
    return not isinstance(cause, aiohttp.http_exceptions.TransferEncodingError)


def _reason(error: BaseException) -> str:
    """Why, in words: Python's own name the numbers of errors, lines of source, and each address that was tried."""
    if isinstance(error, ssl.SSLError):
        text = getattr(error, "verify_message", "") or (error.reason or str(error)).replace("_", " ").lower()
    elif isinstance(error, OSError) and error.errno:
        text = os.strerror(error.errno).lower()
    elif isinstance(error, aiohttp.ClientResponseError):
        text = error.message
    else:
        text = str(error)
    return " ".join(text.split())[:200]
