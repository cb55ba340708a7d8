"""The outbound HTTP client: the only module that connects to hosts outside the service.

Before each connection the gate checks the very IP address it goes to.  Redirects are followed here instead of by
aiohttp, so that every hop passes the gate and then the caller's `admit`.  Bodies are read within a budget.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Mapping, Sequence

import aiohttp
from aiohttp.connector import Connection
from msgspec.structs import replace
from yarl import URL

from llmstxt_sched.domain import urls
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, FetchFailed
from llmstxt_sched.outbound import headers as response_headers
from llmstxt_sched.outbound.dial import MAX_ADDRESSES, GatedResolver, open_gated_socket
from llmstxt_sched.outbound.failures import translated_errors
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.origin_headers import OriginHeaders
from llmstxt_sched.outbound.redirects import Admit, follow
from llmstxt_sched.outbound.responses import REDIRECTS, Budget, Response, read_body, read_head
from llmstxt_sched.outbound.traffic import Traffic

MAX_HOPS = 5
FIRST_BYTE_SECONDS = 15
CHUNK_BYTES = 65_536
# For one header: policies of content security and cookies outgrow aiohttp's 8 KiB.
HEADER_BYTES = 65_536
# Interim answers (RFC 9110, section 15.2) before the one that counts: a few hints.
MAX_INTERIM = 20


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
    `admit` is awaited before the target of each redirect is fetched, and may raise to stop there; what it takes is none
    of the time of `budget`.  A body is read only if the status is 200 and the media type is one of `types` (None allows
    any; a missing type is allowed too).
    Raises FetchFailed with a value of `crawler.model.Outcome` as its code, or AddressRefused if the gate refuses.
    """
    start = client.gate.check_url(url, is_exact=is_exact)

    async def get(address: Url) -> Response:
        return await _get(client, address, budget, headers or {}, types)

    try:
        async with asyncio.timeout(budget.seconds) as clock:
            response = await get(start)
            if not (response.location and hops):
                return response
            return await follow(client.gate, response, hops, admit and _beside(clock, admit), get)
    except TimeoutError:
        # That of `admit` says that its caller's time is over, and nothing of the server.
        if not clock.expired():
            raise
        raise FetchFailed("timeout", f"{start} did not answer in time") from None


def _beside(clock: asyncio.Timeout, admit: Admit) -> Admit:
    """`admit`, which takes nothing of the time that `clock` leaves: it may wait for its turn at a slow host."""

    async def admit_beside(target: Url) -> None:
        loop, when = asyncio.get_running_loop(), clock.when()
        begun = loop.time()
        clock.reschedule(None)
        await admit(target)
        clock.reschedule(when and when + loop.time() - begun)

    return admit_beside


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
            translated_errors(address),
            client.session.request(
                method,
                URL(str(address), encoded=True),
                data=data,
                headers={**client.own.sent_to(address), **(headers or {})},
                allow_redirects=False,
            ) as http_response,
        ):
            response = read_head(address, http_response)
            try:
                received, wire_bytes = await read_body(http_response, budget, client.traffic)
            except FetchFailed:
                if needs_body:
                    raise
                received, wire_bytes = b"", 0
            every = {name.lower(): response_headers.printable(value) for name, value in http_response.headers.items()}
    except TimeoutError:
        raise FetchFailed("timeout", f"{address} did not answer in time") from None
    return replace(response, body=received, wire_bytes=wire_bytes, headers=every)


async def _get(
    client: Client, url: Url, budget: Budget, headers: Mapping[str, str], types: frozenset[str] | None
) -> Response:
    target = URL(str(url), encoded=True)
    client.traffic.requests += 1
    sent = {**client.own.sent_to(url), **headers}
    async with (
        translated_errors(url),
        client.session.get(target, headers=sent, allow_redirects=False) as http_response,
    ):
        response = read_head(url, http_response)
        if response.status in REDIRECTS and not response.location:
            raise FetchFailed("bad_redirect", f"{url} redirects to nowhere")
        if response.status == 203:
            # A proxy makes it of a 200 that it changed (RFC 9110, section 15.3.4).
            response = replace(response, status=200)
        client.traffic.not_modified += response.status == 304
        if response.status != 200:
            return response
        kind = response_headers.media_type(response.content_type)
        if types is not None and kind and kind not in types:
            raise FetchFailed("unsupported_type", f"{url} is {kind[:80]}, not a page")
        body, wire_bytes = await read_body(http_response, budget, client.traffic)
    return replace(response, retry_after=None, body=body, wire_bytes=wire_bytes)
