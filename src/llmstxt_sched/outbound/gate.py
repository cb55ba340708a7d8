"""The gate: which URLs may be fetched, and which IP addresses may be connected to.

There are two checks, because a host name does not tell which address it resolves to: `check_url` looks at the URL
alone, without DNS; `check_address` is called before every connection with the IP address it goes to.
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


class AllowedNetwork(Struct, frozen=True):
    """A private network that the operator allows, on one port or, with None, on any."""

    network: IpNetwork
    port: int | None

    def allows(self, address: IpAddress, port: int) -> bool:
        """Whether connections to `address` and `port` are allowed by this entry."""
        return address in self.network and self.port in {None, port}


class Gate:
    """The gate that every outbound request passes.

    `allow` lists the private networks that the operator allows, as `CIDR[:port]` separated by commas.
    `closed` are the service's own listeners as (host, port), which are refused whatever `allow` says.
    Raises ConfigError if `allow` cannot be parsed.
    """

    def __init__(self, allow: str = "", closed: Iterable[tuple[str, int]] = ()) -> None:
        self._allowed = tuple(_parse_allowed_network(part.strip()) for part in allow.split(",") if part.strip())
        self._closed = tuple(closed)

    def check_url(self, url: str) -> Url:
        """Parse `url` and check whether it may be fetched, as far as can be told without DNS.

        Raises AddressRefused; its codes are those of `urls.parse`, and bad_port, single_label, special_name,
        metadata and non_public_ip.
        """
        address = urls.parse(url)
        if address.is_literal:
            self.check_address(address.host, address.port)
            return address
        _check_name(address.host)
        if address.port not in PUBLIC_PORTS and not any(o.port in {None, address.port} for o in self._allowed):
            raise _bad_port(address.port)
        return address

    def check_address(self, ip: str, port: int) -> None:
        """Raise AddressRefused unless connections to `ip` and `port` are allowed.

        Its codes are metadata, non_public_ip and bad_port.
        """
        address = ip_address(ip.partition("%")[0])
        if within(address, METADATA):
            raise AddressRefused("metadata", f"{ip} is a cloud's metadata or a link-local address")
        if is_disguised(address) or self._is_own_listener(address, port):
            raise AddressRefused("non_public_ip", f"{ip} port {port} leads back to this machine")
        if any(network.allows(address, port) for network in self._allowed):
            return
        if not is_public(address):
            raise AddressRefused(
                "non_public_ip", f"{ip} is not a public address; LLMSTXT_EGRESS__ALLOW opens private networks"
            )
        if port not in PUBLIC_PORTS:
            raise _bad_port(port)

    def _is_own_listener(self, address: IpAddress, port: int) -> bool:
        hosts = {host for host, closed_port in self._closed if closed_port == port}
        return bool(hosts) and (
            str(address) in hosts or (_may_cover_all_addresses(hosts) and _is_local_address(address))
        )


class RefusedByGate(OSError):
    """Carries the gate's AddressRefused through aiohttp's connector, which passes only OSError on unchanged."""

    def __init__(self, refusal: AddressRefused) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def open_gated_socket(gate: Gate, info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
    """Create the socket for one address that aiohttp connects to (its `socket_factory`); raises RefusedByGate."""
    family, kind, protocol, _, (ip, port, *_) = info
    try:
        gate.check_address(str(ip), int(str(port)))
    except AddressRefused as refusal:
        raise RefusedByGate(refusal) from None
    return socket.socket(family, kind, protocol)


class GatedResolver(AbstractResolver):
    """The system's resolver, with a time limit; if the gate refuses one address of a name, the name is refused.

    Otherwise aiohttp would go on to the name's next address.  A name that resolves both to a public and to a private
    address is an attack, not a mistake.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Resolve `host`; raises OSError if it has no address, or RefusedByGate, also an OSError."""
        try:
            async with asyncio.timeout(DNS_SECONDS):
                results = await self._system.resolve(host, port, family)
        except TimeoutError:
            raise OSError(f"the name was not found within {DNS_SECONDS} s") from None
        for result in results:
            try:
                self._gate.check_address(result["host"], port)
            except AddressRefused as refusal:
                raise RefusedByGate(refusal) from None
        return results

    async def close(self) -> None:
        """Do nothing: the resolver holds no resources."""


def _parse_allowed_network(text: str) -> AllowedNetwork:
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
    return AllowedNetwork(network, port)


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


def _may_cover_all_addresses(hosts: set[str]) -> bool:
    # A host name such as localhost may have several addresses, so it is treated like a wildcard.
    return any(host in _WILDCARDS or not re.fullmatch(r"[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", host) for host in hosts)


def _is_local_address(address: IpAddress) -> bool:
    # Only addresses of this machine can be bound, so the kernel knows the answer without a list of interfaces.
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            return False
    return True
