"""What the operator allows beyond the public internet: networks and names, each on one port or on any.  Pure."""

from __future__ import annotations

import re
from ipaddress import ip_network

from msgspec import Struct

from llmstxt_sched.domain import urls
from llmstxt_sched.errors import ConfigError
from llmstxt_sched.outbound.networks import IpAddress, IpNetwork

SETTING = "LLMSTXT_EGRESS__ALLOW"

_NETWORK_WITH_PORT = re.compile(r"(.+/\d+|\d+(?:\.\d+){3}):(\d+)")
# As an IPv6 address stands in a URL.
_BRACKETED = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::(\d+))?")
# One label alone is more often a slip, such as `all`, than a name; localhost is the one that everybody has.
_NAME = re.compile(r"(\*\.)?([^\s:/?#@*\[\]]+)(?::(\d+))?")
_SINGLE_LABELS = frozenset({"localhost"})


class AllowedNetwork(Struct, frozen=True):
    """A network that crawls may reach, on one port or, with None, on any."""

    network: IpNetwork
    port: int | None

    def allows(self, address: IpAddress, port: int) -> bool:
        """Whether connections to `address` and `port` are allowed by this entry."""
        return address in self.network and self.port in {None, port}


class AllowedName(Struct, frozen=True):
    """A host's name that crawls may reach whatever its addresses, on one port or, with None, on any.

    With `below`, it stands for all names below it, and not for itself.
    """

    name: str
    port: int | None
    below: bool = False

    def allows(self, host: str, port: int) -> bool:
        """Whether connections to the name `host` and `port` are allowed by this entry."""
        is_named = host.endswith(f".{self.name}") if self.below else host == self.name
        return is_named and self.port in {None, port}


class Allowed(Struct, frozen=True):
    """All that the operator allows."""

    networks: tuple[AllowedNetwork, ...] = ()
    names: tuple[AllowedName, ...] = ()

    def has_port(self, port: int) -> bool:
        """Whether a network is allowed on this port: a name may turn out to be in it."""
        return any(network.port in {None, port} for network in self.networks)

    def has_name(self, host: str, port: int) -> bool:
        """Whether the name `host` is allowed on this port."""
        return any(name.allows(host, port) for name in self.names)

    def has_address(self, address: IpAddress, port: int) -> bool:
        """Whether `address` is in a network that is allowed on this port."""
        return any(network.allows(address, port) for network in self.networks)


def read_allowed(text: str) -> Allowed:
    """Parse a list of `CIDR[:port]`, `name[:port]` and `*.name[:port]`, separated by commas; raises ConfigError.

    An IPv6 address before a port may stand in brackets, as in a URL.
    """
    entries = [_entry(part.strip()) for part in text.split(",") if part.strip()]
    return Allowed(
        tuple(entry for entry in entries if isinstance(entry, AllowedNetwork)),
        tuple(entry for entry in entries if isinstance(entry, AllowedName)),
    )


def _entry(text: str) -> AllowedNetwork | AllowedName:
    with_port = _BRACKETED.fullmatch(text) or _NETWORK_WITH_PORT.fullmatch(text)
    cidr, port = (with_port[1], with_port[2]) if with_port else (text, None)
    try:
        network = ip_network(cidr)
    except ValueError:
        _check_host_bits(text, cidr)
        return _name(text)
    return AllowedNetwork(network, _port(text, port))


def _check_host_bits(text: str, cidr: str) -> None:
    try:
        network = ip_network(cidr, strict=False)
    except ValueError:
        return
    address = cidr.partition("/")[0]
    raise ConfigError(
        f"{SETTING}: {text!r} is an address within a network: write {network} for all of it, or {address} for this one"
    )


def _name(text: str) -> AllowedName:
    match = _NAME.fullmatch(text)
    host = _host(match[2]) if match else ""
    if match and host and not (match[1] or "." in host or host in _SINGLE_LABELS):
        raise ConfigError(f"{SETTING}: {text!r} is one word; write a name with its domain, such as wiki.internal")
    if match and host:
        return AllowedName(host, _port(text, match[3]), below=bool(match[1]))
    raise ConfigError(
        f"{SETTING}: {text!r} is neither CIDR[:port] nor a name; write for example 10.0.0.0/8, 127.0.0.0/8:9000, "
        "wiki.internal, *.corp or localhost:3000"
    )


def _host(name: str) -> str:
    """`name` as it stands in a canonical URL; '' if no host can be called so."""
    url = urls.try_parse(f"http://{name}/")
    return "" if url is None or url.is_literal else url.host


def _port(text: str, port: str | None) -> int | None:
    if port is None:
        return None
    if not 0 < int(port[:6]) < 65536:
        raise ConfigError(f"{SETTING}: the port in {text!r} must be between 1 and 65535")
    return int(port)
