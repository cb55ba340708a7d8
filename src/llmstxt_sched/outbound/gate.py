"""The gate: which address may be asked for, and which may be dialled.

Two questions, because a name says nothing of where it leads: `check_url` looks at what is written and
asks no DNS; `check_address` is asked at every dial with the address that the socket is for.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterable
from ipaddress import ip_address, ip_network

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from msgspec import Struct

from llmstxt_sched.domain import urls
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, ConfigError
from llmstxt_sched.outbound.networks import METADATA, IpAddress, IpNetwork, is_disguised, is_public, within

DNS_SECONDS = 5
PUBLIC_PORTS = frozenset({80, 443, 8000, 8080, 8443})

# RFC 6761, 6762 with its appendix G, 7686, 8375, and .internal (ICANN, 2024).
_SPECIAL_NAME = re.compile(
    r"(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|onion)"
)
_METADATA_NAMES = frozenset({"metadata.google.internal", "metadata.goog", "metadata.tencentyun.com"})
_WILDCARDS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - compared with, not bound


class Opening(Struct, frozen=True):
    """A private network that the operator opened, with one port or all."""

    network: IpNetwork
    port: int | None

    def fits(self, address: IpAddress, port: int) -> bool:
        """Whether this opening lets `address` and `port` through."""
        return address in self.network and self.port in {None, port}


class Gate:
    """The one gate of every outbound request.

    `allow` are the private networks that the operator opened, `CIDR[:port]` with commas between them.
    `closed` are the service's own listeners, (host, port): they stay shut whatever is opened.
    Raises ConfigError where `allow` cannot be read.
    """

    def __init__(self, allow: str = "", closed: Iterable[tuple[str, int]] = ()) -> None:
        self._openings = tuple(_opening(part.strip()) for part in allow.split(",") if part.strip())
        self._closed = tuple(closed)

    def check_url(self, url: str) -> Url:
        """`url` parsed, where it may be asked for as far as that can be told without DNS.

        Raises AddressRefused; its codes are those of `urls.parse` and bad_port, single_label,
        special_name, metadata and non_public_ip.
        """
        address = urls.parse(url)
        if address.is_literal:
            self.check_address(address.host, address.port)
            return address
        _check_name(address.host)
        if address.port not in PUBLIC_PORTS and not any(o.port in {None, address.port} for o in self._openings):
            raise _bad_port(address.port)
        return address

    def check_address(self, ip: str, port: int) -> None:
        """Let a connection to `ip` and `port` through, or raise AddressRefused."""
        address = ip_address(ip.partition("%")[0])
        if within(address, METADATA):
            raise AddressRefused("metadata", f"{ip} is a cloud's metadata or a link-local address")
        if is_disguised(address) or self._is_own_listener(address, port):
            raise AddressRefused("non_public_ip", f"{ip} port {port} leads back to this machine")
        if any(opening.fits(address, port) for opening in self._openings):
            return
        if not is_public(address):
            raise AddressRefused(
                "non_public_ip", f"{ip} is not a public address; LLMSTXT_EGRESS__ALLOW opens private networks"
            )
        if port not in PUBLIC_PORTS:
            raise _bad_port(port)

    def _is_own_listener(self, address: IpAddress, port: int) -> bool:
        hosts = {host for host, closed_port in self._closed if closed_port == port}
        return bool(hosts) and (str(address) in hosts or (_names_any(hosts) and _is_ours(address)))


class Refusal(OSError):
    """The gate's answer on its way through aiohttp's dialling, which lets only OSError pass whole."""

    def __init__(self, refusal: AddressRefused) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def dial(gate: Gate, info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
    """A socket for one address of aiohttp's choice (its `socket_factory`), or Refusal."""
    family, kind, protocol, _, (ip, port, *_) = info
    try:
        gate.check_address(str(ip), int(str(port)))
    except AddressRefused as refusal:
        raise Refusal(refusal) from None
    return socket.socket(family, kind, protocol)


class GatedResolver(AbstractResolver):
    """The system's resolver, with a time limit; one refused answer refuses the name.

    Else the refused answer would be passed over for the next one, and a name that leads to both the
    public and a private address is an attack and no mistake.
    """

    def __init__(self, gate: Gate) -> None:
        self._guard = gate
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of `host`; OSError where it has none or one that the gate refuses."""
        try:
            async with asyncio.timeout(DNS_SECONDS):
                answers = await self._system.resolve(host, port, family)
        except TimeoutError:
            raise OSError(f"the name was not found within {DNS_SECONDS} s") from None
        for answer in answers:
            try:
                self._guard.check_address(answer["host"], port)
            except AddressRefused as refusal:
                raise Refusal(refusal) from None
        return answers

    async def close(self) -> None:
        """Nothing is held open."""


def _opening(text: str) -> Opening:
    cidr, port = text, None
    if match := re.fullmatch(r"(.+/\d+):(\d+)", text):
        cidr, port = match[1], int(match[2])
    try:
        network = ip_network(cidr)
    except ValueError:
        raise ConfigError(
            f"LLMSTXT_EGRESS__ALLOW: {text!r} is not CIDR[:port]; write for example 10.0.0.0/8 or 127.0.0.0/8:9000"
        ) from None
    if port is not None and not 0 < port < 65536:
        raise ConfigError(f"LLMSTXT_EGRESS__ALLOW: the port in {text!r} must be between 1 and 65535")
    return Opening(network, port)


def _check_name(host: str) -> None:
    if host in _METADATA_NAMES:
        raise AddressRefused("metadata", f"{host} is a cloud's metadata service")
    if _SPECIAL_NAME.fullmatch(host):
        raise AddressRefused("special_name", f"{host} is a name of a private network")
    if "." not in host:
        raise AddressRefused("single_label", f"{host} is a name without a domain")


def _bad_port(port: int) -> AddressRefused:
    ports = ", ".join(map(str, sorted(PUBLIC_PORTS)))
    return AddressRefused("bad_port", f"port {port} is not one of {ports}")


def _names_any(hosts: set[str]) -> bool:
    # A name such as localhost may stand for several addresses: treated like a wildcard.
    return any(host in _WILDCARDS or not re.fullmatch(r"[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", host) for host in hosts)


def _is_ours(address: IpAddress) -> bool:
    # Only an address of this machine can be bound; this asks the kernel and not a list of interfaces.
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            return False
    return True
