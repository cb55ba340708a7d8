"""The networks that are not part of the public internet, each with the document that reserves it.

This is our own table because the flags of the `ipaddress` module do not suffice: they let through multicast, IPv4
embedded in IPv6, and the metadata addresses of some clouds.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

IpAddress = IPv4Address | IPv6Address
IpNetwork = IPv4Network | IPv6Network


def _networks(*networks: str) -> tuple[IpNetwork, ...]:
    return tuple(ip_network(network) for network in networks)


NOT_PUBLIC = _networks(
    "0.0.0.0/8",  # this network: RFC 791, section 3.2
    "10.0.0.0/8",  # private use: RFC 1918
    "100.64.0.0/10",  # carrier-grade NAT: RFC 6598
    "127.0.0.0/8",  # loopback: RFC 1122, section 3.2.1.3
    "169.254.0.0/16",  # link-local: RFC 3927
    "172.16.0.0/12",  # private use: RFC 1918
    "192.0.0.0/24",  # protocol assignments: RFC 6890, section 2.1
    "192.0.2.0/24",  # documentation: RFC 5737
    "192.31.196.0/24",  # AS112 service: RFC 7535
    "192.52.193.0/24",  # automatic multicast tunnelling: RFC 7450
    "192.88.99.0/24",  # 6to4 relays: RFC 7526
    "192.168.0.0/16",  # private use: RFC 1918
    "192.175.48.0/24",  # AS112 service: RFC 7534
    "198.18.0.0/15",  # benchmarks: RFC 2544
    "198.51.100.0/24",  # documentation: RFC 5737
    "203.0.113.0/24",  # documentation: RFC 5737
    "224.0.0.0/4",  # multicast: RFC 5771
    "240.0.0.0/4",  # reserved, and limited broadcast: RFC 1112, section 4; RFC 8190
    "168.63.129.16/32",  # Azure's host agent, in a public block
    "2001::/23",  # protocol assignments, Teredo and ORCHID: RFC 2928, 4380, 7343
    "2001:db8::/32",  # documentation: RFC 3849
    "2002::/16",  # 6to4, any IPv4 inside: RFC 3056
    "2620:4f:8000::/48",  # AS112 service: RFC 7534
    "3fff::/20",  # documentation: RFC 9637
)

# RFC 4291, section 2.4 and IANA's registry: everything allocated as global unicast so far.
GLOBAL_IPV6 = IPv6Network("2000::/3")

# The operator cannot allow these: cloud metadata services hand out the machine's credentials.
METADATA = _networks(
    "169.254.0.0/16",  # AWS, Azure, Google, DigitalOcean and others; link-local: RFC 3927
    "fe80::/10",  # link-local: RFC 4291, section 2.5.6
    "168.63.129.16/32",  # Azure
    "100.100.100.200/32",  # Alibaba
    "192.0.0.192/32",  # Oracle
    "fd00:ec2::/32",  # AWS
    "fd20:ce::254/128",  # Google
)

# The operator cannot allow these either: they embed an IPv4 address, or the kernel maps them to a local address.
DISGUISED = _networks(
    "0.0.0.0/8",  # Linux connects 0.0.0.0 to itself
    "::ffff:0:0/96",  # IPv4-mapped: RFC 4291, section 2.5.5.2
    "64:ff9b::/96",  # NAT64: RFC 6052
    "64:ff9b:1::/48",  # NAT64: RFC 8215
    "2001::/32",  # Teredo: RFC 4380
    "2002::/16",  # 6to4: RFC 3056
)


LOOPBACK_IPV6 = IPv6Address("::1")
IPV4_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, section 2.5.5.1


def is_disguised(address: IpAddress) -> bool:
    """Whether connecting to `address` may reach a different address than the one written."""
    if address in IPV4_COMPATIBLE:
        return address != LOOPBACK_IPV6
    return within(address, DISGUISED)


def within(address: IpAddress, networks: tuple[IpNetwork, ...]) -> bool:
    """Whether `address` is in one of `networks`."""
    return any(address in network for network in networks)


def is_public(address: IpAddress) -> bool:
    """Whether `address` belongs to the public internet."""
    if address.version == 6 and address not in GLOBAL_IPV6:
        return False
    return not within(address, NOT_PUBLIC)
