"""Dialling: names become addresses, and the gate sees every address before a socket is made for it.

Names are resolved by c-ares, which holds any number of them open at once: the system's resolver takes a thread for
each, and a few names whose servers never answer would stop all the others.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any, TypeVar

import aiodns
from aiohttp.abc import AbstractResolver, ResolveResult

from llmstxt_sched.errors import AddressRefused, ConfigError
from llmstxt_sched.outbound.gate import Gate

_Answer = TypeVar("_Answer")

DNS_SECONDS = 5
# A name that nobody answered for ahead of a crawl fails at once for this long, so that the crawl need not wait again.
SILENT_SECONDS = 5
# All addresses of a family come to this many at most, so that a name with a thousand is no flood.
MAX_ADDRESSES = 8
# A question is sent again after this long, or sooner to a server that is usually quick, and then after twice as long
# each time: so often that DNS_SECONDS end first, for a name that the server itself must ask for takes seconds.
_TRY_SECONDS = 1.0
_TRIES = 5
# Each time from another port, where no late answer to the time before arrives: after so long without any, the
# question is put beside it once, to be waited for until the end.
_PATIENT_SECONDS = 0.9
_ABSENT = frozenset({aiodns.error.ARES_ENOTFOUND, aiodns.error.ARES_ENODATA})

SETTING = "LLMSTXT_EGRESS__NAMESERVERS"
_BRACKETED = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::(.*))?")


class RefusedByGate(OSError):
    """Carries the gate's AddressRefused through aiohttp's connector, which passes only OSError on unchanged."""

    def __init__(self, refusal: AddressRefused) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class NameAbsent(OSError):
    """The servers answered that a name does not exist, or that it has no address."""


class ResolvedAddress(str):
    """An IP address that remembers the `name` whose address it is, until the gate sees it at the dial."""

    __slots__ = ("name",)

    def __new__(cls, ip: str, name: str) -> ResolvedAddress:
        """The text of `ip`, found for `name`."""
        address = super().__new__(cls, ip)
        address.name = name
        return address

    name: str


def open_gated_socket(gate: Gate, info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
    """Create the socket for one address that aiohttp connects to (its `socket_factory`); raises RefusedByGate."""
    family, kind, protocol, _, (ip, port, *_) = info
    name = ip.name if isinstance(ip, ResolvedAddress) else ""
    try:
        gate.check_address(str(ip), int(str(port)), name)
    except AddressRefused as refusal:
        raise RefusedByGate(refusal) from None
    return socket.socket(family, kind, protocol)


class NotAnswered(OSError):
    """No name server answered in time."""

    def __init__(self) -> None:
        super().__init__(f"the name was not found within {DNS_SECONDS} s")


class GatedResolver(AbstractResolver):
    """Resolves names within DNS_SECONDS; if the gate refuses one address of a name, the name is refused.

    Otherwise aiohttp would try the name's next address.  A name that resolves both to a public and to a private
    address is an attack, not a mistake.
    """

    def __init__(self, gate: Gate, nameservers: Sequence[str] = ()) -> None:
        self._gate = gate
        # The order of sources is the system's, mostly the file of hosts first: pycares 5.2 hands `lookups` to c-ares in
        # memory that it has freed, so that now and then no source is left and every name fails.
        self._resolver = aiodns.DNSResolver(nameservers or None, timeout=_TRY_SECONDS, tries=_TRIES)
        self._patient = aiodns.DNSResolver(nameservers or None, timeout=DNS_SECONDS, tries=1)
        self._silent_until: dict[str, float] = {}
        self._in_use = Counter[str]()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Resolve `host` to MAX_ADDRESSES at most.

        Raises OSError if no answer came, NameAbsent if it has no address, or RefusedByGate; both are OSErrors.
        """
        if self._silent_until.get(host, 0) > asyncio.get_running_loop().time():
            raise NotAnswered()
        addresses = await self._addresses(host, port, family)
        for address in addresses:
            try:
                self._gate.check_address(address, port, host)
            except AddressRefused as refusal:
                raise RefusedByGate(refusal) from None
        return [_result(host, address, port) for address in _first(addresses)]

    @contextmanager
    def in_use(self, host: str) -> Iterator[None]:
        """Note no silence of the name for the duration of the block, in which its site is crawled."""
        self._in_use[host] += 1
        try:
            yield
        finally:
            self._in_use -= Counter([host])

    async def look_up(self, host: str, port: int) -> None:
        """Ask for a name ahead of a crawl; if nobody answers, `resolve` fails at once for the next SILENT_SECONDS.

        While a crawl has the name `in_use`, also one of another project, no silence is noted: all its pages would fail
        by one moment without a name server.
        Raises OSError if the name has no address.
        """
        if self._silent_until.get(host, 0) > asyncio.get_running_loop().time():
            return
        try:
            await self._addresses(host, port, socket.AF_UNSPEC)
        except NotAnswered:
            if host not in self._in_use:
                self._note_silence(host)

    async def close(self) -> None:
        """Give up what is still asked, and let go of the sockets."""
        await self._resolver.close()
        await self._patient.close()

    async def _addresses(self, host: str, port: int, family: socket.AddressFamily) -> list[str]:
        try:
            async with asyncio.timeout(DNS_SECONDS):
                answer = await self._first_answer(
                    lambda resolver: resolver.getaddrinfo(host, family=family, port=port, type=socket.SOCK_STREAM)
                )
        except TimeoutError:
            raise NotAnswered() from None
        except aiodns.error.DNSError as error:
            if error.args[0] in _ABSENT:
                raise NameAbsent("there is no such name") from None
            raise OSError(f"no server told the name's address: {error.args[1]}") from None
        return list(dict.fromkeys(node.addr[0].decode("ascii") for node in answer.nodes))

    async def _first_answer(self, ask: Callable[[aiodns.DNSResolver], asyncio.Future[_Answer]]) -> _Answer:
        asked = [ask(self._resolver)]
        try:
            done, _ = await asyncio.wait(asked, timeout=_PATIENT_SECONDS)
            if not done:
                asked.append(ask(self._patient))
                done, others = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
                if others and any(map(_may_pass, done)):
                    done, _ = await asyncio.wait(others)
            return await min(done, key=lambda each: each.exception() is not None)
        finally:
            for each in asked:
                if not each.cancel() and not each.cancelled():
                    # Looked at, for else asyncio reports the error of the one that was not awaited.
                    each.exception()

    def _note_silence(self, host: str) -> None:
        now = asyncio.get_running_loop().time()
        self._silent_until = {name: until for name, until in self._silent_until.items() if until > now}
        self._silent_until[host] = now + SILENT_SECONDS


def _first(addresses: Sequence[str]) -> Iterator[str]:
    """The first MAX_ADDRESSES in their order; where there are both, half of them of each family."""
    families = {":" in address for address in addresses}
    room = dict.fromkeys(families, MAX_ADDRESSES // max(1, len(families)))
    for address in addresses:
        if room[":" in address]:
            room[":" in address] -= 1
            yield address


def _result(host: str, ip: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=ResolvedAddress(ip, host),
        port=port,
        family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
        proto=0,
        flags=socket.AI_NUMERICHOST,
    )


def read_nameservers(text: str) -> tuple[str, ...]:
    """Parse a list of `IP[:port]`, separated by commas, with IPv6 in brackets before a port; raises ConfigError."""
    servers = tuple(part.strip() for part in text.split(",") if part.strip())
    for server in servers:
        if not _is_server(server):
            raise ConfigError(
                f"{SETTING}: {server!r} is not IP[:port]; write for example 10.0.0.53 or 127.0.0.1:5353 or [::1]:53"
            )
    return servers


def _is_server(text: str) -> bool:
    bracketed = _BRACKETED.fullmatch(text)
    host, _, port = text.partition(":") if text.count(":") == 1 else (text, "", "53")
    host, port = (bracketed[1], bracketed[2] or "53") if bracketed else (host, port)
    try:
        ip_address(host)
    except ValueError:
        return False
    return port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536


def _may_pass(asked: asyncio.Future[Any]) -> bool:
    """Whether it failed, and another question may be answered still."""
    error = asked.exception()
    return error is not None and error.args[0] not in _ABSENT
