"""The address of a request's client, also behind proxies."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from litestar.connection import ASGIConnection

from llmstxt_sched.errors import ConfigError
from llmstxt_sched.outbound.networks import IpAddress, IpNetwork, within


def trusted_networks(setting: str) -> tuple[IpNetwork, ...]:
    """The networks of the trusted proxies, from a list of CIDRs separated by commas.  Raises ConfigError."""
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in setting.split(",") if part.strip())
    except ValueError as error:
        raise ConfigError(
            f"LLMSTXT_API__TRUSTED_PROXIES={setting!r} cannot be used: {error}; it takes networks such as 10.0.0.0/8"
        ) from None


def client_address(connection: ASGIConnection[Any, Any, Any, Any], trusted: tuple[IpNetwork, ...]) -> str:
    """The address of the client; empty if it is unknown, as on a unix socket.

    Each proxy appends to X-Forwarded-For the address that it was connected from.  That is believed of the `trusted`
    ones only, from the last entry back to the first that is not one of them: what stands before was sent by the client.
    """
    peer = _read(connection.client.host) if connection.client else None
    if peer is None:
        return ""
    entries = ",".join(connection.headers.getall("x-forwarded-for", [])).split(",")
    while entries and within(peer, trusted):
        before = _read(entries.pop())
        if before is None:
            break
        peer = before
    return str(peer)


def _read(entry: str) -> IpAddress | None:
    """The address in one entry, which may also hold a port; None if there is none.

    IPv4 in IPv6 is read as IPv4: a socket that listens on both shows it so.
    """
    text = entry.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
