"""The gate: which URLs may be fetched, and which IP addresses may be connected to.

There are two checks, because a host name does not tell which address it resolves to: `check_url` looks at the URL
alone, without DNS; `check_address` is called before every connection with the IP address it goes to.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import ip_address

from llmstxt_sched.domain import urls
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused
from llmstxt_sched.outbound.allow_list import SETTING, read_allowed
from llmstxt_sched.outbound.networks import METADATA, IpAddress, is_disguised, is_public, within

PUBLIC_PORTS = frozenset({80, 443, 8000, 8080, 8443})

# RFC 6761, 6762 with its appendix G, 7686, 8375, and .internal (ICANN, 2024).
_SPECIAL_NAME = re.compile(
    r"(?:.*\.)?(?:localhost|localdomain[46]?|local|internal|intranet|private|corp|home|lan|home\.arpa|onion)"
)
# What the operator cannot allow by name either: clouds' metadata services, and the API server of a Kubernetes cluster,
# its ports and replicas (Kubernetes DNS-Based Service Discovery, sections 2.3 and 2.4), with any of the domains that a
# resolver may search.
_METADATA_NAME = re.compile(
    r"(?:.*\.)?metadata\.(?:google\.internal|goog|tencentyun\.com|packet\.net|platformequinix\.com"
    r"|cloud\.ibm\.com|azure\.(?:com|internal)|ec2\.internal)"
    r"|(?:metadata|instance-data|rancher-metadata)(?:\.(?:ec2|rancher)\.internal)?"
    r"|kubernetes|(?:.*\.)?kubernetes\.default(?:\.svc(?:\..+)?)?"
)
_OPENS = f"{SETTING} opens private networks, names and ports"
_WILDCARDS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - compared with, not bound


class Gate:
    """The gate that every outbound request passes.

    `allow` lists the private networks and names that the operator allows, as `allowed.read_allowed` reads them.
    `closed` are the service's own ports as (host, port), which are refused whatever `allow` says.
    Raises ConfigError if `allow` cannot be parsed.
    """

    def __init__(self, allow: str = "", closed: Iterable[tuple[str, int]] = ()) -> None:
        self._allowed = read_allowed(allow)
        self._closed = tuple(closed)

    def check_url(self, url: str, *, is_exact: bool = False) -> Url:
        """Parse `url` and check whether it may be fetched, as far as can be told without DNS.

        `is_exact` is that of `urls.parse`.  Raises AddressRefused; its codes are those of `urls.parse`, and bad_port,
        single_label, special_name, metadata and non_public_ip.
        """
        address = urls.parse(url, is_exact=is_exact)
        if address.is_literal:
            self.check_address(address.host, address.port)
            return address
        if _METADATA_NAME.fullmatch(address.host):
            raise AddressRefused("metadata", f"the name {address.host} stands for what only its own machines may know")
        if self._allowed.has_name(address.host, address.port):
            return address
        _check_name(address.host)
        if address.port not in PUBLIC_PORTS and not self._allowed.has_port(address.port):
            raise _bad_port(address.port)
        return address

    def check_address(self, ip: str, port: int, name: str = "") -> None:
        """Raise AddressRefused unless connections to `ip` and `port` are allowed.

        `name` is the host's name if `ip` was found for one.  The codes are metadata, non_public_ip and bad_port.
        """
        address = ip_address(ip.partition("%")[0])
        if within(address, METADATA):
            raise AddressRefused("metadata", f"{ip} is a cloud's metadata or a link-local address")
        if is_disguised(address) or self._is_own_port(address, port, name):
            raise AddressRefused("non_public_ip", f"{ip} port {port} leads back to this service")
        if self._allowed.has_address(address, port) or self._allowed.has_name(name, port):
            return
        if not is_public(address):
            raise AddressRefused("non_public_ip", f"{ip} is not a public address; {_OPENS}")
        if port not in PUBLIC_PORTS:
            raise _bad_port(port)

    def _is_own_port(self, address: IpAddress, port: int, name: str) -> bool:
        hosts = {host for host, closed_port in self._closed if closed_port == port}
        if str(address) in hosts or (name and name in hosts):
            return True
        return _may_cover_all_addresses(hosts) and _is_local_address(address)


def _check_name(host: str) -> None:
    if _SPECIAL_NAME.fullmatch(host):
        raise AddressRefused("special_name", f"the name {host} is one of a private network; {_OPENS}")
    if "." not in host:
        raise AddressRefused("single_label", f"the name {host} has no domain; write it with its domain")


def _bad_port(port: int) -> AddressRefused:
    ports = ", ".join(map(str, sorted(PUBLIC_PORTS)))
    return AddressRefused("bad_port", f"port {port} is not one of {ports}; {_OPENS}")


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
